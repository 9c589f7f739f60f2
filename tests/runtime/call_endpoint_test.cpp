// SPDX-License-Identifier: MIT
#include <awsxx/runtime/call_endpoint.hpp>

#include <awsxx/runtime/call.hpp>
#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>
#include <support/fake_files.hpp>
#include <support/fixed_random.hpp>
#include <support/providers.hpp>
#include <support/rule_sets.hpp>
#include <support/text_stream.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace awsxx;
using step = runtime::call::step;

namespace {

struct object_input {
    std::string bucket{};
    std::map<std::string, std::string> tables{};
    http::body body{};
};

/// Puts "/key" behind the endpoint's path; errors carry a region in their message.
expected<void> encode(const model::operation& what, const void* in, http::request& draft,
                      const std::string&) {
    draft.method = what.http.method.empty() ? "GET" : what.http.method;
    if (draft.target.path == "/") draft.target.path.clear();
    draft.target.path += "/key";
    draft.body = static_cast<const object_input*>(in)->body;
    return {};
}
expected<std::string> decode(const model::operation&, http::response&, void*) {
    return std::string();
}
error decode_error(const model::operation&, const http::response& answer) {
    auto details = std::make_shared<error_details>();
    details->region = answer.headers.find("x-amz-bucket-region").value_or("");
    return {.http_status = answer.status, .code = answer.body, .details = std::move(details)};
}
constexpr model::protocol protocol{
    .name = "test", .encode = &encode, .decode = &decode, .decode_error = &decode_error};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"  // of a struct with a map
constexpr model::field fields[] = {
    {"Bucket", &model::text, offsetof(object_input, bucket), model::required, model::place::label},
    {"Tables", &model::text_map<>, offsetof(object_input, tables)},
};
#pragma GCC diagnostic pop
constexpr model::type input = model::structure(fields);

/// A session's insides, an operation and the service that it belongs to.
struct scene {
    explicit scene(const std::string& rules) {
        service.rules = test::rules_named(rules);
        choices.region = "eu-west-1";
        choices.outside = {
            std::make_shared<testing::fake_clock>(), std::make_shared<test::fixed_random>(),
            std::make_shared<test::fake_environment>(), std::make_shared<test::fake_files>()};
    }
    runtime::call begin() {
        if (!who)
            who = std::make_shared<const runtime::identity>(
                std::make_shared<const runtime::configuration>(choices), provider);
        return {who, {what, &in, nullptr}};
    }
    /// The URL that the call is sent to, or the error's code.
    std::string url(const std::string& account = {}) {
        auto c = begin();
        return url(c, account);
    }
    static std::string url(runtime::call& c, const std::string& account = {}) {
        credentials keys = test::keys("AKID");
        keys.account_id = account;
        if (c.next() == step::need_credentials)
            c.identified(std::make_shared<const credentials>(keys));
        return c.next() == step::send ? to_string(c.request().target) : c.failure()->code;
    }
    static http::response answer(int status, const std::string& code, const std::string& region) {
        http::response made{.status = status, .body = code};
        made.headers.add("x-amz-bucket-region", region);
        return made;
    }

    model::service service{.id = "S3", .endpoint_prefix = "s3", .protocol = &protocol};
    model::operation what{.name = "GetObject",
                          .service = &service,
                          .input = &input,
                          .endpoint_parameters = "Bucket=@0"};
    object_input in{};
    std::shared_ptr<credentials_provider> provider = test::answering(test::keys("AKID"));
    settings choices{};
    std::shared_ptr<const runtime::identity> who{};
};

}  // namespace

TEST_CASE("call endpoint: a bucket is part of the host, or of the path where it cannot be") {
    scene s("buckets");
    s.in.bucket = "photos";
    CHECK(s.url() == "https://photos.s3.eu-west-1.example.com/key");
    s.in.bucket = "Old_Photos";
    CHECK(s.url() == "https://s3.eu-west-1.example.com/Old_Photos/key");
    s.what.endpoint_parameters = {};
    CHECK(s.url() == "https://s3.eu-west-1.example.com/key");
}

