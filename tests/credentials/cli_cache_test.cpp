// SPDX-License-Identifier: MIT
#include <awsxx/credentials/cli_cache.hpp>

#include <awsxx/credentials/session_cache.hpp>

#include <support/catch.hpp>
#include <support/fake_files.hpp>
#include <support/obtain.hpp>
#include <support/providers.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

const std::string path = "/h/.aws/cli/cache/abc.json";

/// A role's source behind the cache.
struct scene {
    explicit scene(credentials_files::use mode = credentials_files::use::read_write) {
        settings choices{.credentials_cache = {.mode = mode}};
        choices.outside.time = time;
        choices.outside.files = files;
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
    std::string obtain(std::shared_ptr<credentials_provider> caller = {}) {
        const auto cache = cli_cached(source, {.key = "abc", .caller = std::move(caller)}, from);
        testing::scripted_transport network;
        const auto keys = runtime::obtain(*cache, time->now(), *time, network);
        return keys ? (*keys)->access_key_id : to_string(keys.error());
    }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    std::shared_ptr<test::fake_files> files = std::make_shared<test::fake_files>();
    std::shared_ptr<test::scripted_provider> source = std::make_shared<test::scripted_provider>();
    std::shared_ptr<const runtime::configuration> from{};
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

TEST_CASE("cli cache: a folder that cannot be written to costs nothing") {
    struct full_disk final : test::fake_files {
        expected<void> write(const std::string&, std::string_view) override {
            return error{.kind = error_kind::configuration, .code = "FileUnwritable"};
        }
    };
    scene s;
    settings choices = s.from->choices();
    choices.outside.files = std::make_shared<full_disk>();
    s.from = std::make_shared<const runtime::configuration>(std::move(choices));

    CHECK(s.obtain() == "ASIAFRESH");
}

TEST_CASE("cli cache: credentials that AWS has refused are not found again") {
    scene s;
    s.files->all[path] = entry("2099-01-01T00:00:00Z");
    const auto cache = cli_cached(s.source, {.key = "abc"}, s.from);

    CHECK(cache->invalidate(s.role("ASIAKEPT", 1h), s.time->now()));

    CHECK(s.obtain() == "ASIAFRESH");
}

TEST_CASE("cli cache: pruning removes what has expired and nothing else") {
    scene s;
    s.files->all["/h/.aws/cli/cache/old.json"] = entry("2001-01-01T00:00:00Z");
    s.files->all["/h/.aws/cli/cache/torn.json"] = "{";
    s.files->all["/h/.aws/cli/cache/good.json"] = entry("2099-01-01T00:00:00Z");
    s.files->all["/h/.aws/cli/cache/notes.txt"] = "mine";

    CHECK(prune_cli_cache(*s.from) == 2);

    CHECK(s.files->all.size() == 2);
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
