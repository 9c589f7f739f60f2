// SPDX-License-Identifier: MIT
// Every source of credentials below every depth of roles, for a day, with and without outages.
#include <awsxx/session.hpp>

#include <awsxx/credentials/iot.hpp>
#include <awsxx/credentials/roles_anywhere.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>
#include <support/credential_services.hpp>
#include <support/fixed_random.hpp>
#include <support/key_pairs.hpp>
#include <support/logins.hpp>
#include <support/sanitized.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <latch>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

enum class source {
    keys,
    environment,
    process,
    container,
    imds,
    web_identity,
    sso,
    login,
    own,
    roles_anywhere,
    iot,
    kept_sso  // the file cache is on
};

constexpr source all_sources[] = {
    source::keys, source::environment,    source::process, source::container,
    source::imds, source::web_identity,   source::sso,     source::login,
    source::own,  source::roles_anywhere, source::iot,     source::kept_sso};

const char* name_of(source one) {
    constexpr const char* names[] = {
        "keys", "environment", "process", "container",      "imds", "web",
        "sso",  "login",       "own",     "roles anywhere", "iot",  "sso in files"};
    return names[static_cast<std::size_t>(one)];
}

/// Which sources end without their service: only their last keys may outlive an outage.
bool is_statically_stable(source one) {
    return one == source::container || one == source::imds || one == source::web_identity ||
           one == source::sso || one == source::login || one == source::kept_sso;
}
bool lasts_for_ever(source one) { return one == source::keys || one == source::environment; }

/// Which sources are told by a person's login, or by a token, whether they may go on.
bool may_refuse(source one) {
    return one == source::web_identity || one == source::sso || one == source::login ||
           one == source::kept_sso;
}

/// How the services behave.
enum class weather : unsigned char { fair, outages, refusal };

struct plan {
    source from{};
    int roles{};
    seconds lifetime{};
    weather how{};
};

/// To be done in time, the last three kinds go through all depths with one lifetime each: 15
/// minutes below one role and below three, an hour otherwise. Sanitizers see two roles at most.
bool is_left_out(source from, int roles, seconds lifetime) {
    if (from < source::roles_anywhere) return false;
    return (roles % 2 == 1) == (lifetime == seconds(1h)) || (AWSXX_TEST_SANITIZED && roles > 2);
}

std::string role(int number) {
    return "arn:aws:iam::44445555666" + std::to_string(number) + ":role/r" + std::to_string(number);
}

/// With all else alike, to be done in time.
/// One build of the many simulates the whole day; the presets of the others ask for the morning.
const bool is_whole_day = !AWSXX_TEST_SANITIZED && std::getenv("AWSXX_TEST_BRIEF") == nullptr;
const std::chrono::hours one_day{is_whole_day ? 24 : 3};

/// A user's callable.
class own_source final : public credentials_provider {
public:
    explicit own_source(std::shared_ptr<test::credential_services> from) : from_(std::move(from)) {}
    resolution resolve(instant) override {
        auto keys = from_->give();
        if (!keys) return std::move(keys).error();
        return std::make_shared<const credentials>(*std::move(keys));
    }

private:
    std::shared_ptr<test::credential_services> from_;
};

pem_source certificate() {
    static const std::string text = test::an_ec_key().certificate({});
    static const std::string key = test::an_ec_key().pkcs8();
    return {.certificate = text, .key = key};
}

/// What is told of renewals that failed, by the access key that is used on: as long as that is the
/// same, the failures are a row that no success has broken.
class listener {
public:
    explicit listener(std::shared_ptr<awsxx::clock> time) : time_(std::move(time)) {}

    /// A use begins, and with it whatever is renewed for it.
    void begin() { begun_ = time_->now(); }
    void hear(std::string_view line) {
        if (!line.starts_with("not renewed: ")) return;
        constexpr std::string_view mark = "; ASIA";
        const std::size_t at = line.rfind(mark);
        if (at == line.npos) return;
        const std::string_view rest = line.substr(at + 2);
        const std::string key(rest.substr(0, rest.find(' ')));
        const auto known = rows_.find(key);
        if (known == rows_.end()) {
            rows_.emplace(key, row{begun_, time_->now()});
        } else {
            // ten minutes of back-off, until the next use
            known->second.is_broken |= begun_ > known->second.last + 10min + 2min;
            known->second.last = time_->now();
        }
        explained_ += line.find("the source is left alone for ") != line.npos;
    }
    /// When an unbroken row of failures to replace this key began.
    std::optional<instant> row_began(const std::string& key) const {
        const auto found = rows_.find(key);
        if (found == rows_.end() || found->second.is_broken) return {};
        return found->second.first;
    }
    int explained() const { return explained_; }

private:
    struct row {
        instant first{};
        instant last{};
        bool is_broken = false;
    };
    std::shared_ptr<awsxx::clock> time_;
    instant begun_{};
    std::map<std::string, row> rows_{};
    int explained_ = 0;
};

