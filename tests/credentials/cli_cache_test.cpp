// SPDX-License-Identifier: MIT
#include <awsxx/credentials/cli_cache.hpp>

#include <awsxx/credentials/session_cache.hpp>

#include <support/catch.hpp>
#include <support/fake_files.hpp>
#include <support/fixed_random.hpp>
#include <support/obtain.hpp>
#include <support/providers.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

const std::string path = "/h/.aws/cli/cache/abc.json";

/// A role's source behind the cache.
struct scene {
    scene(const scene&) = delete;
    scene& operator=(const scene&) = delete;
    explicit scene(credentials_files::use mode = credentials_files::use::read_write) {
        settings choices{.credentials_cache = {.mode = mode}};
        choices.outside.time = time;
        choices.outside.files = files;
        choices.observer.note = [this](channel on, std::string_view line) {
            notes.push_back(std::string(to_string(on)).append(": ").append(line));
        };
        choices.outside.environment = std::make_shared<testing::made_up_environment>(
            testing::made_up_environment::variables{{"HOME", "/h"}});
        from = std::make_shared<const runtime::configuration>(std::move(choices));
        source->then(role("ASIAFRESH", 1h));
    }
    credentials role(std::string id, milliseconds lifetime) const {
        auto keys = test::keys(std::move(id), time->now() + lifetime);
        keys.session_token = "planted-token";
        keys.account_id = "111122223333";
        return keys;
    }
    void use(std::shared_ptr<file_system> other) {
        settings choices = from->choices();
        choices.outside.files = std::move(other);
        from = std::make_shared<const runtime::configuration>(std::move(choices));
    }
    std::string obtain(std::shared_ptr<credentials_provider> caller = {}) {
        const auto cache = cli_cached(source, {.key = "abc", .caller = std::move(caller)}, from);
        testing::scripted_transport network;
        const auto keys = runtime::obtain(*cache, time->now(), *time, network);
        return keys ? (*keys)->access_key_id : to_string(keys.error());
    }

    std::vector<std::string> notes{};
    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    std::shared_ptr<test::fake_files> files = std::make_shared<test::fake_files>();
    std::shared_ptr<test::scripted_provider> source = std::make_shared<test::scripted_provider>();
    std::shared_ptr<const runtime::configuration> from{};
};

/// Somebody else has the lock.
struct busy_files final : test::fake_files {
    lock_attempt try_lock(const std::string&) override { return {.busy = busy}; }
    bool busy = true;
};

std::string entry(const std::string& expiration, const std::string& more = "") {
    return R"({"Credentials": {"AccessKeyId": "ASIAKEPT", "SecretAccessKey": "s", )"
           R"("SessionToken": "t", "Expiration": ")" +
           expiration + "\"}" + more + "}";
}

}  // namespace

TEST_CASE("cli cache: is off unless the settings ask for it") {
    scene s(credentials_files::use::none);
    s.files->all[path] = entry("2099-01-01T00:00:00Z");

    CHECK(s.obtain() == "ASIAFRESH");
    CHECK(s.files->all.size() == 1);
}

TEST_CASE("cli cache: what was fetched is written, and found by the next process") {
    scene s;
    CHECK(s.obtain() == "ASIAFRESH");
    CHECK(s.obtain() == "ASIAFRESH");

    CHECK(s.source->asked() == 1);
    const std::string text = s.files->all.at(path);
    CHECK(text.find("\"Credentials\": {\"AccessKeyId\": \"ASIAFRESH\"") != std::string::npos);
    CHECK(text.find("\"AccountId\": \"111122223333\"") != std::string::npos);
}

TEST_CASE("cli cache: every spelling of an expiration is read") {
    for (const char* expiration :
         {"2099-01-01T00:00:00Z", "2099-01-01T00:00:00+00:00", "2099-01-01T00:00:00UTC"}) {
        scene s;
        s.files->all[path] = entry(expiration);
        CHECK(s.obtain() == "ASIAKEPT");
    }
}

TEST_CASE("cli cache: what is torn, broken or nearly over is a miss") {
    scene s;
    const std::string soon = format_date(s.time->now() + 14min, date_format::date_time);
    const std::string whole = entry("2099-01-01T00:00:00Z");
    for (const std::string& text : {std::string(), whole.substr(0, whole.size() / 2), entry(soon),
                                    entry("tomorrow"), std::string("[]"), std::string("{}")}) {
        scene again;
        again.files->all[path] = text;
        CHECK(again.obtain() == "ASIAFRESH");
    }
}

