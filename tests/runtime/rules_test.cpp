// SPDX-License-Identifier: MIT
#include <awsxx/runtime/rules.hpp>

#include <awsxx/model/standard_rules.hpp>

#include <support/catch.hpp>
#include <support/rule_sets.hpp>

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using awsxx::runtime::rule_evaluation;
using nlohmann::json;

namespace {

/// The URL that rules come to, or "error: " and why not.
std::string outcome(const awsxx::model::rule_set& rules, const json& parameters) {
    rule_evaluation reading(rules);
    for (const auto& [name, value] : parameters.items()) {
        if (value.is_boolean()) reading.set(name, value.get<bool>());
        if (value.is_string()) reading.set(name, value.get_ref<const std::string&>());
    }
    const auto done = reading.run();
    return done ? std::string(reading.url()) : "error: " + done.error().message;
}

/// Rules with one condition, and a URL if it holds.
std::string asked(const std::string& condition, const std::string& url = "https://yes") {
    const json rules{{"version", "1.1"},
                     {"parameters",
                      {{"A", {{"type", "string"}, {"default", "a-b--c"}}},
                       {"L", {{"type", "stringArray"}, {"default", {"x", "y"}}}}}},
                     {"rules",
                      {{{"type", "endpoint"},
                        {"conditions", {json::parse(condition)}},
                        {"endpoint", {{"url", url}}}}}}};
    const auto compiled = tools::rules::compile(rules);
    return outcome({compiled.code, compiled.prefix}, json::object());
}

#if defined(__cpp_exceptions)
/// What the compiler says of a rule set that was changed in one place.
std::string complaint(const std::string& pointer, const json& value) {
    json rules = test::json_file(AWSXX_TEST_DATA_DIR "/rules/buckets.json");
    rules[json::json_pointer(pointer)] = value;
    std::string text;
    try {
        tools::rules::compile(rules);
    } catch (const tools::rules::malformed& why) {
        text = why.what();
    }
    return text;
}
#endif

}  // namespace

TEST_CASE("rules: newer functions take texts apart and choose between values") {
    const std::string no = "error: no rule is for what is asked";
    CHECK(asked(R"({"fn":"split","argv":[{"ref":"A"},"--",0],"assign":"s"})", "https://{s#[1]}") ==
          "https://c");
    CHECK(asked(R"({"fn":"split","argv":[{"ref":"A"},"-",2],"assign":"s"})", "https://{s#[1]}") ==
          "https://b--c");
    CHECK(asked(R"({"fn":"getAttr","argv":[{"ref":"L"},"[-1]"],"assign":"s"})", "https://{s}") ==
          "https://y");
    CHECK(asked(R"({"fn":"getAttr","argv":[{"ref":"L"},"[2]"],"assign":"s"})") == no);
    CHECK(asked(R"({"fn":"getAttr","argv":[{"ref":"L"},"[-3]"],"assign":"s"})") == no);
    CHECK(asked(R"({"fn":"ite","argv":[false,"a","b"],"assign":"s"})", "https://{s}") ==
          "https://b");
    CHECK(asked(R"({"fn":"coalesce","argv":[{"fn":"substring","argv":["ab",0,5,false]},"z"],)"
                R"("assign":"s"})",
                "https://{s}{{}}") == "https://z{}");
}

TEST_CASE("rules: a matched branch without a match in it ends the search") {
    const json rules = json::parse(R"({"version":"1.0","parameters":{},"rules":[
        {"type":"tree","conditions":[],"rules":[
            {"type":"error","conditions":[{"fn":"stringEquals","argv":["a","b"]}],"error":"e"}]},
        {"type":"endpoint","conditions":[],"endpoint":{"url":"https://late"}}]})");
    const auto compiled = tools::rules::compile(rules);
    CHECK(outcome({compiled.code, {}}, json::object()) == "error: no rule is for what is asked");
}

TEST_CASE("rules: what is required and missing is named, and strangers are no parameters") {
    const auto rules = test::rules_named("buckets");
    CHECK(outcome(rules, json::object()) == "error: the rules need a value for Region");
    rule_evaluation reading(rules);
    CHECK_FALSE(reading.set("Stranger", "x"));
    CHECK_FALSE(reading.set("Bucket", true));
    CHECK(reading.set(rule_evaluation::builtin::region, "eu-west-1"));
}

namespace {

/// A rule set with one rule below so many trees.
json nested(int levels) {
    json rule{{"type", "error"}, {"conditions", json::array()}, {"error", "from below"}};
    for (int i = 0; i < levels; ++i)
        rule = {{"type", "tree"}, {"conditions", json::array()}, {"rules", {rule}}};
    return {{"version", "1.0"}, {"parameters", json::object()}, {"rules", {rule}}};
}

}  // namespace

TEST_CASE("rules: trees may lie in each other as deep as those of S3 have, and deeper") {
    const auto compiled = tools::rules::compile(nested(90));
    CHECK(outcome({compiled.code, {}}, json::object()) == "error: from below");
}

