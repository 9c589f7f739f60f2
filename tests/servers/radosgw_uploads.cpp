// SPDX-License-Identifier: MIT
// Uploads to a radosgw in signed chunks, and by a form that anybody may fill in.
#include <servers/radosgw.hpp>

#include <awsxx/auth/aws_chunked_body.hpp>
#include <awsxx/auth/post_policy.hpp>
#include <awsxx/auth/sigv4.hpp>
#include <awsxx/core/system_clock.hpp>
#include <awsxx/http/callback_body.hpp>
#include <awsxx/http/curl_transport.hpp>
#include <awsxx/http/parse_uri.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace test::radosgw;
using awsxx::http::request;
using awsxx::http::response;

/// The keys at the end of the chain of roles, and what is signed with them.
struct uploader {
    awsxx::credentials keys;
    std::string region = variable("RGW_REGION");
    awsxx::auth::signing how{};
    awsxx::http::curl_transport transport{};

    uploader() : keys(keys_of(second(), role_b())) {
        how = {.region = region,
               .service = "s3",
               .when = awsxx::system_clock().now(),
               .rules = awsxx::auth::rules_for("s3")};
    }
    uploader(const uploader&) = delete;
    uploader& operator=(const uploader&) = delete;

    static awsxx::session second() {
        const awsxx::session user(user_keys(), over_http());
        return awsxx::session(keys_of(user, role_a()), over_http());
    }

    /// With the server's address.
    static request at_server(request what) {
        const auto endpoint = *awsxx::http::parse_uri(variable("RGW_ENDPOINT"));
        what.target.scheme = endpoint.scheme;
        what.target.host = endpoint.host;
        what.target.port = endpoint.port;
        return what;
    }

    response sent(const request& what) {
        const auto answer = transport.send(what, {});
        if (!answer) FAIL(to_string(answer.error()));
        return *answer;
    }

    response put_in_chunks(request draft, bool honest = true) {
        draft = at_server(std::move(draft));
        const auto chunks = awsxx::auth::chunk_body(
            draft, {.signatures = awsxx::auth::chunk_signatures::sigv4, .chunk_size = 8192});
        REQUIRE(chunks);
        request out;
        REQUIRE(awsxx::auth::sign(draft, keys, how, out));
        auto chain = awsxx::auth::signature_chain::after(out, keys, how);
        REQUIRE(chain);
        if (!honest) REQUIRE(chain->sign_chunk("never sent"));
        (*chunks)->sign_with(*std::move(chain));
        return sent(out);
    }

    std::string got(std::string_view key) {
        request out;
        REQUIRE(awsxx::auth::sign(at_server(object("GET", key)), keys, how, out));
        return sent(out).body;
    }
};

std::string content_of(std::size_t size) {
    std::string content(size, '\0');
    for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>(i * 7 % 253);
    return content;
}

awsxx::http::body in_pieces(const std::string& content) {
    const auto at = std::make_shared<std::size_t>(0);
    return awsxx::http::callback_body(
        [&content, at](std::span<char> room) -> awsxx::expected<std::size_t> {
            const std::size_t size =
                std::min({room.size(), content.size() - *at, std::size_t{4099}});
            content.copy(room.data(), size, *at);
            *at += size;
            return size;
        },
        content.size());
}

/// As browsers encode a form, the file last.
std::string form_data(const awsxx::auth::post_form& form, std::string_view boundary,
                      std::string_view file) {
    std::string body;
    const auto part = [&](std::string_view head, std::string_view content) {
        body.append("--").append(boundary).append("\r\nContent-Disposition: form-data; ");
        body.append(head).append("\r\n\r\n").append(content).append("\r\n");
    };
    for (const auto& one : form.fields()) part("name=\"" + one.name + "\"", one.value);
    part("name=\"file\"; filename=\"told.txt\"", file);
    return body.append("--").append(boundary).append("--\r\n");
}

}  // namespace

TEST_CASE("radosgw: bodies in signed chunks arrive as they were") {
    uploader one;
    // radosgw 16 refuses chunks without content, whoever signs them
    for (const std::size_t size : {1u, 8192u, 100'000u}) {
        CAPTURE(size);
        const std::string content = content_of(size);

        CHECK(one.put_in_chunks(object("PUT", "chunks", content)).status == 200);
        CHECK((one.got("chunks") == content));
        CHECK(one.put_in_chunks(object("PUT", "stream", in_pieces(content))).status == 200);
        CHECK((one.got("stream") == content));
    }
}

TEST_CASE("radosgw: chunks whose signatures follow something else are refused") {
    uploader one;
    const response answer = one.put_in_chunks(object("PUT", "forged", content_of(10'000)), false);
    CHECK(answer.status == 403);
}

TEST_CASE("radosgw: a form uploads what its policy allows, and nothing else") {
    uploader one;
    const auto form = awsxx::auth::sign_post_policy(
        {.bucket = variable("RGW_BUCKET"),
         .key = "form/${filename}",
         .conditions = {awsxx::auth::post_condition::size_between(1, 100)}},
        one.keys, one.how);
    REQUIRE(form);
    const auto post = [&](std::string_view file) {
        request what = uploader::at_server(object("POST", ""));
        what.headers.add("Content-Type", "multipart/form-data; boundary=xyz");
        what.body = form_data(*form, "xyz", file);
        return one.sent(what).status;
    };

    CHECK(post("the content") / 100 == 2);
    CHECK(one.got("form/told.txt") == "the content");
    CHECK(post(std::string(101, 'x')) / 100 == 4);
}
