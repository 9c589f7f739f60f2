// SPDX-License-Identifier: MIT
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/session.hpp>

#include <awsxx/services/identitystore.hpp>
#include <awsxx/testing/fake_aws.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>
#include <support/fake_files.hpp>
#include <support/fixed_random.hpp>
#include <support/providers.hpp>
#include <support/text_stream.hpp>

#include <atomic>
#include <chrono>
#include <iterator>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

constexpr auto user = "arn:aws:iam::111122223333:user/dev";
constexpr auto hub = "arn:aws:iam::111122223333:role/hub";
constexpr auto spoke = "arn:aws:iam::444455556666:role/spoke";
constexpr auto closed = "arn:aws:iam::444455556666:role/closed";
constexpr auto store = "d-9067f3a1b2";
constexpr auto planted = "planted+secret/key+of+the+user";

using fake_session = basic_session<testing::fake_aws>;

/// A user, a hub that trusts the user, a spoke that trusts the hub, and a directory.
struct scene {
    scene() {
        cloud->add_user({.arn = user, .access_key_id = "AKIDUSER", .secret_access_key = planted});
        cloud->add_role({.arn = hub, .trusts = {user}});
        cloud->add_role({.arn = spoke, .trusts = {hub}});
        cloud->add_role({.arn = closed, .trusts = {"arn:aws:iam::444455556666:role/other"}});
        cloud->add_groups(store, {"a", "b", "c", "d", "e"});
    }
    settings choices() const {
        return {.region = "eu-west-1",
                .outside = {time, std::make_shared<test::fixed_random>(), environment, files}};
    }
    fake_session base(credentials keys) const {
        return fake_session(std::move(keys), choices(), cloud);
    }
    fake_session base() const {
        return base({.access_key_id = "AKIDUSER", .secret_access_key = planted});
    }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    std::shared_ptr<testing::fake_aws> cloud = std::make_shared<testing::fake_aws>(time);
    std::shared_ptr<test::fake_environment> environment =
        std::make_shared<test::fake_environment>();
    std::shared_ptr<test::fake_files> files = std::make_shared<test::fake_files>();
};

expected<fake_session> chained(const fake_session& from, const char* role) {
    return from.try_assume_role({.role_arn = role});
}

}  // namespace

TEST_CASE("session: is made without touching environment, files or network") {
    scene s;
    const fake_session session(s.choices(), s.cloud);

    CHECK(s.environment->reads == 0);
    CHECK(s.cloud->log().empty());
}

TEST_CASE("session: without a provider its calls fail, and nothing crashes") {
    scene s;
    const fake_session session(std::shared_ptr<credentials_provider>(), s.choices(), s.cloud);
    const auto who = session.try_whoami();
    REQUIRE_FALSE(who);
    CHECK(who.error().cause->code == "NoProvider");
    CHECK_FALSE(to_string(session.explain()).empty());
}

TEST_CASE("session: one that is prefetched has its credentials before the first call") {
    scene s;
    const auto audit = chained(s.base(), hub)->try_prefetched();
    REQUIRE(audit);
    CHECK(s.cloud->calls("AssumeRole") == 1);

    REQUIRE(audit->try_whoami());
    CHECK(s.cloud->calls("AssumeRole") == 1);
}

TEST_CASE("session: one that cannot be prefetched tells why no credentials can be fetched") {
    scene s;
    const auto refused = chained(*chained(s.base(), hub), closed)->try_prefetched();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "RoleNotAssumed");
#if defined(__cpp_exceptions)
    CHECK_THROWS_AS(
        fake_session(std::shared_ptr<credentials_provider>(), s.choices(), s.cloud).prefetched(),
        aws_error);
    CHECK(s.base().prefetched().whoami().arn == user);
#endif
}

TEST_CASE("session: a chain of roles acts as the last one") {
    scene s;
    const auto reader = chained(*chained(s.base(), hub), spoke);

    const auto who = reader->try_whoami();

    REQUIRE(who);
    CHECK(who->account == "444455556666");
    CHECK(who->arn.starts_with("arn:aws:sts::444455556666:assumed-role/spoke/awsxx-"));
}

