// SPDX-License-Identifier: MIT
#include <awsxx/credentials/cached.hpp>

#include <support/catch.hpp>
#include <support/cloud_scene.hpp>
#include <support/credential_services.hpp>
#include <support/fixed_random.hpp>
#include <support/logins.hpp>
#include <support/providers.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

using namespace awsxx;
using namespace std::chrono_literals;
using test::cloud_scene;

namespace {

const error down{.kind = error_kind::network, .retryable = true, .code = "Down"};
const error final_answer{.kind = error_kind::denied, .code = "Final"};

/// Gives what it is told to give, and counts how often.
class told_provider final : public credentials_provider {
public:
    using answer = expected<credentials>;

    explicit told_provider(refresh_style style) : style_(style) {}
    void then(answer next) { next_ = std::move(next); }
    resolution resolve(instant) override {
        ++asked_;
        if (!next_) return next_.error();
        return std::make_shared<const credentials>(*next_);
    }
    refresh_style style() const noexcept override { return style_; }
    bool is_final(const error& why) const noexcept override { return why.code == "Final"; }
    std::size_t asked() const { return asked_; }

private:
    refresh_style style_;
    answer next_{error{}};
    std::size_t asked_ = 0;
};

/// A cache over such a source with static stability. The first keys are called A.
struct scene {
    explicit scene(milliseconds lifetime = 1h, refresh_windows windows = {},
                   std::uint64_t random = 0)
        : cache(std::make_shared<cached_credentials>(source, time,
                                                     std::make_shared<test::fixed_random>(random),
                                                     cache_options{windows, {}})) {
        source->then(keys("A", lifetime));
        static_cast<void>(id());
    }

    credentials keys(std::string name, milliseconds lifetime) const {
        return test::keys(std::move(name), time->now() + lifetime);
    }
    /// What the next caller gets: the name of the keys or the code of the error.
    std::string id() const {
        const auto got = test::obtain(*cache, time->now());
        return got ? (*got)->access_key_id : got.error().code;
    }
    /// The same at a later moment, when the source would say `next`.
    std::string id_after(milliseconds later, told_provider::answer next) {
        time->advance(later);
        source->then(std::move(next));
        return id();
    }
    std::size_t renewals() const { return source->asked() - 1; }
    void invalidate(const std::string& rejected) const {
        cache->invalidate(test::keys(rejected), time->now());
    }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    std::shared_ptr<told_provider> source =
        std::make_shared<told_provider>(refresh_style::static_stability);
    std::shared_ptr<cached_credentials> cache;
};

/// How a session comes by keys that last an hour.
enum class mode {
    role,
    profile,
    kept_profile,  // the file cache is on
    web_identity,
    sso,
    kept_sso,
    login,
    process,
    container,
    imds,
    own_source,
    own_source_that_must_not_fail
};

constexpr mode all_modes[] = {
    mode::role,      mode::profile,  mode::kept_profile, mode::web_identity,
    mode::sso,       mode::kept_sso, mode::login,        mode::process,
    mode::container, mode::imds,     mode::own_source,   mode::own_source_that_must_not_fail};

constexpr const char* web_arn = "arn:aws:iam::111122223333:role/web";

/// The lines of the profile that is used.
std::string lines_of(mode how) {
    switch (how) {
        case mode::profile:
        case mode::kept_profile:
            return "role_arn = " + std::string(test::hub_arn) + "\nsource_profile = keys\n";
        case mode::web_identity:
            return "role_arn = " + std::string(web_arn) + "\nweb_identity_token_file = /token\n";
        case mode::sso:
        case mode::kept_sso:
            return "sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = first\n";
        case mode::login: return "login_session = me\n";
        case mode::process: return "credential_process = /bin/keys\n";
        default: return "";
    }
}

/// A session in that mode whose renewals can be counted.
struct windowed {
    using session = basic_session<test::credential_services>;

    windowed(mode how, refresh_windows windows) : how_(how) {
        s.cloud->add_web_identity("web-token", "system:app");
        s.cloud->add_role({.arn = web_arn, .trusts = {"system:app"}});
        chosen_ = s.choices(world());
        chosen_.region = "eu-west-1";
        chosen_.refresh = windows;
        if (how == mode::kept_profile || how == mode::kept_sso)
            chosen_.credentials_cache = {.mode = credentials_files::use::read_write,
                                         .least_left = 0ms};
        if (how == mode::own_source)
            source = std::make_shared<told_provider>(refresh_style::static_stability);
        source->then(test::keys("ASIAOWN1", s.time->now() + 1h));
        user = start();
        REQUIRE(user->try_fetch_credentials());
        source->then(test::keys("ASIAOWN2", s.time->now() + 2h));
        REQUIRE(fetches() == 1);
    }
    session start() const {
        if (how_ == mode::role)
            return *session(s.keys(), chosen_, services)
                        .try_assume_role({.role_arn = test::hub_arn});
        if (how_ == mode::own_source || how_ == mode::own_source_that_must_not_fail)
            return session(source, chosen_, services);
        return session(chosen_, services);
    }
    /// Whether a use at that age of the keys renews them.
    bool renews_at(milliseconds age) {
        s.time->advance(age);
        REQUIRE(user->try_fetch_credentials());
        return fetches() == 2;
    }
    /// Whether a program that starts at that age of the keys gets others.
    bool renews_in_next_program_at(milliseconds age) {
        user = start();
        return renews_at(age);
    }