TEST_CASE("cli cache: how much has to be left can be chosen") {
    scene s;
    settings choices = s.from->choices();
    choices.credentials_cache.least_left = 10min;
    s.from = std::make_shared<const runtime::configuration>(std::move(choices));
    s.files->all[path] = entry(format_date(s.time->now() + 14min, date_format::date_time));

    CHECK(s.obtain() == "ASIAKEPT");
}

TEST_CASE("cli cache: read-only mode writes nothing") {
    scene s(credentials_files::use::read);
    CHECK(s.obtain() == "ASIAFRESH");
    CHECK(s.files->all.empty());

    s.files->all[path] = entry("2099-01-01T00:00:00Z");
    CHECK(s.obtain() == "ASIAKEPT");
}

TEST_CASE("cli cache: an entry that is known to be somebody else's is not used") {
    scene s;
    const auto caller = test::answering(test::keys("AKIDMINE"));
    s.files->all[path] = entry("2099-01-01T00:00:00Z", R"(, "SourceAccessKeyId": "AKIDOTHER")");
    CHECK(s.obtain(caller) == "ASIAFRESH");

    CHECK(s.files->all.at(path).find("\"SourceAccessKeyId\": \"AKIDMINE\"") != std::string::npos);
    s.files->all[path] = entry("2099-01-01T00:00:00Z");  // the CLI does not tell
    CHECK(s.obtain(caller) == "ASIAKEPT");
}

TEST_CASE("cli cache: a folder that cannot be written to is a warning, once") {
    scene s;
    s.files->full = true;

    CHECK(s.obtain() == "ASIAFRESH");
    CHECK(s.obtain() == "ASIAFRESH");

    const std::string warning =
        "the cache of credentials is not written: " + path + ": No space left on device";
    CHECK(s.notes == std::vector<std::string>{"credentials: " + warning});
    CHECK(s.from->warnings() == std::vector<std::string>{warning});
}

TEST_CASE("cli cache: an entry that others may read is used, and told of once") {
    scene s;
    s.files->all[path] = entry("2099-01-01T00:00:00Z");
    s.files->open = {path};

    CHECK(s.obtain() == "ASIAKEPT");
    CHECK(s.obtain() == "ASIAKEPT");

    CHECK(s.notes == std::vector<std::string>{"configuration: " + config::open_to_others(path)});
}

TEST_CASE("cli cache: credentials that AWS has refused are not found again") {
    const auto mode = GENERATE(credentials_files::use::read, credentials_files::use::read_write);
    scene s(mode);
    s.files->all[path] = entry("2099-01-01T00:00:00Z");
    const auto cache = cli_cached(s.source, {.key = "abc"}, s.from);

    CHECK(cache->invalidate(s.role("ASIAKEPT", 1h), s.time->now()));

    CHECK(s.obtain() == "ASIAFRESH");
}

TEST_CASE("cli cache: what another process has put there instead of refused credentials is used") {
    scene s;
    s.files->all[path] = entry("2099-01-01T00:00:00Z");
    const auto cache = cli_cached(s.source, {.key = "abc"}, s.from);

    CHECK(cache->invalidate(s.role("ASIAOLD", 1h), s.time->now()));

    CHECK(s.obtain() == "ASIAKEPT");
    CHECK(s.source->asked() == 0);
}

TEST_CASE("cli cache: an entry tells whose session it is, as the CLI's do") {
    scene s;
    auto keys = s.role("ASIAFRESH", 1h);
    keys.account_id.clear();
    keys.role_session_id = "AROAEXAMPLE:ci";
    keys.role_session_arn = "arn:aws:sts::444455556666:assumed-role/demo/ci";
    s.source = std::make_shared<test::scripted_provider>();
    s.source->then(keys);
    const auto cache = cli_cached(s.source, {.key = "abc", .provider_type = "sso"}, s.from);
    testing::scripted_transport network;
    REQUIRE(runtime::obtain(*cache, s.time->now(), *s.time, network));

    const std::string text = s.files->all.at(path);
    CHECK(text.find(R"("AssumedRoleUser": {"Arn": "arn:aws:sts::444455556666:assumed-role/demo/ci")"
                    R"(, "AssumedRoleId": "AROAEXAMPLE:ci"})") != std::string::npos);
    CHECK(text.find(R"("ProviderType": "sso")") != std::string::npos);
    const auto found = runtime::obtain(*cache, s.time->now(), *s.time, network);
    REQUIRE(found);
    CHECK((*found)->account_id == "444455556666");
    CHECK((*found)->role_session_id == "AROAEXAMPLE:ci");
}