TEST_CASE("session: explains each identity on a profile's way to its role") {
    scene s;
    s.files->all["/h/.aws/config"] =
        "[profile base]\naws_access_key_id = AKIDUSER\naws_secret_access_key = " +
        std::string(planted) + "\n[profile b]\nsource_profile = base\nrole_arn = " + hub +
        "\n[profile c]\nsource_profile = b\nrole_arn = " + spoke + "\n";
    s.environment->set("HOME", "/h");
    settings chosen = s.choices();
    chosen.profile = "c";
    const fake_session session(chosen, s.cloud);
    REQUIRE(session.try_whoami());

    const explanation told = session.explain();

    REQUIRE(told.identities.size() == 3);
    CHECK(told.identities[0].access_key_id == "AKIDUSER");
    CHECK(told.identities[0].source == "profile base (/h/.aws/config:2)");
    CHECK(told.identities[1].source ==
          "AssumeRole " + std::string(hub) + " of profile b (/h/.aws/config:6)");
    CHECK(told.identities[1].expiration);
    CHECK(told.identities[1].next_refresh);
    CHECK(told.identities[2].source ==
          "AssumeRole " + std::string(spoke) + " of profile c (/h/.aws/config:9)");
    for (const auto& one : told.identities) CHECK(one.callers.empty());
    const auto last = session.try_assume_role({.role_arn = hub});
    CHECK(last->explain().identities.size() == 4);
}

TEST_CASE("session: explains a profile's identities also where its last role is refused") {
    scene s;
    s.files->all["/h/.aws/config"] =
        "[profile base]\naws_access_key_id = AKIDUSER\naws_secret_access_key = " +
        std::string(planted) + "\n[profile c]\nsource_profile = base\nrole_arn = " + closed + "\n";
    s.environment->set("HOME", "/h");
    settings chosen = s.choices();
    chosen.profile = "c";
    const fake_session session(chosen, s.cloud);
    REQUIRE_FALSE(session.try_whoami());

    const explanation told = session.explain();

    REQUIRE(told.identities.size() == 2);
    CHECK(told.identities[0].access_key_id == "AKIDUSER");
    CHECK(told.identities[1].source.find(closed) != std::string::npos);
    CHECK(told.identities[1].last_failure.find("AccessDenied") != std::string::npos);
}

TEST_CASE("session: explains what only code can choose") {
    scene s;
    settings chosen = s.choices();
    chosen.limits.total = 1500ms;
    chosen.call_timeout = 20s;
    chosen.refresh.advisory = 30min;
    chosen.credentials_cache = {.mode = credentials_files::use::read, .folder = "/c"};
    const explanation told = fake_session(chosen, s.cloud).explain();
    const auto find = [&](std::string_view name) -> std::string {
        for (const auto& one : told.settings)
            if (one.name == name) return one.value + "|" + one.source;
        return "none";
    };
    CHECK(find("limits.connect") == "3100 ms|");
    CHECK(find("limits.first_byte") == "none|");
    CHECK(find("limits.total") == "1500 ms|code");
    CHECK(find("call_timeout") == "20 s|code");
    CHECK(find("refresh.advisory") == "1800 s|code");
    CHECK(find("refresh.mandatory") == "as the keys' lifetime says|");
    CHECK(find("credentials_cache") == "read, /c, from 900 s left on|code");
}

TEST_CASE("session: explains the limit that the defaults mode has set") {
    scene s;
    s.environment->set("AWS_DEFAULTS_MODE", "mobile");
    const std::string told = to_string(fake_session(s.choices(), s.cloud).explain());
    CHECK(told.find("limits.connect = 30 s  (defaults_mode mobile)") != std::string::npos);
}