TEST_CASE("call endpoint: an address of one's own keeps buckets in its path where it must") {
    const auto url = [](const std::string& endpoint, s3_settings chosen = {}) {
        scene s("buckets");
        s.in.bucket = "photos";
        s.choices.endpoint_url = endpoint;
        s.choices.s3 = chosen;
        return s.url();
    };
    CHECK(url("http://127.0.0.1:9000/base/") == "http://127.0.0.1:9000/base/photos/key");
    CHECK(url("https://localhost") == "https://localhost/photos/key");
    CHECK(url("https://store.example/base") == "https://photos.store.example/base/key");
    CHECK(url("https://store.example", {.addressing = s3_addressing::path}) ==
          "https://store.example/photos/key");
    CHECK(url("http://store.example:9000", {.addressing = s3_addressing::virtual_host}) ==
          "http://photos.store.example:9000/key");
}

TEST_CASE("call endpoint: a bucket that would build a wrong address is refused before sending") {
    scene s("buckets");
    for (const char* wrong : {"", ".", ".."}) {
        s.in.bucket = wrong;
        CHECK(s.url() == "InvalidInput");
    }
    s.in.bucket = "bad-Bucket";
    CHECK(s.url() == "NoEndpoint");
    s.in.bucket = "a/b?c";
    CHECK(s.url() == "https://s3.eu-west-1.example.com/a%2Fb%3Fc/key");
}

TEST_CASE("call endpoint: constants of an operation decide, and headers are sent along") {
    scene s("buckets");
    s.in.bucket = "photos";
    s.what.endpoint_parameters = "Bucket=@0 Control=true";
    auto c = s.begin();
    CHECK(scene::url(c) == "https://control.eu-west-1.example.com/key");
    CHECK(c.request().headers.find("x-control") == "yes");
}

TEST_CASE("call endpoint: a request is signed as the endpoint wants it, in the first known way") {
    scene s("buckets");
    s.in.bucket = "photos";
    s.what.endpoint_parameters = "Bucket=@0 Control=true";
    auto c = s.begin();
    scene::url(c);
    CHECK(c.request().headers.find("Authorization")->starts_with("AWS4-ECDSA-P256-SHA256 "));
    CHECK(c.request().headers.find("x-amz-region-set") == "*");
    CHECK(c.request().headers.find("User-Agent")->find(" m/E,S ") != std::string_view::npos);
}

TEST_CASE("call endpoint: the keys' account is part of the host where the rules have it so") {
    scene s("accounts");
    s.service.id = "DynamoDB";
    s.what.endpoint_parameters = "Tables=@1.keys";
    CHECK(s.url() == "https://db.eu-west-1.example.com/key");
    CHECK(s.url("111122223333") == "https://111122223333.db.eu-west-1.example.com/key");
    auto c = s.begin();
    scene::url(c, "111122223333");
    CHECK(c.request().headers.find("User-Agent")->find("m/E,O,P ") != std::string_view::npos);
    s.in.tables["arn:aws:dynamodb:eu-west-1:444455556666:table/t"] = "";
    CHECK(s.url("111122223333") == "https://444455556666.db.eu-west-1.example.com/key");
}

TEST_CASE("call endpoint: hosts with accounts can be turned off, or be required") {
    scene off("accounts");
    off.what.endpoint_parameters = {};
    off.choices.account_endpoints = account_endpoints::disabled;
    auto c = off.begin();
    CHECK(scene::url(c, "111122223333") == "https://db.eu-west-1.example.com/key");
    CHECK(c.request().headers.find("User-Agent")->find("m/E,Q ") != std::string_view::npos);
    scene must("accounts");
    must.what.endpoint_parameters = {};
    must.choices.account_endpoints = account_endpoints::required;
    auto one = must.begin();
    CHECK(scene::url(one, "111122223333") == "https://111122223333.db.eu-west-1.example.com/key");
    CHECK(one.request().headers.find("User-Agent")->find("m/E,O,R ") != std::string_view::npos);
    CHECK(must.url() == "NoEndpoint");
}

TEST_CASE("call endpoint: a call follows its bucket to another region, and the next one knows") {
    scene s("buckets");
    s.in.bucket = "photos";
    auto c = s.begin();
    scene::url(c);
    c.answered(scene::answer(301, "PermanentRedirect", "ap-south-1"));
    CHECK(scene::url(c) == "https://photos.s3.ap-south-1.example.com/key");
    CHECK(c.request().headers.find("Authorization")->find("/ap-south-1/s3/") !=
          std::string_view::npos);
    CHECK(c.request().headers.find("amz-sdk-request") == "attempt=1; max=3");
    c.answered(scene::answer(301, "PermanentRedirect", "eu-west-2"));
    CHECK(c.failure()->code == "PermanentRedirect");  // once a call
    CHECK(s.url() == "https://photos.s3.ap-south-1.example.com/key");
    s.in.bucket = "other";
    CHECK(s.url() == "https://other.s3.eu-west-1.example.com/key");
}

