// SPDX-License-Identifier: MIT
#include <awsxx/runtime/pages.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/runtime/page_limits_source.hpp>
#endif

#include <awsxx/core/secret.hpp>
#include <awsxx/model/value.hpp>
#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

/// Gives pages in order, and remembers what it was asked.
template <class Op>
struct book {
    std::vector<expected<typename Op::output>> pages{};
    std::vector<Op> asked{};
    testing::fake_clock clock{};
};

template <class Op>
struct reader_of {
    std::shared_ptr<book<Op>> from;

    expected<typename Op::output> try_call(const Op& op, const call_options&) {
        from->asked.push_back(op);
        from->clock.advance(1s);
        if (from->pages.empty()) return error{.code = "NoMore"};
        auto page = std::move(from->pages.front());
        from->pages.erase(from->pages.begin());
        return page;
    }
    awsxx::clock& time() const { return from->clock; }
};

template <class Op>
using shelf = std::shared_ptr<book<Op>>;

template <class Op>
shelf<Op> with(std::vector<expected<typename Op::output>> pages) {
    auto made = std::make_shared<book<Op>>();
    made->pages = std::move(pages);
    return made;
}

/// The items as one text, an error as its code.
template <class Op>
std::string items(const shelf<Op>& from, runtime::page_limits limits = {}) {
    runtime::item_reader<reader_of<Op>, Op> reader({from}, {}, std::move(limits));
    std::string all;
    while (auto item = reader.next()) {
        if constexpr (requires { (*item)->first; })
            all += *item ? (*item)->first + "=" + (*item)->second : item->error().code;
        else
            all += *item ? **item : item->error().code;
        all += ' ';
    }
    return all;
}

/// A token and a list, both in a structure that may be absent.
struct inner {
    std::optional<std::string> next_marker{};
    std::vector<std::string> items{};
};
struct nested_page {
    maybe<inner> list{};
};
struct list_nested {
    std::optional<std::string> marker{};
    using output = nested_page;
    template <class>
    struct wire {
        static constexpr auto input_token = &list_nested::marker;
        static constexpr model::path<&nested_page::list, &inner::next_marker> output_token{};
        static constexpr model::path<&nested_page::list, &inner::items> items{};
    };
};

/// Two tokens, a word whether there is more, and a map of items.
struct versions_page {
    std::optional<std::string> next_key{};
    std::string next_version{};
    std::optional<bool> is_truncated{};
    std::map<std::string, std::string> versions{};
};
struct list_versions {
    std::optional<std::string> key{};
    std::optional<std::string> version{};
    using output = versions_page;
    template <class>
    struct wire {
        static constexpr model::members<&list_versions::key, &list_versions::version> input_token{};
        static constexpr model::members<&versions_page::next_key, &versions_page::next_version>
            output_token{};
        static constexpr auto items = &versions_page::versions;
        static constexpr auto more_results = &versions_page::is_truncated;
    };
};

/// A map as a token, as DynamoDB has it.
struct scan_page {
    std::map<std::string, maybe<int>> last{};
    std::vector<std::string> items{};
};
struct scan {
    std::map<std::string, maybe<int>> start{};
    using output = scan_page;
    template <class>
    struct wire {
        static constexpr auto input_token = &scan::start;
        static constexpr auto output_token = &scan_page::last;
        static constexpr auto items = &scan_page::items;
    };
};

/// A number and a secret.
struct odd_page {
    std::optional<int> next{};
    secret next_secret{};
};
struct list_odd {
    int from{};
    std::optional<secret> token{};
    using output = odd_page;
    template <class>
    struct wire {
        static constexpr model::members<&list_odd::from, &list_odd::token> input_token{};
        static constexpr model::members<&odd_page::next, &odd_page::next_secret> output_token{};
    };
};

static_assert(runtime::listing<list_nested> && runtime::listing<list_versions>);
static_assert(runtime::paged<list_odd> && !runtime::listing<list_odd>);

nested_page nested(std::vector<std::string> items, std::optional<std::string> next = {}) {
    return {inner{std::move(next), std::move(items)}};
}

}  // namespace

