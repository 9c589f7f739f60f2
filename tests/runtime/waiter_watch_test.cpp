// SPDX-License-Identifier: MIT
#include <awsxx/runtime/waiter_watch.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <memory>
#include <string>
#include <string_view>

using namespace awsxx;
using model::comparison;
using model::match;
using model::waiter_state;

namespace {

const model::operation asked{
    .name = "DescribeZoo", .input = &test::type_of<test::pet>, .output = &test::type_of<test::zoo>};

/// What a waiter with this acceptor, which means success, makes of an attempt.
waiter_state judged(const model::acceptor& one, expected<void> attempt, const test::zoo& out = {},
                    const test::pet& in = {}) {
    const model::waiter what{.name = "ZooOpen", .acceptors = {&one, 1}};
    auto watch = runtime::waiter_watch::begin(what, asked, &in);
    REQUIRE(watch);
    return watch->judge(std::move(attempt), &out);
}

bool fits(const model::acceptor& one, const test::zoo& out) {
    return judged(one, {}, out) == waiter_state::success;
}
bool fits(const model::acceptor& one, error why) {
    return judged(one, expected<void>(std::move(why))) == waiter_state::success;
}

model::acceptor on(std::string_view path, comparison how, std::string_view expected) {
    return {waiter_state::success, match::output, expected, path, how};
}

}  // namespace

TEST_CASE("waiter: texts, truths and lists of texts are compared as told") {
    test::zoo zoo;
    zoo.name = "open";
    zoo.open = true;
    zoo.streets = {"a", "a"};
    CHECK(fits(on("Name", comparison::one_text, "open"), zoo));
    CHECK_FALSE(fits(on("Name", comparison::one_text, "closed"), zoo));
    CHECK(fits(on("Open", comparison::truth, "true"), zoo));
    CHECK_FALSE(fits(on("Open", comparison::truth, "false"), zoo));
    CHECK(fits(on("length(Streets) > `1`", comparison::truth, "true"), zoo));
    CHECK(fits(on("Streets", comparison::all_texts, "a"), zoo));
    CHECK(fits(on("Streets", comparison::any_text, "a"), zoo));
    zoo.streets.push_back("b");
    CHECK_FALSE(fits(on("Streets", comparison::all_texts, "a"), zoo));
    CHECK(fits(on("Streets", comparison::any_text, "b"), zoo));
}

TEST_CASE("waiter: an empty list is never all of anything") {
    CHECK_FALSE(fits(on("Streets", comparison::all_texts, "a"), test::zoo{}));
    CHECK_FALSE(fits(on("Streets", comparison::any_text, "a"), test::zoo{}));
    CHECK_FALSE(fits(on("Name", comparison::all_texts, "a"), test::zoo{}));
}

TEST_CASE("waiter: a path that finds nothing or fails does not fit") {
    CHECK_FALSE(fits(on("Mascot.Name", comparison::one_text, ""), test::zoo{}));
    CHECK_FALSE(fits(on("Mascot", comparison::truth, "false"), test::zoo{}));
    CHECK_FALSE(fits(on("abs(Name)", comparison::truth, "true"), test::zoo{}));
}

TEST_CASE("waiter: input and output can be compared") {
    const model::acceptor same{waiter_state::success, match::input_and_output, "true",
                               "input.Name == output.Name", comparison::truth};
    test::zoo zoo;
    zoo.name = "x";
    CHECK(judged(same, {}, zoo, {.name = "x"}) == waiter_state::success);
    CHECK(judged(same, {}, zoo, {.name = "y"}) == waiter_state::retry);
}

TEST_CASE("waiter: success and errors are told apart") {
    const model::acceptor went_well{waiter_state::success, match::success, "true"};
    const model::acceptor went_wrong{waiter_state::success, match::success, "false"};
    CHECK(fits(went_well, test::zoo{}));
    CHECK_FALSE(fits(went_well, error{.code = "Any"}));
    CHECK_FALSE(fits(went_wrong, test::zoo{}));
    CHECK(fits(went_wrong, error{.code = "Any"}));
}

TEST_CASE("waiter: errors have the name of their code, their shape or their status") {
    const model::acceptor gone{waiter_state::success, match::error, "NotFound"};
    CHECK(fits(gone, error{.code = "NotFound"}));
    CHECK(fits(gone, error{.code = "AWS.Old.NonExistent",
                           .details = std::make_shared<const error_details>(
                               error_details{.modeled_code = "NotFound"})}));
    CHECK(fits(gone, error{.http_status = 404, .code = "404"}));
    CHECK_FALSE(fits(gone, error{.http_status = 404, .code = "NoSuchKey"}));
    CHECK_FALSE(fits(gone, error{.http_status = 403, .code = "403"}));
    CHECK_FALSE(fits(gone, test::zoo{}));
    CHECK(fits({waiter_state::success, match::error, "com.amazonaws.zoo#Gone"},
               error{.code = "Gone"}));
}

TEST_CASE("waiter: an error of awsQuery has any of its names") {
    const model::acceptor gone{waiter_state::success, match::error,
                               "NoSuchEntityException NoSuchEntity"};
    CHECK(fits(gone, error{.code = "NoSuchEntity"}));
    CHECK(fits(gone, error{.code = "NoSuchEntityException"}));
    CHECK_FALSE(fits(gone, error{.code = "NoSuch"}));
}

TEST_CASE("waiter: paths do not look at attempts that failed") {
    CHECK(judged(on("Open", comparison::truth, "false"), expected<void>(error{.code = "Any"})) ==
          waiter_state::failure);
}

TEST_CASE("waiter: the first acceptor that fits decides") {
    const model::acceptor all[] = {
        {waiter_state::retry, match::output, "closed", "Name", comparison::one_text},
        {waiter_state::failure, match::success, "true"},
    };
    auto watch =
        *runtime::waiter_watch::begin({.name = "ZooOpen", .acceptors = all}, asked, nullptr);
    test::zoo zoo;
    zoo.name = "closed";
    CHECK(watch.judge({}, &zoo) == waiter_state::retry);
    CHECK(watch.seen() == "closed");
    zoo.name = "burnt";
    CHECK(watch.judge({}, &zoo) == waiter_state::failure);
    CHECK(watch.failure("ZooOpen: no").message == "ZooOpen: no; last: burnt");
    CHECK(watch.judge(expected<void>(error{.kind = error_kind::denied, .code = "No"}), &zoo) ==
          waiter_state::failure);
    const error why = watch.failure("ZooOpen: no");
    CHECK(why.kind == error_kind::denied);
    CHECK(to_string(why) == "WaiterFailed: ZooOpen: no; last: No <- No");
}

TEST_CASE("waiter: a state that is secret or long is not told") {
    const model::acceptor all[] = {
        {waiter_state::success, match::output, "x", "SafeCode", comparison::one_text},
        {waiter_state::success, match::output, "x", "Motto", comparison::one_text}};
    auto watch = *runtime::waiter_watch::begin({.name = "w", .acceptors = all}, asked, nullptr);
    test::zoo zoo;
    zoo.safe_code = "0451";
    zoo.motto = std::string(65, 'a');
    CHECK(watch.judge({}, &zoo) == waiter_state::retry);
    CHECK(watch.seen().empty());
}

TEST_CASE("waiter: a path that is none is refused before anything is called") {
    const model::acceptor broken = on("a..b", comparison::one_text, "x");
    const auto watch =
        runtime::waiter_watch::begin({.name = "w", .acceptors = {&broken, 1}}, asked, nullptr);
    CHECK(watch.error().code == "BadExpression");
}