    cloud_scene s{};
    std::shared_ptr<test::credential_services> services =
        std::make_shared<test::credential_services>(s.cloud, s.time, 1h);
    std::shared_ptr<told_provider> source = std::make_shared<told_provider>(refresh_style::strict);
    std::optional<session> user{};

private:
    testing::world_contents world() const {
        testing::world_contents has{
            .files = {{"/token", "web-token"},
                      {"/home/.aws/config", "[default]\n" + lines_of(how_) +
                                                "[profile keys]\n"
                                                "aws_access_key_id = AKIDUSER\n"
                                                "aws_secret_access_key = "
                                                "planted-secret-of-the-user\n"
                                                "[sso-session corp]\n"
                                                "sso_region = eu-west-1\n"
                                                "sso_start_url = https://corp.example\n"},
                      test::sso_login("/home"),
                      test::console_login("/home")},
            .programs = [from = services](const auto&) { return from->run(); }};
        if (how_ == mode::container)
            has.environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/me";
        return has;
    }
    std::size_t fetches() const {
        return s.cloud->calls("AssumeRole") + s.cloud->calls("AssumeRoleWithWebIdentity") +
               services->fetches() + source->asked();
    }

    mode how_;
    settings chosen_{};
};

const refresh_windows early{.advisory = 40min, .mandatory = 30min};
const refresh_windows late{.advisory = 2min, .mandatory = 30s};

}  // namespace

TEST_CASE("acceptance 14: a hundred calls in a minute with a 15-minute role assume it once") {
    cloud_scene s;
    const auto hub =
        *s.base().try_assume_role({.role_arn = test::hub_arn, .duration_seconds = 900});
    for (int i = 0; i < 100; ++i) {
        REQUIRE(hub.try_whoami());
        s.time->advance(600ms);
    }

    CHECK(s.cloud->calls("AssumeRole") == 1);
    CHECK(s.cloud->calls("GetCallerIdentity") == 100);
}

TEST_CASE("acceptance 15: the windows that the user gives are the live ones in every mode") {
    for (const mode how : all_modes) {
        CAPTURE(static_cast<int>(how));

        CHECK_FALSE(windowed(how, early).renews_at(19min));
        CHECK(windowed(how, early).renews_at(21min));
        CHECK_FALSE(windowed(how, late).renews_at(57min));
        CHECK(windowed(how, late).renews_at(59min));
    }
}

TEST_CASE("acceptance 15: the user's windows hold for keys that another program put into a file") {
    for (const mode how : {mode::kept_profile, mode::kept_sso, mode::login}) {
        CAPTURE(static_cast<int>(how));

        CHECK_FALSE(windowed(how, early).renews_in_next_program_at(19min));
        CHECK(windowed(how, early).renews_in_next_program_at(21min));
        if (how == mode::login) continue;  // AWS wants such keys replaced in their last 5 minutes
        CHECK_FALSE(windowed(how, late).renews_in_next_program_at(57min));
        CHECK(windowed(how, late).renews_in_next_program_at(59min));
    }
}

TEST_CASE("acceptance 27: what a caller gets in each window, for each answer of the source") {
    struct row {
        milliseconds age;
        std::string_view answer;  // of the source: B, stale, down, final
        std::string got;
        std::size_t asked;
    };
    const row rows[] = {
        {44min + 59s, "B", "A", 0},
        {45min, "B", "B", 1},
        {59min, "B", "B", 1},
        {60min, "B", "B", 1},
        {3h, "B", "B", 1},
        {44min, "down", "A", 0},
        {46min, "down", "A", 1},
        {59min + 30s, "down", "A", 1},
        {61min, "down", "A", 1},
        {44min, "stale", "A", 0},
        {46min, "stale", "A", 1},
        {59min + 30s, "stale", "A", 1},
        {61min, "stale", "A", 1},
        {44min, "final", "A", 0},
        {46min, "final", "Final", 1},
        {59min, "final", "Final", 1},
        {61min, "final", "Final", 1},
    };
    for (const row& one : rows) {
        CAPTURE(one.age.count(), one.answer);
        scene s;
        s.time->advance(one.age);
        told_provider::answer next = s.keys("B", 1h);
        if (one.answer == "down") next = down;
        if (one.answer == "final") next = final_answer;
        if (one.answer == "stale") next = s.keys("B", 0ms);

        CHECK(s.id_after(0ms, next) == one.got);
        CHECK(s.renewals() == one.asked);
        CHECK(s.id() == one.got);  // whatever happened, the source has its peace now
        CHECK(s.renewals() == one.asked);
    }
}