TEST_CASE("pages: tokens and items may lie in a structure") {
    const auto from = with<list_nested>({nested({"a", "b"}, "1"), nested({}, "2"), nested({"c"})});
    CHECK(items(from) == "a b c ");
    REQUIRE(from->asked.size() == 3);
    CHECK_FALSE(from->asked[0].marker);
    CHECK(from->asked[2].marker == "2");
}

TEST_CASE("pages: a structure that is absent has neither") {
    const auto from = with<list_nested>({nested({"a"}, "1"), nested_page{}, nested({"b"})});
    CHECK(items(from) == "a ");
    CHECK(from->asked.size() == 2);
}

TEST_CASE("pages: an empty token is none") {
    CHECK(items(with<list_nested>({nested({"a"}, ""), nested({"b"})})) == "a ");
}

TEST_CASE("pages: a token that repeats is an error behind its page, unless that is empty") {
    CHECK(items(with<list_nested>({nested({"a"}, "1"), nested({"b"}, "1"), nested({"c"})})) ==
          "a b RepeatedToken ");
    CHECK(items(with<list_nested>({nested({"a"}, "1"), nested({}, "1"), nested({"c"})})) == "a ");
}

TEST_CASE("pages: several tokens go on together, also if one of them is gone") {
    const auto from = with<list_versions>(
        {versions_page{"k", "1", {}, {{"a", "1"}}}, versions_page{"k", "2", true, {{"b", "2"}}},
         versions_page{"l", "", true, {{"c", "3"}}}, versions_page{"m", "", false, {{"d", "4"}}}});
    CHECK(items(from) == "a=1 b=2 c=3 d=4 ");
    REQUIRE(from->asked.size() == 4);
    CHECK(from->asked[1].version == "1");
    CHECK(from->asked[2].key == "k");
    CHECK(from->asked[2].version == "2");
    CHECK(from->asked[3].key == "l");
    CHECK_FALSE(from->asked[3].version);
}

TEST_CASE("pages: no more results end a listing whatever its token") {
    CHECK(items(with<list_versions>({versions_page{"k", "1", false, {{"a", "1"}}}})) == "a=1 ");
}

TEST_CASE("pages: a token may be a map") {
    const auto from = with<scan>({scan_page{{{"id", 7}}, {"a"}}, scan_page{{}, {"b"}}});
    CHECK(items(from) == "a b ");
    CHECK(*from->asked[1].start.at("id") == 7);
}

TEST_CASE("pages: a token may be a number or a secret") {
    const auto from = with<list_odd>({odd_page{1, "s"}, odd_page{1, "t"}, odd_page{1, "t"}});
    runtime::page_reader<reader_of<list_odd>, list_odd> reader({from}, {});
    CHECK(reader.next()->has_value());
    CHECK(reader.next()->has_value());
    CHECK(reader.next()->has_value());
    CHECK(reader.next()->error().code == "RepeatedToken");
    CHECK_FALSE(reader.next().has_value());
    CHECK(from->asked[2].from == 1);
    CHECK(from->asked[2].token->expose() == "t");
}

TEST_CASE("pages: an error is the last element") {
    CHECK(items(with<list_nested>({nested({"a"}, "1"), error{.code = "Denied"}, nested({"b"})})) ==
          "a Denied ");
}

TEST_CASE("pages: time that is over and a stop end a listing with an error") {
    const auto pages = [] {
        return with<list_nested>({nested({"a"}, "1"), nested({"b"}, "2"), nested({"c"}, "3")});
    };
    CHECK(items(pages(), {.at_most = 2s}) == "a b ListingTimedOut ");
    CHECK(items(pages(), {.at_most = 0s}) == "ListingTimedOut ");
    CHECK(items(pages(), {.at_most = milliseconds::max()}) == "a b c NoMore ");
    std::stop_source stop;
    stop.request_stop();
    CHECK(items(pages(), {.stop = stop.get_token()}) == "ListingStopped ");
}
