// SPDX-License-Identifier: MIT
#include <awsxx/runtime/trace.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>

using awsxx::runtime::add_lambda_trace;
using awsxx::runtime::lambda_trace;
using awsxx::runtime::runs_in_lambda;

TEST_CASE("lambda trace: a function is known by its name") {
    CHECK(runs_in_lambda(test::fake_environment{{"AWS_LAMBDA_FUNCTION_NAME", "f"}}));
    CHECK_FALSE(runs_in_lambda(test::fake_environment{{"AWS_LAMBDA_FUNCTION_NAME", ""}}));
    CHECK_FALSE(runs_in_lambda(test::fake_environment()));
}

TEST_CASE("lambda trace: is passed on, with what a header cannot carry encoded") {
    const test::fake_environment plain{{"_X_AMZN_TRACE_ID", "Root=1-5;Parent=5;lineage=a:0,b:5"}};
    const test::fake_environment odd{{"_X_AMZN_TRACE_ID", "a\r\nb: \xc2\xbc%"}};

    CHECK(lambda_trace(plain) == "Root=1-5;Parent=5;lineage=a:0,b:5");
    CHECK(lambda_trace(odd) == "a%0D%0Ab:%20%C2%BC%25");
    CHECK_FALSE(lambda_trace(test::fake_environment()).has_value());
}

TEST_CASE("lambda trace: the caller's own header stays") {
    const test::fake_environment here{{"_X_AMZN_TRACE_ID", "Root=1"}};
    awsxx::http::headers own;
    awsxx::http::headers none;
    own.add("x-amzn-trace-id", "Mine");

    add_lambda_trace(own, here);
    add_lambda_trace(none, here);

    CHECK(own.size() == 1);
    CHECK(own.find("X-Amzn-Trace-Id") == "Mine");
    CHECK(none.find("X-Amzn-Trace-Id") == "Root=1");
}