TEST_CASE("cli cache: another process is waited for as long as the entry says") {
    scene s;
    const auto files = std::make_shared<busy_files>();
    s.use(files);
    auto before = s.time->now();
    CHECK(s.obtain() == "ASIAFRESH");
    CHECK(s.time->now() - before == 10s);

    const auto cache = cli_cached(s.source, {.key = "def", .patience = 5min}, s.from);
    testing::scripted_transport network;
    before = s.time->now();
    CHECK(runtime::obtain(*cache, s.time->now(), *s.time, network));
    CHECK(s.time->now() - before == 5min);
}

TEST_CASE("cli cache: what the process that is waited for has written is used") {
    scene s;
    const auto files = std::make_shared<busy_files>();
    s.use(files);
    const auto cache = cli_cached(s.source, {.key = "abc"}, s.from);
    const auto said = cache->resolve(s.time->now());
    renewal& fetch = **std::get_if<std::shared_ptr<renewal>>(&said);
    REQUIRE(fetch.claim());
    const auto wait = [&] {
        while (fetch.next() == renewal::step::work) fetch.acting().work();
        return fetch.next();
    };
    REQUIRE(wait() == renewal::step::wait);

    files->all[path] = entry("2099-01-01T00:00:00Z");
    files->busy = false;
    fetch.acting().waited();

    REQUIRE(wait() == renewal::step::done);
    CHECK((*fetch.result())->source == path);
    CHECK(s.source->asked() == 0);
}

TEST_CASE("cli cache: a caller's limit holds while another process is waited for") {
    scene s;
    s.use(std::make_shared<busy_files>());
    const auto cache = cached(cli_cached(s.source, {.key = "abc"}, s.from), s.from);
    const auto before = s.time->now();
    testing::scripted_transport network;
    const runtime::patience limit(*s.time, 500ms, {});
    const http::any_transport by(network);

    CHECK_FALSE(runtime::detail::blocking::obtain(cache->resolve(before), {by, *s.time, limit}));

    CHECK(s.time->now() - before == 500ms);
}

TEST_CASE("cli cache: a renewal that is given up lets other processes in") {
    struct lockable final : test::fake_files {
        struct taken final : file_lock {
            explicit taken(int& of) : held(of) { ++held; }
            taken(const taken&) = delete;
            taken& operator=(const taken&) = delete;
            ~taken() override { --held; }
            int& held;
        };
        lock_attempt try_lock(const std::string&) override {
            return {.held = std::make_unique<taken>(held)};
        }
        int held = 0;
    };
    scene s;
    const auto files = std::make_shared<lockable>();
    settings choices = s.from->choices();
    choices.outside.files = files;
    choices.outside.random = std::make_shared<test::fixed_random>();
    s.from = std::make_shared<const runtime::configuration>(std::move(choices));
    const auto cache = cached(cli_cached(s.source, {.key = "abc"}, s.from), s.from);
    const auto said = cache->resolve(s.time->now());
    renewal& fetch = **std::get_if<std::shared_ptr<renewal>>(&said);
    REQUIRE(fetch.claim());
    while (files->held == 0) {
        REQUIRE(fetch.next() == renewal::step::work);
        fetch.acting().work();
    }

    fetch.abandon();

    CHECK(files->held == 0);
    testing::scripted_transport network;
    CHECK(runtime::obtain(*cache, s.time->now(), *s.time, network));
    CHECK(files->held == 0);
}

TEST_CASE("cli cache: keys that are refused again and again do not push others out") {
    detail::cli_cache::refused_keys refused;
    refused.add("ASIAFIRST");
    for (int i = 0; i < 20; ++i) refused.add("ASIAAGAIN");
    CHECK(refused.contains("ASIAFIRST"));
    CHECK(refused.contains("ASIAAGAIN"));
}

TEST_CASE("cli cache: pruning removes what is of no use and nothing else") {
    const std::string folder = "/h/.aws/cli/cache/";
    const auto key = [](char digit) { return std::string(40, digit) + ".json"; };
    scene s;
    s.files->all = {{folder + key('0'), entry("2001-01-01T00:00:00Z")},
                    {folder + key('1'), "{"},
                    {folder + key('2'), entry("2099-01-01T00:00:00Z")},
                    {folder + key('3') + ".AbCdEf", "{"},
                    {folder + key('4') + ".AbCdEf", "{"},
                    {folder + key('x'), "{"},
                    {folder + "old.json", entry("2001-01-01T00:00:00Z")},
                    {folder + "notes.txt", "mine"}};
    s.files->written[folder + key('3') + ".AbCdEf"] = s.time->now() - 61min;
    s.files->written[folder + key('4') + ".AbCdEf"] = s.time->now() - 59min;

    CHECK(prune_cli_cache(*s.from) == 3);

    for (const std::string& gone : {key('0'), key('1'), key('3') + ".AbCdEf"})
        CHECK_FALSE(s.files->all.contains(folder + gone));
    CHECK(s.files->all.size() == 5);
}