/// A session that goes by a plan, and its world.
class scene {
    const plan what_;

public:
    using session = basic_session<test::credential_services>;

    explicit scene(const plan& what) : what_(what) {
        cloud->add_user({.arn = "arn:aws:iam::111122223333:user/dev",
                         .access_key_id = "AKIDUSER",
                         .secret_access_key = "secret"});
        cloud->add_web_identity("web-token", "system:app");
        cloud->add_role({.arn = "arn:aws:iam::111122223333:role/web", .trusts = {"system:app"}});
        for (int i = 1; i <= what.roles; ++i)
            cloud->add_role({.arn = role(i), .trusts = {i == 1 ? "*" : role(i - 1)}});
    }

    session start() const {
        settings chosen;
        chosen.region = "eu-west-1";
        chosen.max_attempts = 1;
        chosen.profile = what_.roles == 0 ? "source" : "r" + std::to_string(what_.roles);
        chosen.observer = {
            .note = [heard = heard](channel, std::string_view line) { heard->hear(line); },
            .listens_to = channel::credentials};
        chosen.outside = testing::isolated_world(
            time, {.environment = variables(),
                   .files = {{"/h/.aws/config", profiles()},
                             {"/h/token", "web-token"},
                             test::sso_login("/h"),
                             test::console_login("/h")},
                   .programs = [from = services](const auto&) { return from->run(); }});
        chosen.outside.random = std::make_shared<test::fixed_random>(UINT64_MAX / 2);
        if (what_.from == source::kept_sso)
            chosen.credentials_cache.mode = credentials_files::use::read_write;
        if (auto given = in_code(chosen)) return above(std::move(given), std::move(chosen));
        if (what_.roles == 0 && !is_in_profile()) chosen.profile.reset();
        return session(std::move(chosen), services);
    }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    std::shared_ptr<testing::fake_aws> cloud = std::make_shared<testing::fake_aws>(time);
    std::shared_ptr<test::credential_services> services =
        std::make_shared<test::credential_services>(cloud, time, what_.lifetime);
    std::shared_ptr<listener> heard = std::make_shared<listener>(time);

private:
    /// The provider of sources that no profile knows.
    std::shared_ptr<credentials_provider> in_code(const settings& chosen) const {
        const auto with = std::make_shared<const runtime::configuration>(chosen);
        switch (what_.from) {
            case source::own: return std::make_shared<own_source>(services);
            case source::roles_anywhere:
                return std::make_shared<roles_anywhere_credentials>(
                    roles_anywhere_options{
                        .trust_anchor_arn =
                            "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/ta",
                        .profile_arn = "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/p",
                        .role_arn = test::first_role_arn,
                        .duration_seconds = static_cast<int>(what_.lifetime.count()),
                        .holder = certificate()},
                    with);
            case source::iot:
                return std::make_shared<iot_credentials>(
                    iot_options{.endpoint = "c1.credentials.iot.eu-west-1.amazonaws.com",
                                .role_alias = "first",
                                .device = certificate()},
                    with);
            default: return nullptr;
        }
    }
    session above(std::shared_ptr<credentials_provider> given, settings chosen) const {
        chosen.profile.reset();
        session last(std::move(given), std::move(chosen), services);
        for (int i = 1; i <= what_.roles; ++i)
            last = *last.try_assume_role(
                {.role_arn = role(i),
                 .duration_seconds = static_cast<int>(what_.lifetime.count())});
        return last;
    }
    bool is_in_profile() const { return credential_source().empty(); }
    std::string credential_source() const {
        switch (what_.from) {
            case source::environment: return "Environment";
            case source::container: return "EcsContainer";
            case source::imds: return "Ec2InstanceMetadata";
            default: return "";
        }
    }
    std::map<std::string, std::string> variables() const {
        std::map<std::string, std::string> all{{"HOME", "/h"}};
        if (what_.from == source::environment) {
            all["AWS_ACCESS_KEY_ID"] = "AKIDUSER";
            all["AWS_SECRET_ACCESS_KEY"] = "secret";
        }
        if (what_.from == source::container) all["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/me";
        return all;
    }
    std::string profiles() const {
        const std::string lasting =
            "duration_seconds = " + std::to_string(what_.lifetime.count()) + "\n";
        std::string text = "[profile source]\n" + source_lines();
        for (int i = 1; i <= what_.roles; ++i) {
            text += "[profile r" + std::to_string(i) + "]\nrole_arn = " + role(i) + "\n" + lasting;
            if (i > 1)
                text += "source_profile = r" + std::to_string(i - 1) + "\n";
            else if (is_in_profile())
                text += "source_profile = source\n";
            else
                text += "credential_source = " + credential_source() + "\n";
        }
        return text;
    }
    std::string source_lines() const {
        switch (what_.from) {
            case source::keys:
                return "aws_access_key_id = AKIDUSER\naws_secret_access_key = secret\n";
            case source::process: return "credential_process = /bin/keys\n";
            case source::web_identity:
                return "role_arn = arn:aws:iam::111122223333:role/web\n"
                       "web_identity_token_file = /h/token\n";
            case source::sso:
            case source::kept_sso:
                return "sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = first\n"
                       "[sso-session corp]\nsso_region = eu-west-1\n"
                       "sso_start_url = https://corp.example\n";
            case source::login: return "login_session = me\n";
            default: return "region = eu-west-1\n";
        }
    }
};

/// What a day brought.
struct day {
    int uses = 0;
    int failures = 0;                ///< Uses that got no keys.
    int failures_without_fault = 0;  ///< Of these, at times when everything worked.
    int expired = 0;                 ///< Uses that got expired keys.
    int unexplained = 0;             ///< Of these, not in a row of failures from before their end.
    int uncured = 0;                 ///< Failures by a refusal that do not tell it.
    int explained = 0;               ///< Failures that the observer was told of.
    std::size_t most_calls = 0;      ///< Of AssumeRole for one role.
    std::size_t fetches = 0;         ///< Of the source's keys.
    int endless = 0;                 ///< Requests that nothing would have ended.
    int refused = 0;                 ///< Calls of STS that were signed with expired keys.
};

void plan_outages(test::credential_services& services, instant begin) {
    using test::trouble;
    using testing::fake_fault;
    constexpr fake_fault faults[] = {fake_fault::server_error, fake_fault::no_connection,
                                     fake_fault::throttled, fake_fault::nonsense,
                                     fake_fault::cut_answer};
    constexpr trouble troubles[] = {trouble::hangs, trouble::stale, trouble::partial};
    constexpr std::chrono::minutes lengths[] = {3min, 11min, 26min, 7min, 75min};
    instant at = begin + 20min;
    for (int i = 0; i < 14; ++i) {
        const instant until = at + lengths[i % 5];
        if (const int kind = (i + 4) % 8; kind < 5)
            services.fail_between(at, until, faults[kind]);
        else
            services.trouble_between(at, until, troubles[kind - 5]);
        at = until + 67min + std::chrono::minutes(i % 3);
    }
}

bool tells_the_cure(const error& why) {
    const std::string text = to_string(why);
    for (const char* part : {"AccessDenied", "run aws sso login", "run aws login"})
        if (text.find(part) != text.npos) return true;
    return false;
}

day live(const plan& what) {
    scene s(what);
    const auto session = s.start();
    const instant begin = s.time->now();
    if (what.how == weather::outages) plan_outages(*s.services, begin);
    if (what.how == weather::refusal)
        s.services->trouble_between(begin + 10min, begin + 100min, test::trouble::refuses);
    const instant end = begin + (what.how == weather::refusal ? 2h : one_day);
    day seen;
    while (s.time->now() < end) {
        ++seen.uses;
        const bool was_down = s.services->is_down();
        s.heard->begin();
        const auto keys = session.try_fetch_credentials();
        const instant now = s.time->now();
        if (!keys) {
            ++seen.failures;
            seen.failures_without_fault += !was_down && !s.services->is_down();
            seen.uncured += !tells_the_cure(keys.error());
        } else if ((*keys)->expiration && *(*keys)->expiration <= now) {
            ++seen.expired;
            const auto row = s.heard->row_began((*keys)->access_key_id);
            const auto told = session.explain();
            const bool explained = row && *row < *(*keys)->expiration &&
                                   told.identities.back().left_alone_until > now &&
                                   !told.identities.back().last_failure.empty();
            seen.unexplained += !explained;
        }
        s.time->advance(40s + seconds(seen.uses * 7 % 40));
    }
    seen.endless = s.services->endless();
    seen.explained = s.heard->explained();
    for (int i = 1; i <= what.roles; ++i)
        seen.most_calls = std::max(seen.most_calls, s.cloud->calls("AssumeRole", role(i)));
    seen.fetches = s.services->fetches();
    for (const auto& call : s.cloud->log()) seen.refused += call.code == "ExpiredToken";
    return seen;
}

/// How many renewals the windows make necessary in a day.
std::size_t due(seconds lifetime) {
    const seconds advisory = lifetime <= 20min ? seconds(5min) : seconds(15min);
    return static_cast<std::size_t>(seconds(one_day) / (lifetime - advisory)) + 1;
}

}  // namespace