TEST_CASE("acceptance 27: the advisory window goes by the lifetime, its limits included") {
    struct row {
        milliseconds lifetime;
        milliseconds advisory;
    };
    for (const row& one :
         {row{15min, 5min}, row{20min, 5min}, row{20min + 1s, 15min}, row{1h, 15min},
          row{90min - 1s, 15min}, row{90min, 60min}, row{12h, 60min}}) {
        CAPTURE(one.lifetime.count());
        scene s(one.lifetime);
        CHECK(s.id_after(one.lifetime - one.advisory - 1ms, s.keys("B", 24h)) == "A");
        s.time->advance(1ms);
        CHECK(s.id() == "B");
    }
}

TEST_CASE("acceptance 27: new keys of another lifetime bring their own window") {
    scene s(1h);
    CHECK(s.id_after(45min, s.keys("B", 45min + 15min)) == "B");  // 15 minutes are left of B
    scene t(1h);
    t.time->advance(45min);
    CHECK(t.id_after(0ms, t.keys("B", 15min)) == "B");

    CHECK(t.id_after(9min, t.keys("C", 1h)) == "B");
    t.time->advance(1min);
    CHECK(t.id() == "C");
}

TEST_CASE("acceptance 27: a failure leaves the window of the keys at hand as it is") {
    scene s(1h);
    CHECK(s.id_after(45min, down) == "A");
    CHECK(s.id_after(5min, s.keys("B", 1h)) == "B");
}

TEST_CASE("acceptance 27: an advisory window of the user's replaces the table") {
    scene s(1h, {.advisory = 30s});
    CHECK(s.id_after(59min + 29s, s.keys("B", 1h)) == "A");
    s.time->advance(1s);
    CHECK(s.id() == "B");
}

TEST_CASE("acceptance 27: a source that failed is left alone for five to ten minutes") {
    struct row {
        std::uint64_t random;
        milliseconds quiet;
    };
    for (const row& one : {row{0, 5min - 1ms}, row{UINT64_MAX, 10min - 10ms}}) {
        scene s(1h, {}, one.random);
        CHECK(s.id_after(59min, down) == "A");
        CHECK(s.id_after(one.quiet, s.keys("B", 2h)) == "A");  // expired by now
        CHECK(s.renewals() == 1);
        s.time->advance(10ms);
        CHECK(s.id() == "B");
    }
}

TEST_CASE("acceptance 27: a failure that only a person can mend is repeated for 1 to 5 seconds") {
    for (const milliseconds age :
         {milliseconds(46min), milliseconds(59min + 30s), milliseconds(61min)}) {
        scene s;
        CHECK(s.id_after(age, final_answer) == "Final");
        CHECK(s.id_after(999ms, s.keys("B", 2h)) == "Final");
        CHECK(s.renewals() == 1);
        s.time->advance(1ms);
        CHECK(s.id() == "B");
    }
}

TEST_CASE("acceptance 27: nothing cached, the failure is raised and the next call asks again") {
    for (const error& why : {down, final_answer}) {
        const auto time = std::make_shared<testing::fake_clock>();
        const auto source = std::make_shared<told_provider>(refresh_style::static_stability);
        const auto cache = std::make_shared<cached_credentials>(
            source, time, std::make_shared<test::fixed_random>());

        source->then(why);
        CHECK(test::obtain(*cache, time->now()).error().code == why.code);
        CHECK(test::obtain(*cache, time->now()).error().code == why.code);
        source->then(test::keys("A", time->now() + 1h));
        CHECK(test::obtain(*cache, time->now()));
        CHECK(source->asked() == 3);
    }
}

TEST_CASE("acceptance 27: refused keys are renewed at once, those of somebody else are not") {
    scene s;
    s.source->then(s.keys("B", 1h));
    s.invalidate("OTHER");
    CHECK(s.id() == "A");
    s.invalidate("A");
    CHECK(s.id() == "B");
    s.invalidate("A");
    CHECK(s.id() == "B");
    CHECK(s.renewals() == 1);
}

TEST_CASE("acceptance 27: refusing keys does not end a back-off") {
    scene s;
    CHECK(s.id_after(46min, down) == "A");
    s.invalidate("A");
    CHECK(s.id_after(4min, s.keys("B", 1h)) == "A");
    CHECK(s.renewals() == 1);

    s.time->advance(1min);
    CHECK(s.id() == "B");
}

TEST_CASE("acceptance 27: AccessDenied of a service does not renew keys, ExpiredToken does") {
    cloud_scene s;
    const auto hub = *s.base().try_assume_role({.role_arn = test::hub_arn});
    REQUIRE(hub.try_whoami());
    s.cloud->deny("sts:GetCallerIdentity", test::spoke_arn);
    const auto spoke = *hub.try_assume_role({.role_arn = test::spoke_arn});
    CHECK_FALSE(spoke.try_whoami());
    CHECK_FALSE(spoke.try_whoami());
    CHECK(s.cloud->calls("AssumeRole", test::spoke_arn) == 1);

    s.time->advance(1s);
    s.cloud->expire_sessions(test::hub_arn);
    CHECK(hub.try_whoami());
    CHECK(s.cloud->calls("AssumeRole", test::hub_arn) == 2);
}