TEST_CASE("session: explains a region that was found out") {
    class told_region final : public region_source {
    public:
        std::optional<std::string> known() const override { return "eu-south-2"; }
        std::shared_ptr<renewal> search(
            const std::shared_ptr<const runtime::configuration>&) override {
            return {};
        }
    };
    scene s;
    settings chosen = s.choices();
    chosen.region.reset();
    chosen.region_source = std::make_shared<told_region>();
    const std::string told = to_string(fake_session(chosen, s.cloud).explain());
    CHECK(told.find("region = eu-south-2  (instance metadata)") != std::string::npos);
}

TEST_CASE("session: explains what can be read where something cannot") {
    scene s;
    s.environment->set("AWS_RETRY_MODE", "often");
    const explanation told = fake_session(s.choices(), s.cloud).explain();
    CHECK(told.problem.find("AWS_RETRY_MODE") != std::string::npos);
    CHECK(told.settings.size() > 10);
}

TEST_CASE("session: whoami is signed with the session's own credentials") {
    scene s;
    const auto base = s.base();
    const auto audit = *chained(base, hub);

    CHECK(audit.try_whoami()->arn.find("assumed-role/hub/") != std::string::npos);
    CHECK(base.try_whoami()->arn == user);
}

TEST_CASE("session: a role is assumed once for any number of calls") {
    scene s;
    const auto reader = *chained(*chained(s.base(), hub), spoke);
    for (int i = 0; i < 10; ++i) CHECK(reader.try_whoami());

    CHECK(s.cloud->calls("AssumeRole", hub) == 1);
    CHECK(s.cloud->calls("AssumeRole", spoke) == 1);
}

TEST_CASE("session: expired roles are assumed again, from the base outward") {
    scene s;
    const auto reader = *chained(*chained(s.base(), hub), spoke);
    REQUIRE(reader.try_whoami());

    s.time->advance(3h);

    CHECK(reader.try_whoami());
    CHECK(s.cloud->calls("AssumeRole", hub) == 2);
    CHECK(s.cloud->calls("AssumeRole", spoke) == 2);
}

TEST_CASE("session: a session ended on AWS's side is renewed within the call") {
    scene s;
    const auto audit = *chained(s.base(), hub);
    REQUIRE(audit.try_whoami());
    s.time->advance(1min);
    s.cloud->expire_sessions(hub);

    CHECK(audit.try_whoami());
    CHECK(s.cloud->calls("AssumeRole", hub) == 2);
}

TEST_CASE("session: a hop that is refused is named, and the session before works on") {
    scene s;
    const auto audit = *chained(s.base(), hub);
    const auto nowhere = *chained(audit, closed);

    const auto who = nowhere.try_whoami();

    REQUIRE_FALSE(who);
    CHECK(who.error().kind == error_kind::denied);
    CHECK(who.error().cause->code == "RoleNotAssumed");
    CHECK(who.error().cause->message == closed);
    CHECK(who.error().cause->cause->code == "AccessDenied");
    CHECK(nowhere.parent()->try_whoami());
    CHECK(audit.try_whoami());
}

TEST_CASE("session: a failure in the middle of a chain names that hop") {
    scene s;
    const auto last = *chained(*chained(s.base(), closed), spoke);

    const std::string text = to_string(last.try_whoami().error());

    CHECK(text.find("RoleNotAssumed: " + std::string(spoke)) != std::string::npos);
    CHECK(text.find("RoleNotAssumed: " + std::string(closed)) != std::string::npos);
}

TEST_CASE("session: the region of a hop is its own, and goes on to the next") {
    scene s;
    const auto audit = *s.base().try_assume_role({.role_arn = hub, .region = "us-west-1"});
    const auto reader = *chained(audit, spoke);
    REQUIRE(reader.try_whoami());

    std::vector<std::string> hosts;
    for (const auto& call : s.cloud->log()) hosts.push_back(call.request.target.host);

    CHECK(hosts == std::vector<std::string>{"sts.eu-west-1.amazonaws.com",
                                            "sts.us-west-1.amazonaws.com",
                                            "sts.us-west-1.amazonaws.com"});
}

TEST_CASE("session: parent goes back one hop, and a first session has none") {
    scene s;
    const auto base = s.base();
    const auto audit = *chained(base, hub);

    CHECK_FALSE(base.parent());
    REQUIRE(audit.parent());
    CHECK(audit.parent()->try_whoami()->arn == user);
}