TEST_CASE(
    "refresh matrix: for a day without faults, no key expires and none is fetched too often") {
    for (const source from : all_sources)
        for (int roles = 0; roles <= 4; ++roles)
            for (const seconds lifetime : {seconds(15min), seconds(1h)}) {
                if (is_left_out(from, roles, lifetime)) continue;
                CAPTURE(name_of(from), roles, lifetime.count());
                const day seen = live({from, roles, lifetime, weather::fair});

                CHECK(seen.failures == 0);
                CHECK(seen.expired == 0);
                CHECK(seen.explained == 0);
                CHECK(seen.refused == 0);
                CHECK(seen.most_calls <= due(lifetime));
                if (roles > 0) CHECK(seen.most_calls + seen.most_calls / 8 + 1 >= due(lifetime));
                if (!lasts_for_ever(from) && roles == 0) CHECK(seen.fetches <= 2 * due(lifetime));
            }
}

TEST_CASE("refresh matrix: through outages, expired keys sign only where a failure came first") {
    int expired = 0;
    for (const source from : all_sources)
        for (int roles = 0; roles <= 4; ++roles)
            for (const seconds lifetime : {seconds(15min), seconds(1h)}) {
                if (is_left_out(from, roles, lifetime)) continue;
                CAPTURE(name_of(from), roles, lifetime.count());
                const day seen = live({from, roles, lifetime, weather::outages});

                CHECK(seen.unexplained == 0);
                CHECK(seen.endless == 0);
                CHECK(seen.failures_without_fault == 0);
                const bool stable = roles > 0 || is_statically_stable(from);
                if (stable) CHECK(seen.failures == 0);
                if (stable && is_whole_day) CHECK(seen.expired > 0);
                if (!stable) CHECK(seen.expired == 0);
                if (!stable && !lasts_for_ever(from) && is_whole_day) CHECK(seen.failures > 0);
                expired += seen.expired;
            }
    CHECK(expired > 100);
}