TEST_CASE("call endpoint: the pause that a redirect asks for is none for what fails after it") {
    scene s("buckets");
    s.in.bucket = "photos";
    auto c = s.begin();
    scene::url(c);
    auto redirect = scene::answer(301, "PermanentRedirect", "ap-south-1");
    redirect.headers.add("x-amz-retry-after", "700");
    c.answered(std::move(redirect));
    CHECK(scene::url(c) == "https://photos.s3.ap-south-1.example.com/key");

    c.answered(error{.kind = error_kind::network, .retryable = true, .code = "ConnectionFailed"});

    REQUIRE(c.next() == step::wait);
    CHECK(c.pause() == milliseconds(0));
}

TEST_CASE("call endpoint: a stream begins again on its way to another region, if it can") {
    struct counted : http::body_source {
        expected<std::size_t> read(std::span<char>) override { return std::size_t{0}; }
        bool rewind() override { return ++rewinds, may; }
        int rewinds = 0;
        bool may = true;
    };
    const auto source = std::make_shared<counted>();
    const auto follows = [&] {
        scene s("buckets");
        s.in.bucket = "photos";
        s.in.body = http::body::stream(source, 0);
        auto c = s.begin();
        scene::url(c);
        source->rewinds = 0;
        c.answered(scene::answer(307, "TemporaryRedirect", "ap-south-1"));
        return c.next() != step::done;
    };
    CHECK(follows());
    CHECK(source->rewinds == 1);
    source->may = false;
    CHECK_FALSE(follows());
}

TEST_CASE("call endpoint: a refusal that moves nothing leaves the body as it is") {
    struct counted : http::body_source {
        expected<std::size_t> read(std::span<char>) override { return std::size_t{0}; }
        bool rewind() override { return ++rewinds, true; }
        int rewinds = 0;
    };
    const auto source = std::make_shared<counted>();
    scene s("buckets");
    s.in.bucket = "photos";
    s.in.body = http::body::stream(source, 0);
    auto c = s.begin();
    scene::url(c);
    source->rewinds = 0;
    c.answered(scene::answer(403, "AccessDenied", "eu-west-1"));
    CHECK(c.next() == step::done);
    CHECK(source->rewinds == 0);
}

TEST_CASE(
    "call endpoint: a body that the model leaves unsigned is left to TLS, and signed without") {
    const auto said = [](const char* endpoint) {
        scene s("accounts");
        s.service.id = "Lake";
        s.service.rules = {};
        s.what.endpoint_parameters = {};
        s.what.unsigned_payload = true;
        s.in.body = "records";
        s.choices.endpoint_url = endpoint;
        auto c = s.begin();
        scene::url(c);
        return std::string(c.request().headers.find("x-amz-content-sha256").value_or("(none)"));
    };
    CHECK(said("https://lake.example") == "UNSIGNED-PAYLOAD");
    CHECK(said("http://lake.example").size() == 64);
}