TEST_CASE("cli cache: pruning removes locks that nobody holds, and no others") {
    struct locks final : test::fake_files {
        lock_attempt try_lock(const std::string& at) override {
            if (at == taken) return {.busy = true};
            return {.held = std::make_unique<file_lock>()};
        }
        std::string taken{};
    };
    const std::string folder = "/h/.aws/cli/cache/";
    const std::string held = folder + std::string(40, '1') + ".json.lock";
    scene s;
    const auto files = std::make_shared<locks>();
    files->all = {{folder + std::string(40, '0') + ".json.lock", ""}, {held, ""}};
    files->taken = held;
    settings choices = s.from->choices();
    choices.outside.files = files;

    CHECK(prune_cli_cache(runtime::configuration(std::move(choices))) == 1);

    CHECK(files->all.size() == 1);
    CHECK(files->all.contains(held));
}

namespace {

/// Has new keys, for an hour, whenever it is asked.
class generous final : public credentials_provider {
public:
    explicit generous(const scene& in) : in_(in) {}
    resolution resolve(instant) override {
        return std::make_shared<const credentials>(in_.role("ASIA" + std::to_string(++asked), 1h));
    }
    refresh_style style() const noexcept override { return refresh_style::static_stability; }
    int asked = 0;

private:
    const scene& in_;
};

/// At which minutes of 70 the source was asked, and how often expired keys came or files were read.
struct renewals {
    std::vector<int> asked{};
    int expired = 0;
    int reading_uses = 0;
};

renewals live(refresh_windows windows, milliseconds least_left) {
    scene s;
    settings choices = s.from->choices();
    choices.refresh = windows;
    choices.credentials_cache.least_left = least_left;
    choices.outside.random = std::make_shared<test::fixed_random>();
    s.from = std::make_shared<const runtime::configuration>(std::move(choices));
    const auto source = std::make_shared<generous>(s);
    const auto cache = cached(cli_cached(source, {.key = "abc"}, s.from), s.from);
    testing::scripted_transport network;
    renewals seen;
    for (int minute = 0; minute < 70; ++minute, s.time->advance(1min)) {
        const int before = source->asked;
        const int reads = s.files->reads;
        const auto keys = runtime::obtain(*cache, s.time->now(), *s.time, network);
        REQUIRE(keys);
        seen.expired += *(*keys)->expiration <= s.time->now();
        seen.reading_uses += s.files->reads != reads;
        if (source->asked != before) seen.asked.push_back(minute);
    }
    return seen;
}

}  // namespace

TEST_CASE("cli cache: the windows are the same with it, and its own entry is not served again") {
    for (const milliseconds least_left : {milliseconds(1min), milliseconds(15min)}) {
        CAPTURE(least_left.count());
        const auto as_usual = live({}, least_left);
        CHECK(as_usual.asked == std::vector<int>{0, 45});
        CHECK(as_usual.expired == 0);
        CHECK(as_usual.reading_uses == 2);
        const auto early = live({.advisory = milliseconds(30min)}, least_left);
        CHECK(early.asked == std::vector<int>{0, 30, 60});
        CHECK(early.reading_uses == 3);
    }
}

TEST_CASE("cli cache: what another process has renewed is taken over") {
    scene s;
    settings choices = s.from->choices();
    choices.outside.random = std::make_shared<test::fixed_random>();
    s.from = std::make_shared<const runtime::configuration>(std::move(choices));
    const auto cache = cached(cli_cached(s.source, {.key = "abc"}, s.from), s.from);
    testing::scripted_transport network;
    REQUIRE(runtime::obtain(*cache, s.time->now(), *s.time, network));
    s.time->advance(1h);
    s.files->all[path] = entry("2026-01-01T02:00:00Z");

    const auto keys = runtime::obtain(*cache, s.time->now(), *s.time, network);

    REQUIRE(keys);
    CHECK((*keys)->access_key_id == "ASIAKEPT");
    CHECK(s.source->asked() == 1);
}
