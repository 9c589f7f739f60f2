// SPDX-License-Identifier: MIT
// The small call that benchmarks make: DynamoDB's GetItem, and what it is as bytes.
#pragma once

#include <awsxx/protocols/aws_json.hpp>
#include <awsxx/session.hpp>

#include <cstddef>
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

namespace bench {

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

inline awsxx::credentials keys() {
    return {.access_key_id = "AKIAIOSFODNN7EXAMPLE",
            .secret_access_key = awsxx::secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            .session_token = awsxx::secret(std::string(400, 'T'))};
}

/// The same GetItem by each.
inline dynamodb::get_item request() {
    return {.table_name = "bench-table",
            .key = {{"pk", {.s = "user#01234567"}}, {"sk", {.s = "order#abcdef012345klm"}}},
            .consistent_read = false};
}

/// A request as a session sends it.
struct plain_request {
    std::string url{};
    std::vector<std::string> lines{};  ///< Its headers.
    std::string body{};
};

/// A call, for handles that know nothing of AWS.
template <class Operation>
plain_request plain(const awsxx::settings& settings, const Operation& what) {
    const auto seen = std::make_shared<keeping_transport>();
    const awsxx::basic_session<keeping_transport> session(keys(), settings, seen);
    if (!session.try_call(what)) std::abort();
    plain_request made{to_string(seen->kept.target), {}, std::string(seen->kept.body.bytes())};
    for (std::size_t i = 0; i < seen->kept.headers.size(); ++i)
        made.lines.emplace_back(seen->kept.headers.line_text(i));
    return made;
}
inline plain_request plain(const awsxx::settings& settings) { return plain(settings, request()); }

}  // namespace bench