TEST_CASE("session: every input of AssumeRole is sent") {
    scene s;
    s.cloud->add_role({.arn = hub, .trusts = {user}, .external_id = "x-1"});
    const auto audit = *s.base().try_assume_role(
        {.role_arn = hub,
         .role_session_name = "ci",
         .external_id = "x-1",
         .duration_seconds = 900,
         .policy = "{}",
         .policy_arns = {{.arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"}},
         .tags = {{.key = "team", .value = "a b"}},
         .transitive_tag_keys = {"team"},
         .source_identity = "me"});
    REQUIRE(audit.try_whoami());

    const std::string body(s.cloud->log().front().request.body.bytes());

    for (const char* part :
         {"RoleSessionName=ci", "ExternalId=x-1", "DurationSeconds=900", "Policy=%7B%7D",
          "PolicyArns.member.1.arn=arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FReadOnlyAccess",
          "Tags.member.1.Key=team", "Tags.member.1.Value=a%20b", "TransitiveTagKeys.member.1=team",
          "SourceIdentity=me"})
        CHECK(body.find(part) != std::string::npos);
}

TEST_CASE("session: what cannot be right about a role is refused before the network") {
    scene s;
    const auto base = s.base();
    const auto code = [&](assume_role_options role) {
        return base.try_assume_role(std::move(role)).error().code;
    };

    CHECK(code({.role_arn = "audit"}) == "InvalidRoleArn");
    CHECK(code({.role_arn = "arn:aws:iam::111122223333:user/dev"}) == "InvalidRoleArn");
    CHECK(code({.role_arn = "arn:aws:iam::111122223333:role/a\nb"}) == "InvalidRoleArn");
    CHECK(code({.role_arn = hub, .role_session_name = "a b"}) == "InvalidRoleSessionName");
    CHECK(code({.role_arn = hub, .region = "x.evil.com/"}) == "InvalidRegion");
    CHECK(s.cloud->log().empty());
}

TEST_CASE("session: a longer session is refused for a role behind a role, not for a first one") {
    scene s;
    const auto audit = *s.base().try_assume_role({.role_arn = hub, .duration_seconds = 7200});

    const auto refused = audit.try_assume_role({.role_arn = spoke, .duration_seconds = 3601});

    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SessionTooLong");
    CHECK(refused.error().message.find("an hour") != std::string::npos);
}

TEST_CASE("session: a longer session is warned of where the first credentials are temporary") {
    scene s;
    const fake_session base(
        {.access_key_id = "ASIA", .secret_access_key = planted, .session_token = "t"}, s.choices(),
        s.cloud);
    const auto audit = *base.try_assume_role({.role_arn = hub, .duration_seconds = 7200});
    CHECK_FALSE(audit.try_whoami());  // STS decides
    const auto told = audit.explain();
    REQUIRE(told.identities.back().warnings.size() == 1);
    const std::string& warning = told.identities.back().warnings[0];
    CHECK(warning.find("an hour") != std::string::npos);
    CHECK(to_string(told).find("    warning: " + warning) != std::string::npos);
}

TEST_CASE("session: a role that needs a code is refused at once where nobody can be asked") {
    scene s;
    const assume_role_options role{.role_arn = hub, .serial_number = "device"};
    const auto refused = s.base().try_assume_role(role);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "MfaCodeNeeded");
    CHECK(refused.error().kind == error_kind::action_needed);

    settings cached = s.choices();  // its files may have the role's credentials
    cached.credentials_cache.mode = credentials_files::use::read;
    const fake_session base({.access_key_id = "AKIDUSER", .secret_access_key = planted}, cached,
                            s.cloud);
    CHECK(base.try_assume_role(role));
    CHECK(
        s.base().try_assume_role({.role_arn = hub, .serial_number = "d", .token_code = "123456"}));
}

TEST_CASE("session: roles whose names run together do not share credentials") {
    scene s;
    s.cloud->add_role({.arn = "arn:aws:iam::111122223333:role/ab", .trusts = {user}});
    s.cloud->add_role({.arn = "arn:aws:iam::111122223333:role/a", .trusts = {user}});
    const auto one = *s.base().try_assume_role(
        {.role_arn = "arn:aws:iam::111122223333:role/ab", .role_session_name = "cd"});
    const auto other = *s.base().try_assume_role(
        {.role_arn = "arn:aws:iam::111122223333:role/a", .role_session_name = "bcd"});

    CHECK(one.try_whoami()->arn.ends_with("/ab/cd"));
    CHECK(other.try_whoami()->arn.ends_with("/a/bcd"));
}

TEST_CASE("session: pages and items are fetched as the loop reaches them") {
    scene s;
    const auto base = s.base();
    const identitystore::list_groups listing{.identity_store_id = store, .max_results = 2};
    auto groups = base.try_items(listing);
    CHECK(s.cloud->calls("ListGroups") == 0);

    std::string names;
    for (const auto& group : groups) {
        REQUIRE(group);
        names += group->display_name;
        if (names == "a") CHECK(s.cloud->calls("ListGroups") == 1);
    }

    CHECK(names == "abcde");
    CHECK(s.cloud->calls("ListGroups") == 3);
    std::size_t pages = 0;
    for (const auto& page : base.try_pages(listing)) pages += page.has_value();
    CHECK(pages == 3);
}

TEST_CASE("session: an error is the last element of a listing") {
    scene s;
    s.cloud->deny("identitystore:ListGroups", user);
    int elements = 0;

    for (const auto& group :
         s.base().try_items(identitystore::list_groups{.identity_store_id = store})) {
        ++elements;
        REQUIRE_FALSE(group);
        CHECK(group.error().code == "AccessDeniedException");
    }

    CHECK(elements == 1);
}

TEST_CASE("session: a token that repeats ends a listing with an error") {
    scene s;
    const std::string page = R"({"Groups":[{"GroupId":"1"}],"NextToken":"same"})";
    const auto script = std::make_shared<testing::scripted_transport>(
        [&](const http::request&, const http::exchange&) {
            return http::response{.status = 200, .body = page};
        });
    const basic_session<testing::scripted_transport> session(test::keys("AKID"), s.choices(),
                                                             script);
    int groups = 0;
    for (const auto& group :
         session.try_items(identitystore::list_groups{.identity_store_id = store}))
        groups += group.has_value();

    CHECK(groups == 2);
}

TEST_CASE("session: listings are input ranges") {
    using pages = decltype(std::declval<fake_session>().try_pages(identitystore::list_groups{}));
    STATIC_REQUIRE(std::input_iterator<pages::iterator>);
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<pages>);
#if !defined(__clang__)
    scene s;
    std::string names;
    for (const std::string& name :
         s.base().try_items(identitystore::list_groups{.identity_store_id = store}) |
             std::views::transform([](auto& group) { return group->display_name; }) |
             std::views::take(2))
        names += name;
    CHECK(names == "ab");
#endif
}

