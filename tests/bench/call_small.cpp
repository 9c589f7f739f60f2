// SPDX-License-Identifier: MIT
// What a small call costs beside a libcurl handle that is kept and sends the same bytes.
//
// The call is DynamoDB's GetItem: encoded, signed, sent to a server on this computer, decoded. The
// server is a process of its own, so that only the client's CPU time counts.
#include <awsxx/protocols/aws_json.hpp>
#include <awsxx/session.hpp>

#include <bench/bare_curl.hpp>
#include <bench/measure.hpp>
#include <support/loopback_server.hpp>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dynamodb {

using namespace awsxx;

/// A value in a map that is a value.
struct inner_value {
    std::optional<std::string> s{};
    template <class>
    struct wire;
};

struct attribute_value {
    std::optional<std::string> s{};
    std::optional<std::string> n{};
    std::optional<bool> bool_{};
    std::vector<std::string> ss{};
    std::map<std::string, dynamodb::inner_value> m{};
    template <class>
    struct wire;
};

struct get_item_output {
    std::map<std::string, dynamodb::attribute_value> item{};
    template <class>
    struct wire;
};

struct get_item {
    std::string table_name{};
    std::map<std::string, dynamodb::attribute_value> key{};
    std::optional<bool> consistent_read{};

    using output = dynamodb::get_item_output;
    template <class>
    struct wire;
};

inline constexpr model::service service_traits{.id = "DynamoDB",
                                               .endpoint_prefix = "dynamodb",
                                               .version = "2012-08-10",
                                               .target = "DynamoDB_20120810",
                                               .protocol = &aws_json::protocol_1_0};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
template <class D>
struct inner_value::wire {
    static constexpr model::field fields[] = {
        {"S", &model::optional_text, offsetof(inner_value, s), {}},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct attribute_value::wire {
    static constexpr model::field fields[] = {
        {"S", &model::optional_text, offsetof(attribute_value, s), {}},
        {"N", &model::optional_text, offsetof(attribute_value, n), {}},
        {"BOOL", &model::optional_boolean, offsetof(attribute_value, bool_), {}},
        {"SS", &model::text_list, offsetof(attribute_value, ss), {}},
        {"M", model::map_of<inner_value, D>, offsetof(attribute_value, m), {}},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct get_item_output::wire {
    static constexpr model::field fields[] = {
        {"Item", model::map_of<attribute_value, D>, offsetof(get_item_output, item), {}},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct get_item::wire {
    static constexpr model::field fields[] = {
        {"TableName", &model::text, offsetof(get_item, table_name), model::required},
        {"Key", model::map_of<attribute_value, D>, offsetof(get_item, key), model::required},
        {"ConsistentRead", &model::optional_boolean, offsetof(get_item, consistent_read), {}},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"GetItem", &service_traits, &type,
                                                &output::wire<D>::type};
};
#pragma GCC diagnostic pop

}  // namespace dynamodb

namespace {

/// Sends nothing; keeps what it should have sent.
struct keeping_transport {
    awsxx::http::request kept{};

    awsxx::expected<awsxx::http::response> send(const awsxx::http::request& what,
                                                const awsxx::http::exchange&) {
        kept = what;
        kept.body = awsxx::http::body(std::string(what.body.bytes()));
        return awsxx::http::response{.status = 200, .body = "{}"};
    }
};

awsxx::credentials keys() {
    return {.access_key_id = "AKIAIOSFODNN7EXAMPLE",
            .secret_access_key = awsxx::secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            .session_token = awsxx::secret(std::string(400, 'T'))};
}

/// The same GetItem by each.
dynamodb::get_item request() {
    return {.table_name = "bench-table",
            .key = {{"pk", {.s = "user#01234567"}}, {"sk", {.s = "order#abcdef012345klm"}}},
            .consistent_read = false};
}

/// The request as a session sends it, for a handle that knows nothing of AWS.
bench::bare_curl bare_handle(const awsxx::settings& settings) {
    const auto seen = std::make_shared<keeping_transport>();
    const awsxx::basic_session<keeping_transport> session(keys(), settings, seen);
    if (!session.try_call(request())) std::abort();
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < seen->kept.headers.size(); ++i)
        lines.emplace_back(seen->kept.headers.line_text(i));
    return {to_string(seen->kept.target), lines, std::string(seen->kept.body.bytes())};
}

}  // namespace

int main() {
    const test::loopback_server server;
    const awsxx::settings settings{.region = "us-east-1", .endpoint_url = server.url()};
    bench::bare_curl bare = bare_handle(settings);
    const awsxx::session session(keys(), settings);
    const dynamodb::get_item what = request();

    const auto cost = bench::compare(
        101, 300, [&] { bare.send(); },
        [&] {
            const auto answer = session.try_call(what);
            if (!answer || answer->item.size() != 6) std::abort();
        });

    const double beyond = cost.subject.allocations - cost.baseline.allocations;
    std::printf("%-12s %14s %14s\n", "one call", "bare libcurl", "awsxx");
    std::printf("%-12s %14.2f %14.2f\n", "CPU us", cost.baseline.cpu_us, cost.subject.cpu_us);
    std::printf("%-12s %14.2f %14.2f\n", "allocations", cost.baseline.allocations,
                cost.subject.allocations);
    std::printf("{\"figure\":\"call.small\",\"ratio\":%.3f,\"allocations\":%.1f,\"us\":%.2f}\n",
                cost.ratio, beyond, cost.subject.cpu_us);
}
