// SPDX-License-Identifier: MIT
#include <awsxx/protocols/extra_parts.hpp>

#include <awsxx/core/expected.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/rest_json.hpp>

#include <support/catch.hpp>

#include <cstddef>
#include <optional>
#include <string>

using namespace awsxx;

namespace {

struct vault_input {
    std::string account{};
    std::optional<std::string> accept{};
    std::optional<std::string> address{};
};
constexpr model::field fields[] = {
    {"accountId", &model::text, offsetof(vault_input, account),
     model::required | model::own_account, model::place::label},
    {"Accept", &model::optional_text, offsetof(vault_input, accept), {}, model::place::header},
    {"Address", &model::optional_text, offsetof(vault_input, address)},
};
constexpr model::type input = model::structure(fields);
constexpr model::service service{
    .id = "Vaults", .protocol = &rest_json::protocol, .header = {"Accept", "application/json"}};
constexpr model::operation list{.name = "List",
                                .service = &service,
                                .input = &input,
                                .output = &model::empty_structure,
                                .http = {"POST", "/{accountId}/vaults"},
                                .endpoint_member = 2};

http::request request(const vault_input& in) {
    http::request draft;
    draft.target = *http::parse_uri("https://vaults.example.com:8443");
    REQUIRE(rest_json::protocol.encode(list, &in, draft, {}));
    const auto done = protocols::add_extra_parts(list, &in, draft);
    if (!done) FAIL(to_string(done.error()));
    return draft;
}

}  // namespace

TEST_CASE("extra parts: a header that the service always wants is there, once") {
    CHECK(request({}).headers.find("Accept") == "application/json");
    const auto chosen = request({.accept = "application/yaml"});
    CHECK(chosen.headers.find("Accept") == "application/yaml");
}

TEST_CASE("extra parts: a label for the caller's own account is a hyphen where it is empty") {
    CHECK(request({}).target.path == "/-/vaults");
    CHECK(request({.account = "123456789012"}).target.path == "/123456789012/vaults");
}

TEST_CASE("extra parts: the request goes to the address that the input names") {
    CHECK(to_string(request({}).target) == "https://vaults.example.com:8443/-/vaults");
    CHECK(to_string(request({.address = "https://other.example.com/"}).target) ==
          "https://other.example.com/-/vaults");
    CHECK(to_string(request({.address = "http://[::1]:9000/elsewhere?a=b"}).target) ==
          "http://[::1]:9000/-/vaults");
}

TEST_CASE("extra parts: an address that is none is refused") {
    for (const char* wrong :
         {"other.example.com", "ftp://example.com", "https://a b", "https://"}) {
        const vault_input in{.address = wrong};
        http::request draft;
        const auto done = protocols::add_extra_parts(list, &in, draft);
        REQUIRE(!done);
        CHECK(done.error().kind == error_kind::invalid_argument);
        CHECK(done.error().message == "List: member Address is no address");
        CHECK(draft.target.host.empty());
    }
}