TEST_CASE("session: transient faults of the service are outlived") {
    scene s;
    const auto fault =
        GENERATE(testing::fake_fault::throttled, testing::fake_fault::server_error,
                 testing::fake_fault::no_connection, testing::fake_fault::cut_answer);
    const auto audit = *chained(s.base(), hub);
    s.cloud->fail_next(fault, 2);

    CHECK(audit.try_whoami());
}

TEST_CASE("session: a page of nonsense is an error that says so") {
    scene s;
    s.cloud->fail_next(testing::fake_fault::nonsense);

    const auto who = s.base().try_whoami();

    REQUIRE_FALSE(who);
    CHECK(who.error().kind == error_kind::malformed_answer);
}

TEST_CASE("session: credentials come from the environment, then from the profile") {
    scene s;
    const fake_session session(s.choices(), s.cloud);
    const std::string why = session.try_whoami().error().cause->message;
    for (const char* part :
         {"environment: AWS_ACCESS_KEY_ID is not set", "profile: there is no profile default",
          "container: ", "instance metadata: ", "run \"aws configure\""})
        CHECK(why.find(part) != std::string::npos);

    s.environment->set("AWS_ACCESS_KEY_ID", "AKIDUSER");
    s.environment->set("AWS_SECRET_ACCESS_KEY", planted);
    CHECK(session.try_whoami());

    scene other;
    other.environment->set("HOME", "/home/me");
    other.files->all["/home/me/.aws/credentials"] =
        "[default]\naws_access_key_id = AKIDUSER\naws_secret_access_key = " + std::string(planted);
    CHECK(fake_session(other.choices(), other.cloud).try_whoami());
}