#if defined(__cpp_exceptions)
TEST_CASE("rules: a malformed rule set is refused with the place") {
    const auto has = [](const std::string& text, const char* part) {
        INFO(text);
        return text.find(part) != std::string::npos;
    };
    CHECK(has(complaint("/version", "9"), "version 9"));
    CHECK(
        has(complaint("/rules/2/conditions/0/fn", "aws.unknown"), "rules/2/conditions/0: no func"));
    CHECK(has(complaint("/rules/2/conditions/0/argv/0/ref", "Nobody"), "argv/0/ref: no variable"));
    CHECK(has(complaint("/rules/2/endpoint/url", "https://{Bucket"), "rules/2/endpoint/url: a {"));
    CHECK(has(complaint("/rules/2/endpoint/url", "https://{name}"), "no variable name"));
    CHECK(has(complaint("/rules/2/type", "shrub"), "rules/2: no type of rules is shrub"));
    CHECK(has(complaint("/parameters/Region/type", "date"), "parameters/Region: no type date"));
    CHECK(has(complaint("/parameters/Region/default", true), "parameters/Region/default: not of"));
    CHECK(has(complaint("/rules/0/conditions/1/argv", json::array()), "number of arguments"));
    CHECK(has(complaint("/rules/0/rules", 3), "rules/0/rules: not an array"));
    CHECK(has(complaint("/rules/1/endpoint/headers/x-control", 3), "headers/x-control"));
}

TEST_CASE("rules: nesting without end is refused") {
    CHECK_THROWS_AS(tools::rules::compile(nested(200)), tools::rules::malformed);
}
#endif

TEST_CASE("rules: both forms of a service's rules come to the same") {
    for (const char* model : {"s3", "dynamodb", "sts", "iam", "signin", "kms"}) {
        const json traits = test::published_traits(model);
        if (!traits.is_object()) return;  // no models at hand
        const auto tree = tools::rules::compile(traits.at("smithy.rules#endpointRuleSet"));
        const auto diagram = tools::rules::compile(traits.at("smithy.rules#endpointBdd"));
        for (const json& one : traits.at("smithy.rules#endpointTests").at("testCases")) {
            const json parameters = one.value("params", json::object());
            const std::string result = outcome({tree.code, tree.prefix}, parameters);
            INFO(model << ": " << parameters.dump());
            CHECK(result == outcome({diagram.code, diagram.prefix}, parameters));
        }
    }
}

TEST_CASE("rules: S3's take thirteen kilobytes at most, most services' almost nothing") {
    const json s3 = test::published_traits("s3");
    if (!s3.is_object()) return;  // no models at hand
    const auto compiled = tools::rules::compile_service(s3);
    std::printf("S3's endpoint rules: %zu bytes\n", compiled.code.size());
    CHECK(compiled.code.size() <= 13'000);
    const auto kms = tools::rules::service_rules(test::published_traits("kms"));
    CHECK(kms.value == "{model::standard_rules::regional, \"kms\"}");
    CHECK(kms.definitions.empty());
}

TEST_CASE("rules: the standard ones are what published models compile to") {
    namespace library = awsxx::model::standard_rules;
    const auto one_host = test::rules_named("one_host");
    CHECK(library::one_host == one_host.code);
    struct standard {
        const char* model;
        const char* form;
        std::string_view code;
    };
    const standard all[] = {
        {"kms", "RuleSet", library::regional},
        {"kms", "Bdd", library::regional_diagram},
        {"scheduler", "RuleSet", library::regional_nested},
        {"ec2", "RuleSet", library::gov_validated},
        {"sqs", "Bdd", library::gov_validated_diagram},
        {"sns", "RuleSet", library::gov_regions_validated},
        {"cloudwatch-logs", "Bdd", library::gov_regions_validated_diagram},
        {"account", "RuleSet", library::one_region},
    };
    for (const standard& one : all) {
        const json traits = test::published_traits(one.model);
        if (!traits.is_object()) return;  // no models at hand
        INFO(one.model);
        CHECK(tools::rules::compile(traits.at(std::string("smithy.rules#endpoint") + one.form))
                  .code == one.code);
    }
}

TEST_CASE("rules: parameters of operations become members of their tables") {
    const json model = json::parse(R"x({"shapes":{
        "a#Op":{"type":"operation","input":{"target":"a#In"},"traits":{
            "smithy.rules#staticContextParams":{"Flag":{"value":true},"Word":{"value":"a b"}},
            "smithy.rules#operationContextParams":{"Keys":{"path":"keys(Map)"},
                "Names":{"path":"List[*].[Deep.Name, Name][]"},"First":{"path":"List[0].Name"}},
            "smithy.api#http":{"method":"GET","uri":"/{Bucket}/{Key+}?x"}}},
        "a#In":{"type":"structure","members":{
            "Bucket":{"target":"smithy.api#String","traits":{
                "smithy.rules#contextParam":{"name":"Bucket"}}},
            "List":{"target":"a#List"},"Map":{"target":"a#Map"}}},
        "a#List":{"type":"list","member":{"target":"a#Item"}},
        "a#Map":{"type":"map","key":{"target":"smithy.api#String"},"value":{"target":"a#Item"}},
        "a#Item":{"type":"structure","members":{"Deep":{"target":"a#Item"},
            "Name":{"target":"smithy.api#String"}}}}})x");
    const auto index = [](const std::string&, const std::string& member) {
        return member == "Bucket" || member == "Deep" ? 0 : member == "Map" ? 2 : 1;
    };
    CHECK(tools::rules::endpoint_parameters(model, "a#Op", index) ==
          R"("Bucket=@0 First=@1.#0.1 Flag=true Keys=@2.keys Names=@1.*.[0.1,1] Word=a%20b")");
    CHECK(tools::rules::request_uri(model, "a#Op") == "/{Key+}?x");
#if defined(__cpp_exceptions)
    CHECK_THROWS_AS(tools::rules::endpoint_parameters(model, "a#Nobody", index),
                    tools::rules::malformed);
#endif
}
