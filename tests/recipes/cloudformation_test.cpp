// SPDX-License-Identifier: MIT
#include <awsxx/recipes/cloudformation.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <string>

#if defined(__cpp_exceptions)

using namespace awsxx;
using test::api_scene;
namespace recipe = recipes::cloudformation;

namespace {

std::string answer(const std::string& operation, const std::string& content) {
    return "<" + operation + "Response><" + operation + "Result>" + content + "</" + operation +
           "Result></" + operation + "Response>";
}
std::string described(const std::string& name, const std::string& next) {
    return answer("DescribeStacks",
                  "<Stacks><member><StackName>" + name + "</StackName></member></Stacks>" +
                      (next.empty() ? "" : "<NextToken>" + next + "</NextToken>"));
}

}  // namespace

TEST_CASE("cloudformation: a stack is made, and what is unset is not sent") {
    const auto scene = api_scene::of({answer("CreateStack", "<StackId>arn:s</StackId>")});
    const auto made =
        recipe::create_stack({.stack_name = "net", .template_body = "{}"}, scene.home);
    CHECK(made.stack_id == "arn:s");
    CHECK(made.note.empty());
    CHECK(scene.sent() ==
          "Action=CreateStack&Version=2010-05-15&StackName=net&TemplateBody=%7B%7D");
}

TEST_CASE("cloudformation: a stack that was made is no failure, whatever the answer is") {
    for (const std::string& body : {answer("CreateStack", ""), std::string("made!")}) {
        const auto scene = api_scene::of({body});
        const auto made = recipe::try_create_stack({.stack_name = "net"}, scene.home);
        REQUIRE(made);
        CHECK(made->stack_id.empty());
        CHECK_FALSE(made->note.empty());
    }
}

TEST_CASE("cloudformation: the stacks of all pages are described") {
    const auto scene = api_scene::of({described("a", "t+1"), described("b", "")});
    const auto stacks = recipe::describe_stacks({}, scene.home);
    REQUIRE(stacks.size() == 2);
    CHECK(stacks[0].stack_name + stacks[1].stack_name == "ab");
    CHECK(scene.sent(0) == "Action=DescribeStacks&Version=2010-05-15");
    CHECK(scene.sent(1) == "Action=DescribeStacks&Version=2010-05-15&NextToken=t%2B1");
}

TEST_CASE("cloudformation: the filter of states is a list") {
    const auto scene = api_scene::of({answer("ListStacks", "<StackSummaries/>")});
    const auto stacks = recipe::list_stacks(
        {.stack_status_filter = {"CREATE_COMPLETE", "UPDATE_COMPLETE"}}, scene.home);
    CHECK(stacks.empty());
    CHECK(scene.sent() ==
          "Action=ListStacks&Version=2010-05-15&StackStatusFilter.member.1=CREATE_COMPLETE&"
          "StackStatusFilter.member.2=UPDATE_COMPLETE");
}

TEST_CASE("cloudformation: errors are the service's") {
    const api_scene scene({{.status = 400,
                            .body = "<ErrorResponse><Error><Code>ValidationError</Code><Message>"
                                    "Stack with id x does not exist</Message></Error>"
                                    "</ErrorResponse>"}});
    const auto why = recipe::try_describe_stacks({.stack_name = "x"}, scene.home).error();
    CHECK(why.code == "ValidationError");
    CHECK_THROWS_AS(recipe::list_stacks({}, api_scene().home), aws_error);
}

#endif