TEST_CASE("session: a broken configuration is reported with its place, and can be mended") {
    scene s;
    s.environment->set("HOME", "/home/me");
    s.files->all["/home/me/.aws/config"] = "[default]\nregion";
    const auto session = s.base();

    const auto failure = session.try_whoami();
    REQUIRE_FALSE(failure);
    CHECK(to_string(failure.error()).find("/home/me/.aws/config") != std::string::npos);

    s.files->all["/home/me/.aws/config"] = "[default]\nregion = eu-west-1";
    CHECK(session.try_whoami());
}

TEST_CASE("session: any request can be signed and sent") {
    scene s;
    http::request what{.method = "POST", .body = "Action=GetCallerIdentity&Version=2011-06-15"};
    what.headers.add("Content-Type", "application/x-www-form-urlencoded");

    const auto answer = s.base().try_send(what, {.service = "sts"});

    REQUIRE(answer);
    CHECK(answer->body.find(user) != std::string::npos);
}

TEST_CASE("session: the answer to a raw request can go into the caller's memory") {
    scene s;
    http::request what{.method = "POST", .body = "Action=GetCallerIdentity&Version=2011-06-15"};
    what.headers.add("Content-Type", "application/x-www-form-urlencoded");
    char room[4096];
    http::span_sink sink(room);

    const auto answer = s.base().try_send(what, {.service = "sts", .sink = &sink});

    REQUIRE(answer);
    CHECK(answer->body.empty());
    CHECK(sink.written().find(user) != std::string_view::npos);
}

TEST_CASE("session: a raw request that is refused is an error with the service's code") {
    scene s;
    http::request what{.method = "POST", .body = "Action=NoSuchThing&Version=2011-06-15"};
    what.headers.add("Content-Type", "application/x-www-form-urlencoded");

    const auto answer = s.base().try_send(what, {.service = "sts", .operation = "NoSuchThing"});

    REQUIRE_FALSE(answer);
    CHECK(answer.error().http_status == 400);
    CHECK(answer.error().details->operation == "NoSuchThing");
}

TEST_CASE("session: a presigned call works for whoever has the URL") {
    scene s;
    const auto link = s.base().try_presign(sts::get_caller_identity{}, 60s);
    REQUIRE(link);

    const auto answer = s.cloud->send(*link, {});

    REQUIRE(answer);
    CHECK(answer->body.find(user) != std::string::npos);
    CHECK(s.base().try_presign(sts::get_caller_identity{}, 0s).error().kind ==
          error_kind::invalid_argument);
}

TEST_CASE("session: a URL that ends with its keys before it was to is told about") {
    scene s;
    std::vector<std::string> heard;
    auto choices = s.choices();
    choices.observer = {.note = [&](channel, std::string_view line) { heard.emplace_back(line); },
                        .listens_to = channel::signing};
    const instant end = s.time->now() + 900s;
    const auto told = [&](std::chrono::seconds lifetime, std::optional<instant> expiration) {
        heard.clear();
        const fake_session from({.access_key_id = "AKIDUSER",
                                 .secret_access_key = planted,
                                 .expiration = expiration,
                                 .source = "here"},
                                choices, s.cloud);
        REQUIRE(from.try_presign(sts::get_caller_identity{}, lifetime));
        return heard;
    };

    CHECK(told(900s, end).empty());
    CHECK(told(86400s, std::nullopt).empty());
    CHECK(told(901s, end) ==
          std::vector<std::string>{"STS GetCallerIdentity: the URL was to be good for 901 s, but "
                                   "will be for 900 s, when AKIDUSER (here) expires"});
}

