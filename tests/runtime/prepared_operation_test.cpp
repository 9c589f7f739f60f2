// SPDX-License-Identifier: MIT
#include <awsxx/runtime/prepared_operation.hpp>

#include <support/catch.hpp>

#include <string>

using namespace awsxx;

namespace {

int encoded = 0;

// The input is the body; "broken" cannot be encoded.
expected<void> encode(const model::operation&, const void* in, http::request& draft,
                      const std::string& token) {
    ++encoded;
    const auto& text = *static_cast<const std::string*>(in);
    if (text == "broken") return error{.code = "Broken"};
    draft.method = "PUT";
    draft.target.path += "things";
    draft.target.query = "list";
    draft.headers.add("X-Thing", token.empty() ? "plain" : token);
    draft.body = text;
    return {};
}
constexpr model::protocol protocol{.name = "test", .encode = &encode};
constexpr model::service service{.id = "Test", .protocol = &protocol};
constexpr model::operation operation{.name = "Put", .service = &service};

/// What a call to that host sends.
std::string sent(const runtime::prepared_operation& what, const std::string& in,
                 const std::string& host, const std::string& token = "") {
    http::request draft;
    draft.target = {.scheme = "https", .host = host, .path = "/"};
    const auto& op = what.get();
    const auto done = op.service->protocol->encode(op, &in, draft, token);
    if (!done) return done.error().code;
    return draft.method + " " + http::to_string(draft.target) + " " +
           std::string(draft.headers.find("X-Thing").value_or("")) + " " +
           std::string(draft.body.bytes());
}

}  // namespace

TEST_CASE("prepared operation: it is encoded once, and looks like the operation") {
    encoded = 0;
    const runtime::prepared_operation prepared(operation);
    CHECK(prepared.get().name == "Put");
    CHECK(prepared.get().service->id == "Test");
    CHECK_FALSE(prepared.is_ready());
    for (int i = 0; i < 3; ++i)
        CHECK(sent(prepared, "body", "here") == "PUT https://here/things?list plain body");
    CHECK(encoded == 1);
    CHECK(prepared.is_ready());
}

TEST_CASE("prepared operation: what goes elsewhere is encoded anew") {
    encoded = 0;
    const runtime::prepared_operation prepared(operation);
    CHECK(sent(prepared, "body", "here") == "PUT https://here/things?list plain body");
    CHECK(sent(prepared, "body", "there") == "PUT https://there/things?list plain body");
    CHECK(encoded == 2);
}

TEST_CASE("prepared operation: what has a token is encoded each time") {
    encoded = 0;
    const runtime::prepared_operation prepared(operation);
    CHECK(sent(prepared, "body", "here", "t1") == "PUT https://here/things?list t1 body");
    CHECK(sent(prepared, "body", "here", "t2") == "PUT https://here/things?list t2 body");
    CHECK(encoded == 2);
    CHECK_FALSE(prepared.is_ready());
}

TEST_CASE("prepared operation: what cannot be encoded is not kept") {
    const runtime::prepared_operation prepared(operation);
    CHECK(sent(prepared, "broken", "here") == "Broken");
    CHECK_FALSE(prepared.is_ready());
}
