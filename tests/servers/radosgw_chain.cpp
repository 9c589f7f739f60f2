// SPDX-License-Identifier: MIT
// Role chains on a radosgw, accepted where they are right and refused hop by hop where they are not.
#include <servers/radosgw.hpp>

#include <vector>

namespace {

using namespace test::radosgw;

/// The error of the first call of a session, which has to fail.
awsxx::error refusal(const awsxx::session& by) {
    const auto answer = by.try_send(object("GET", ""), s3("ListObjects"));
    if (answer) FAIL("the server accepts what it should refuse");
    return answer.error();
}

awsxx::session assumed(const awsxx::session& by, const std::string& role) {
    auto made = by.try_assume_role({.role_arn = role});
    if (!made) FAIL(to_string(made.error()));
    return *std::move(made);
}

/// The role that could not be assumed, closest to the server's refusal.
std::string broken_hop(const awsxx::error& why) {
    std::string hop = "no hop";
    for (const awsxx::error* one = &why; one != nullptr; one = one->cause.get())
        if (one->code == "RoleNotAssumed") hop = one->message;
    return hop;
}

const awsxx::error& first_cause(const awsxx::error& why) {
    const awsxx::error* one = &why;
    while (one->cause) one = one->cause.get();
    return *one;
}

/// What STS said is told, with its operation, and nothing secret is.
void check_told(const awsxx::error& why, const std::vector<awsxx::credentials>& used) {
    const std::string text = to_string(why);
    INFO(text);
    const awsxx::error& said = first_cause(why);
    CHECK(said.http_status == 403);
    CHECK_FALSE(said.retryable);
    CHECK_FALSE(said.code.empty());
    CHECK(said.details->service == "STS");
    CHECK(said.details->operation == "AssumeRole");
    CHECK(said.details->attempts == 1);
    CHECK_FALSE(said.details->request_id.empty());
    for (const awsxx::credentials& keys : used) {
        CHECK(text.find(keys.secret_access_key.expose()) == std::string::npos);
        if (!keys.session_token.empty())
            CHECK(text.find(keys.session_token.expose()) == std::string::npos);
    }
}

awsxx::credentials with_secret(awsxx::credentials keys, const char* wrong) {
    keys.secret_access_key = awsxx::secret(wrong);
    return keys;
}
awsxx::credentials with_token(awsxx::credentials keys, std::string_view wrong) {
    keys.session_token = awsxx::secret(std::string(wrong));
    return keys;
}

struct hop_keys {
    awsxx::credentials user = user_keys();
    awsxx::credentials a = keys_of(awsxx::session(user, over_http()), role_a());
    awsxx::credentials b = keys_of(awsxx::session(a, over_http()), role_b());
};

}  // namespace

TEST_CASE("radosgw: a chain of two roles is accepted, over http and over TLS") {
    for (const auto& settings : {over_http(), over_tls()}) {
        CAPTURE(*settings.endpoint_url);
        const awsxx::session user(user_keys(), settings);
        const awsxx::session b = assumed(assumed(user, role_a()), role_b());

        const auto listed = b.try_send(object("GET", ""), s3("ListObjects"));

        INFO((listed ? "" : to_string(listed.error())));
        CHECK(listed);
        CHECK(user.try_send(object("GET", ""), s3("ListObjects")));
        CHECK(b.parent()->parent());
    }
}

TEST_CASE("radosgw: a certificate of a stranger ends the chain at its first hop") {
    auto settings = over_tls();
    settings.ca_bundle.reset();
    const awsxx::session user(user_keys(), settings);

    const awsxx::error why = refusal(assumed(user, role_a()));

    CHECK(broken_hop(why) == role_a());
    CHECK(first_cause(why).code == "TlsFailed");
    CHECK(first_cause(why).kind == awsxx::error_kind::network);
}

TEST_CASE("radosgw: a wrong secret of the user is refused at the first hop") {
    const auto keys = with_secret(user_keys(), "not-the-secret-of-the-user");
    const awsxx::session user(keys, over_http());

    for (const awsxx::session& last :
         {assumed(user, role_a()), assumed(assumed(user, role_a()), role_b())}) {
        const awsxx::error why = refusal(last);
        CHECK(broken_hop(why) == role_a());
        check_told(why, {keys, user_keys()});
    }
}

TEST_CASE("radosgw: wrong keys of the first role are refused at the second hop") {
    const hop_keys keys;
    const awsxx::credentials wrong[] = {
        with_secret(keys.a, "not-the-secret-of-role-a"),
        with_token(keys.a, "bm90IGEgdG9rZW4gb2YgYW55Ym9keQ=="),
        with_token(keys.a, ""),
        with_token(keys.a, keys.b.session_token.expose()),
    };
    for (const awsxx::credentials& tampered : wrong) {
        const awsxx::session a(tampered, over_http());
        const awsxx::error why = refusal(assumed(a, role_b()));
        CHECK(broken_hop(why) == role_b());
        check_told(why, {tampered, keys.a, keys.b});
    }
}

TEST_CASE("radosgw: wrong keys of the last role are refused by S3 itself") {
    const hop_keys keys;
    for (const awsxx::credentials& tampered :
         {with_secret(keys.b, "not-the-secret-of-role-b"), with_token(keys.b, ""),
          with_token(keys.b, keys.a.session_token.expose())}) {
        const awsxx::error why = refusal(awsxx::session(tampered, over_http()));
        const std::string text = to_string(why);
        INFO(text);
        CHECK(text.starts_with("s3 ListObjects: "));
        CHECK(why.http_status == 403);
        CHECK_FALSE(why.cause);
        CHECK(text.find(keys.b.secret_access_key.expose()) == std::string::npos);
        CHECK(text.find(keys.b.session_token.expose()) == std::string::npos);
        CHECK(text.find(keys.a.session_token.expose()) == std::string::npos);
    }
}

TEST_CASE("radosgw: a role that does not trust the caller is refused at its hop") {
    const awsxx::session user(user_keys(), over_http());
    const awsxx::session other(other_keys(), over_http());
    struct {
        awsxx::session last;
        std::string hop;
    } const cases[] = {
        {assumed(user, role_b()), role_b()},
        {assumed(other, role_a()), role_a()},
        {assumed(assumed(other, role_a()), role_b()), role_a()},
        {assumed(other, role_b()), role_b()},
    };
    for (const auto& [last, hop] : cases) {
        const awsxx::error why = refusal(last);
        CHECK(broken_hop(why) == hop);
        CHECK(first_cause(why).kind == awsxx::error_kind::denied);
        check_told(why, {user_keys(), other_keys()});
    }
}

TEST_CASE("radosgw: a refused hop leaves the sessions before it usable") {
    const awsxx::session user(user_keys(), over_http());
    refusal(assumed(user, role_b()));

    const awsxx::session b = assumed(assumed(user, role_a()), role_b());

    CHECK(b.try_send(object("GET", ""), s3("ListObjects")));
}