TEST_CASE("session: a raw request to S3 has its stream hashed where that is chosen") {
    scene s;
    std::vector<std::string> said;
    const auto network = std::make_shared<testing::scripted_transport>(
        [&](const http::request& what, const http::exchange&) {
            said.emplace_back(what.headers.find("x-amz-content-sha256").value_or("(none)"));
            return http::response{.status = 200};
        });
    for (const std::optional<bool> chosen : {std::optional<bool>(), std::optional(true)}) {
        auto choices = s.choices();
        choices.s3.payload_signing = chosen;
        const basic_session<testing::scripted_transport> from(
            {.access_key_id = "AKIDUSER", .secret_access_key = planted}, choices, network);
        const http::request what{
            .method = "PUT", .target = {.path = "/b/k"}, .body = test::text_stream("hello")};
        REQUIRE(from.try_send(what, {.service = "s3"}));
        const auto link = from.try_presign(what, {.service = "s3"}, 60s);
        REQUIRE(link);
        CHECK_FALSE(link->headers.contains("x-amz-content-sha256"));
    }
    CHECK(said == std::vector<std::string>{
                      "UNSIGNED-PAYLOAD",
                      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"});
}

TEST_CASE("session: a presigned call has its body with it") {
    scene s;
    const auto link =
        s.base().try_presign(identitystore::list_groups{.identity_store_id = store}, 60s);

    REQUIRE(link);
    CHECK(link->body.bytes() == R"({"IdentityStoreId":"d-9067f3a1b2"})");
}

TEST_CASE("session: requests to a service that is nowhere in particular are signed for its place") {
    scene s;
    const auto network = std::make_shared<testing::scripted_transport>(
        [](const http::request&, const http::exchange&) { return http::response{.status = 200}; });
    const basic_session<testing::scripted_transport> session(
        {.access_key_id = "AKIDUSER", .secret_access_key = planted}, s.choices(), network);

    REQUIRE(session.try_send({}, {.service = "iam"}));
    REQUIRE(session.try_send({}, {.service = "sqs", .region = "us-west-2"}));
    REQUIRE(session.try_send({}, {.service = "sqs"}));

    const auto sent = network->requests();
    CHECK(sent[0].target.host == "iam.amazonaws.com");
    CHECK(sent[0].headers.find("Authorization")->find("/us-east-1/iam/") != std::string::npos);
    CHECK(sent[1].target.host == "sqs.us-west-2.amazonaws.com");
    CHECK(sent[2].target.host == "sqs.eu-west-1.amazonaws.com");
}

TEST_CASE("session: an old spelling of a FIPS region is understood for a role, too") {
    scene s;
    const auto network = std::make_shared<testing::scripted_transport>(
        [](const http::request&, const http::exchange&) { return http::response{.status = 400}; });
    const basic_session<testing::scripted_transport> session(
        {.access_key_id = "AKIDUSER", .secret_access_key = planted}, s.choices(), network);

    const auto role = session.try_assume_role({.role_arn = hub, .region = "fips-us-east-1"});

    REQUIRE(role);
    CHECK_FALSE(role->try_send({.headers = {}}, {.service = "sqs", .is_unsigned = true}));
    CHECK(network->requests().at(0).target.host == "sqs-fips.us-east-1.amazonaws.com");
}

TEST_CASE("session: a role without an expiration is not taken for one that never ends") {
    scene s;
    const auto network = std::make_shared<testing::scripted_transport>(
        [](const http::request&, const http::exchange&) {
            return http::response{.status = 200, .body = R"(<AssumeRoleResponse><AssumeRoleResult>
                <Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
                <SessionToken>t</SessionToken></Credentials></AssumeRoleResult></AssumeRoleResponse>)"};
        });
    const basic_session<testing::scripted_transport> session(
        {.access_key_id = "AKIDUSER", .secret_access_key = planted}, s.choices(), network);

    const auto who = session.try_assume_role({.role_arn = hub})->try_whoami();

    REQUIRE_FALSE(who);
    CHECK(to_string(who.error()).find("without an expiration") != std::string::npos);
}

TEST_CASE("session: keys that nothing can renew are not tried again") {
    scene s;
    const auto network = std::make_shared<testing::scripted_transport>(
        [](const http::request&, const http::exchange&) {
            return http::response{
                .status = 403,
                .body = "<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorResponse>"};
        });
    const basic_session<testing::scripted_transport> session(
        {.access_key_id = "AKIDUSER", .secret_access_key = planted}, s.choices(), network);

    const auto who = session.try_whoami();

    REQUIRE_FALSE(who);
    CHECK(who.error().details->attempts == 1);
    CHECK(network->requests().size() == 1);
}

TEST_CASE("session: a URL for any request can be presigned") {
    scene s;
    http::request what;
    what.target = *http::parse_uri("https://bucket.s3.eu-west-1.amazonaws.com/a%20key?versionId=1");

    const auto link = s.base().try_presign(what, {.service = "s3"}, 60s);

    REQUIRE(link);
    const std::string text = to_string(link->target);
    CHECK(text.starts_with("https://bucket.s3.eu-west-1.amazonaws.com/a%20key?versionId=1&X-Amz-"));
    CHECK(text.find("X-Amz-Expires=60") != std::string::npos);
}

TEST_CASE("session: no error shows a secret") {
    scene s;
    const auto audit = *chained(s.base(), hub);
    REQUIRE(audit.try_whoami());
    std::string all;
    s.cloud->deny("sts:GetCallerIdentity", hub);
    for (const auto& session :
         {s.base({.access_key_id = "AKIDUSER", .secret_access_key = "planted-wrong"}),
          s.base({.access_key_id = "AKIDUSER",
          .secret_access_key = planted,
          .session_token = "planted-token"}),
          *chained(audit, closed), *chained(audit, spoke)})
        if (const auto who = session.try_whoami(); !who) all += to_string(who.error());

    CHECK(all.size() > 100);
    CHECK(all.find("planted") == std::string::npos);
    for (const auto& call : s.cloud->log())
        if (const auto signature = call.request.headers.find("Authorization"))
            CHECK(all.find(signature->substr(signature->size() - 64)) == std::string::npos);
}

TEST_CASE("session: 256 threads over one expiring session assume its role once") {
    scene s;
    const auto audit = *chained(s.base(), hub);
    REQUIRE(audit.try_whoami());
    s.time->advance(2h);
    std::atomic<int> good{0};
    std::vector<std::thread> threads;

    for (int i = 0; i < 256; ++i)
        threads.emplace_back([&] { good += audit.try_whoami().has_value(); });
    for (auto& thread : threads) thread.join();

    CHECK(good == 256);
    CHECK(s.cloud->calls("AssumeRole", hub) == 2);
}

#if defined(__cpp_exceptions)
TEST_CASE("session: the throwing verbs are the others with the error thrown") {
    scene s;
    const auto audit = s.base().assume_role({.role_arn = hub});
    CHECK(audit.call(sts::get_caller_identity{}).account == "111122223333");
    CHECK(audit.whoami().account == "111122223333");
    CHECK(audit.presign(sts::get_caller_identity{}, 60s).method == "GET");
    std::string names;
    for (auto& group : s.base().items(identitystore::list_groups{.identity_store_id = store}))
        names += std::move(group.display_name);
    CHECK(names == "abcde");

    CHECK_THROWS_AS(audit.assume_role({.role_arn = "x"}), aws_error);
    CHECK_THROWS_AS(audit.assume_role({.role_arn = closed}).whoami(), aws_error);
    CHECK_THROWS_AS(
        [&] {
            for (auto& page :
                 s.base().pages(identitystore::list_groups{.identity_store_id = "none"}))
                names += page.groups.front().display_name;
        }(),
        aws_error);
}
#endif