TEST_CASE(
    "refresh matrix: what a person has to mend below the roles is raised, and never endured") {
    for (const source from : all_sources)
        for (int roles = may_refuse(from) ? 0 : 1; roles <= 4; ++roles)
            for (const seconds lifetime : {seconds(15min), seconds(1h)}) {
                if (is_left_out(from, roles, lifetime)) continue;
                if (lifetime == seconds(1h) && roles % 4 != 0) continue;  // nothing else there
                CAPTURE(name_of(from), roles, lifetime.count());
                const day seen = live({from, roles, lifetime, weather::refusal});

                CHECK(seen.expired == 0);
                CHECK(seen.failures > 0);
                CHECK(seen.uncured == 0);
                CHECK(seen.failures_without_fault == 0);
            }
}

TEST_CASE(
    "refresh matrix: 256 threads fetch once, at the start, in each window and after the end") {
    const plan what{source::keys, 2, seconds(1h), weather::fair};
    scene s(what);
    const auto session = s.start();
    for (const milliseconds pause :
         {milliseconds(0), milliseconds(46min), milliseconds(59min + 30s), milliseconds(2h)}) {
        const std::size_t before = s.cloud->calls("AssumeRole");
        s.time->advance(pause);
        std::atomic<int> good{0};
        std::latch begin(256);
        std::vector<std::thread> threads;
        for (int i = 0; i < 256; ++i)
            threads.emplace_back([&] {
                begin.arrive_and_wait();
                for (int n = 0; n < 3; ++n) good += session.try_fetch_credentials().has_value();
            });
        for (auto& one : threads) one.join();

        CHECK(good == 256 * 3);
        CHECK(s.cloud->calls("AssumeRole") == before + 2);
    }
}
