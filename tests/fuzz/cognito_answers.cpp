// SPDX-License-Identifier: MIT
// No token, key set, challenge or GraphQL answer makes a reader crash, and refusals say why.
#include <awsxx/appsync/echostream_answer.hpp>
#include <awsxx/appsync/graphql.hpp>
#include <awsxx/cognito/challenge.hpp>
#include <awsxx/cognito/jwt.hpp>
#include <awsxx/cognito/jwt_verifier.hpp>
#include <awsxx/cognito/srp.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void read_token(std::string_view text) {
    const auto token = awsxx::cognito::jwt::parse(text);
    if (!token) return require(!token.error().message.empty());
    require(token->claims().is_object() && token->header().is_object());
    static_cast<void>(token->expiration());
    static_cast<void>(token->text("sub"));
    require(text.starts_with(token->signed_part()));
}

void read_graphql(std::string_view text) {
    const auto answer = awsxx::appsync::read_graphql(text);
    if (!answer) return require(!answer.error().message.empty());
    require(!to_error(answer->errors).message.empty() || !answer->errors.empty());
    for (const char* app : {"", "app"}) {
        const auto keys =
            awsxx::appsync::read_echostream(*answer, {.tenant = "t", .app = app, .duration = 900});
        require(keys ? !keys->keys.access_key_id.empty() : !keys.error().code.empty());
    }
}

void read_challenge(const std::string& text) {
    for (const char* name : {"NEW_PASSWORD_REQUIRED", "SELECT_MFA_TYPE", "MFA_SETUP", "X"})
        static_cast<void>(awsxx::cognito::detail::challenge::step_of(
            name,
            {{"requiredAttributes", text}, {"userAttributes", text}, {"MFAS_CAN_CHOOSE", text}},
            {}));
}

/// Numbers are as large as the text, so that few are tried.
void prove(const std::string& text) {
    static int tried = 0;
    if (text.size() < 2 || ++tried % 64 != 0) return;
    static const auto exchange = awsxx::cognito::srp_exchange::begin_with("1234567890abcdef");
    const auto half = text.size() / 2;
    const auto proof = exchange->prove({.group = "g",
                                        .user = "u",
                                        .salt = text.substr(0, half),
                                        .srp_b = text.substr(half),
                                        .secret_block = "AAAA"},
                                       "password", awsxx::instant{});
    require(proof ? proof->signature.size() == 44 : !proof.error().code.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    read_token(text);
    read_graphql(text);
    read_challenge(text);
    prove(text);
    static_cast<void>(awsxx::cognito::detail::jwt_verifier::read(text));
    return 0;
}