TEST_CASE("call endpoint: whether S3's bodies are hashed over TLS can be chosen") {
    const auto said = [](std::optional<bool> chosen, http::body body, const char* endpoint = "",
                         bool summed = false) {
        scene s("buckets");
        s.in.bucket = "photos";
        s.in.body = std::move(body);
        s.choices.s3.payload_signing = chosen;
        s.what.checksums.required = summed;
        if (*endpoint != '\0') s.choices.endpoint_url = endpoint;
        auto c = s.begin();
        REQUIRE(scene::url(c).starts_with("http"));
        CHECK(c.request().headers.contains("x-amz-checksum-crc32") == (summed && chosen == true));
        return std::string(c.request().headers.find("x-amz-content-sha256").value_or("(none)"));
    };
    const auto stream = [] { return test::text_stream("hello"); };
    const std::string hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    CHECK(said({}, "hello") == hash);
    CHECK(said({}, stream()) == "UNSIGNED-PAYLOAD");
    CHECK(said({}, stream(), "", true) == "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    CHECK(said(true, "hello") == hash);
    CHECK(said(true, stream()) == hash);
    CHECK(said(true, stream(), "", true) == hash);
    CHECK(said(false, "hello") == "UNSIGNED-PAYLOAD");
    CHECK(said(false, stream()) == "UNSIGNED-PAYLOAD");
    CHECK(said(false, "hello", "http://store.example") == hash);
}

TEST_CASE("call endpoint: nothing else than a bucket's region moves a call") {
    const auto moved = [](const std::string& bucket, int status, const std::string& region) {
        scene s("buckets");
        s.in.bucket = bucket;
        auto c = s.begin();
        const std::string before = scene::url(c);
        c.answered(scene::answer(status, "Refused", region));
        return c.next() != step::done && scene::url(c) != before;
    };
    CHECK(moved("photos", 307, "us-east-1"));
    CHECK_FALSE(moved("photos", 307, "eu-west-1"));
    CHECK_FALSE(moved("photos", 403, "us-east-1"));
    CHECK_FALSE(moved("photos", 301, ""));
    CHECK_FALSE(moved("photos", 301, "evil.example/"));
    CHECK_FALSE(moved("arn:aws:s3:eu-west-1:111122223333:accesspoint/a", 301, "us-east-1"));
}

TEST_CASE("call endpoint: an operation's prefix goes before the host, if it is a label of one") {
    scene s("buckets");
    s.in.bucket = "photos";
    s.what.endpoint_parameters = {};
    s.what.host_prefix = "data-{0}.";
    CHECK(s.url() == "https://data-photos.s3.eu-west-1.example.com/key");
    for (const char* wrong : {"", "a.b", "a/", "-a"}) {
        s.in.bucket = wrong;
        CHECK(s.url() == "InvalidInput");
    }
}

TEST_CASE("call endpoint: the prefix is left out for addresses that have no names, and on demand") {
    const auto url = [](const std::string& endpoint, bool off) {
        scene s("buckets");
        s.what.endpoint_parameters = {};
        s.what.host_prefix = "data.";
        if (!endpoint.empty()) s.choices.endpoint_url = endpoint;
        s.choices.disable_host_prefix = off;
        s.service.rules = {};
        return s.url();
    };
    CHECK(url("", false) == "https://data.s3.eu-west-1.amazonaws.com/key");
    CHECK(url("", true) == "https://s3.eu-west-1.amazonaws.com/key");
    CHECK(url("https://store.example", false) == "https://data.store.example/key");
    CHECK(url("http://127.0.0.1:9000", false) == "http://127.0.0.1:9000/key");
    CHECK(url("http://localhost:9000", false) == "http://localhost:9000/key");
}

TEST_CASE("call endpoint: what a service wants beside its model is part of what is signed") {
    scene s("buckets");
    s.service.rules = {};
    s.service.header = {"x-amz-version", "2012-06-01"};
    s.what.endpoint_parameters = {};
    s.what.endpoint_member = 0;
    s.what.checksums.tree_hash = true;
    s.in.bucket = "https://named.example.com:8443";
    s.in.body = http::body("hello world");
    auto c = s.begin();
    CHECK(scene::url(c) == "https://named.example.com:8443/key");
    const auto& sent = c.request().headers;
    CHECK(sent.find("x-amz-version") == "2012-06-01");
    const std::string_view sum = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
    CHECK(sent.find("x-amz-content-sha256") == sum);
    CHECK(sent.find("x-amz-sha256-tree-hash") == sum);
    CHECK(sent.find("host").value_or("named.example.com:8443") == "named.example.com:8443");
    const std::string_view proof = sent.find("Authorization").value_or("");
    for (const char* name : {"host;", "x-amz-content-sha256;", "x-amz-sha256-tree-hash;"})
        CHECK(proof.find(name) != proof.npos);
    CHECK(proof.find("x-amz-version") != proof.npos);
    int sums = 0;
    for (const auto& one : sent) sums += one.name == "x-amz-content-sha256";
    CHECK(sums == 1);
}

TEST_CASE("call endpoint: an address in the input that is none is refused before sending") {
    scene s("buckets");
    s.service.rules = {};
    s.what.endpoint_parameters = {};
    s.what.endpoint_member = 0;
    s.in.bucket = "somewhere";
    CHECK(s.url() == "InvalidInput");
}
