// SPDX-License-Identifier: MIT
#include <awsxx/runtime/presigned_copy.hpp>

#include <awsxx/protocols/aws_query.hpp>
#include <awsxx/protocols/ec2_query.hpp>
#include <awsxx/runtime/call.hpp>
#include <awsxx/runtime/prepared_operation.hpp>
#include <awsxx/runtime/presign.hpp>
#include <awsxx/testing/fake_aws_signature.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>
#include <support/fixed_random.hpp>
#include <support/providers.hpp>
#include <support/rule_sets.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

using namespace awsxx;
using step = runtime::call::step;

namespace {

struct copy_input {
    std::optional<std::string> source_region{};
    std::string snapshot{};
    std::string target_region{};
    std::string url{};
};

constexpr model::field machine_fields[] = {
    {"SourceRegion", &model::optional_text, offsetof(copy_input, source_region)},
    {"SourceSnapshotId", &model::text, offsetof(copy_input, snapshot)},
    {"DestinationRegion", &model::text, offsetof(copy_input, target_region)},
    {"PresignedUrl", &model::text, offsetof(copy_input, url)},
};
constexpr model::type machine_input = model::structure(machine_fields);
constexpr model::field database_fields[] = {
    {"PreSignedUrl", &model::text, offsetof(copy_input, url)},
    {"SourceDBSnapshotIdentifier", &model::text, offsetof(copy_input, snapshot)},
    {"SourceRegion", &model::optional_text, offsetof(copy_input, source_region)},
};
constexpr model::type database_input = model::structure(database_fields);

constexpr model::service machines{.id = "EC2",
                                  .endpoint_prefix = "ec2",
                                  .version = "2016-11-15",
                                  .protocol = &ec2_query::protocol};
constexpr model::operation copy_snapshot{.name = "CopySnapshot",
                                         .service = &machines,
                                         .input = &machine_input,
                                         .output = &model::empty_structure,
                                         .region_copy = {"PresignedUrl", true}};
constexpr model::service databases{.id = "RDS",
                                   .endpoint_prefix = "rds",
                                   .version = "2014-10-31",
                                   .protocol = &aws_query::protocol};
constexpr model::operation copy_db_snapshot{.name = "CopyDBSnapshot",
                                            .service = &databases,
                                            .input = &database_input,
                                            .output = &model::empty_structure,
                                            .region_copy = {"PreSignedUrl"}};

std::shared_ptr<const credentials> keys(const std::string& id, const std::string& token) {
    credentials made = test::keys(id);
    made.session_token = secret(token);
    return std::make_shared<const credentials>(std::move(made));
}

/// A session's insides in eu-west-1, and what is asked for there.
struct scene {
    runtime::call begin(const model::operation& what) {
        settings choices{.region = "eu-west-1", .outside = testing::isolated_world(time)};
        choices.outside.random = std::make_shared<test::fixed_random>();
        choices.endpoint_url = endpoint;
        who = std::make_shared<const runtime::identity>(
            std::make_shared<const runtime::configuration>(choices), test::answering(*one));
        return {who, {what, &in, nullptr}};
    }
    /// What the body of the request says.
    std::map<std::string, std::string> form(const model::operation& what) {
        auto c = begin(what);
        REQUIRE(c.next() == step::need_credentials);
        c.identified(one);
        return form(c);
    }
    static std::map<std::string, std::string> form(const runtime::call& c) {
        if (c.next() != step::send) FAIL(to_string(*c.failure()));
        return testing::understood(c.request()).form;
    }
    /// What the URL asks of whom, after its signature has been found to be good.
    testing::fake_request checked(const std::string& url) const {
        const auto target = http::parse_uri(url);
        REQUIRE(target);
        auto asked =
            testing::understood({.method = "GET", .target = *target, .headers = {}, .body = {}});
        asked.service.clear();  // forms of services that it does not know are STS's to it
        const auto claim = testing::claimed(asked);
        REQUIRE(claim);
        CHECK(claim->expires == "3600");
        CHECK(claim->region == "us-west-2");
        const auto good = testing::check_signature(asked, *claim, "planted-secret", time->now());
        if (!good) FAIL(to_string(good.error()));
        return asked;
    }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    std::shared_ptr<const credentials> one = keys("AKIDONE", "token/one+");
    std::shared_ptr<const runtime::identity> who{};
    std::optional<std::string> endpoint{};
    copy_input in{.source_region = "us-west-2", .snapshot = "snap-1"};
};

}  // namespace

TEST_CASE("presigned copy: EC2 gets both regions, and a URL for the source that says so, too") {
    scene s;
    auto form = s.form(copy_snapshot);
    CHECK(form["SourceRegion"] == "us-west-2");
    CHECK(form["DestinationRegion"] == "eu-west-1");
    const auto read = s.checked(form["PresignedUrl"]);
    CHECK(read.sent.target.host == "ec2.us-west-2.amazonaws.com");
    CHECK(read.field("Action") == "CopySnapshot");
    CHECK(read.field("Version") == "2016-11-15");
    CHECK(read.field("SourceSnapshotId") == "snap-1");
    CHECK(read.field("SourceRegion") == "us-west-2");
    CHECK(read.field("DestinationRegion") == "eu-west-1");
    CHECK(read.field("X-Amz-Security-Token") == "token/one+");
    CHECK(read.form.count("PresignedUrl") == 0);
}

TEST_CASE("presigned copy: databases are copied by a URL that alone names the target") {
    scene s;
    auto form = s.form(copy_db_snapshot);
    CHECK(form.count("SourceRegion") == 0);
    CHECK(form.count("DestinationRegion") == 0);
    const auto read = s.checked(form["PreSignedUrl"]);
    CHECK(read.sent.target.host == "rds.us-west-2.amazonaws.com");
    CHECK(read.field("Action") == "CopyDBSnapshot");
    CHECK(read.field("SourceDBSnapshotIdentifier") == "snap-1");
    CHECK(read.field("DestinationRegion") == "eu-west-1");
    CHECK(read.form.count("SourceRegion") == 0);
}

TEST_CASE("presigned copy: without a source nothing is added") {
    scene s;
    s.in.source_region.reset();
    for (const auto* what : {&copy_snapshot, &copy_db_snapshot})
        CHECK(s.form(*what).size() == 3);  // Action, Version, the snapshot
    s.in.source_region = "";
    CHECK(s.form(copy_db_snapshot).size() == 3);
}

TEST_CASE("presigned copy: a URL of the program's own stays") {
    scene s;
    s.in.url = "https://example.com/?a=b&c=d";
    s.in.target_region = "eu-central-1";
    auto form = s.form(copy_snapshot);
    CHECK(form["PresignedUrl"] == s.in.url);
    CHECK(form["SourceRegion"] == "us-west-2");
    CHECK(form["DestinationRegion"] == "eu-central-1");
    form = s.form(copy_db_snapshot);
    CHECK(form["PreSignedUrl"] == s.in.url);
    CHECK(form.count("SourceRegion") == 0);
}

TEST_CASE("presigned copy: the target is where the call goes, whatever the program says") {
    scene s;
    s.in.target_region = "eu-central-1";
    auto form = s.form(copy_snapshot);
    CHECK(form["DestinationRegion"] == "eu-west-1");
    CHECK(s.checked(form["PresignedUrl"]).field("DestinationRegion") == "eu-west-1");
}

TEST_CASE("presigned copy: another attempt has a URL of its own time and keys") {
    scene s;
    auto c = s.begin(copy_snapshot);
    c.identified(s.one);
    const auto first = scene::form(c);
    c.answered(http::response{.status = 503});
    REQUIRE(c.next() == step::wait);
    s.time->advance(seconds(7));
    c.waited();
    c.identified(keys("AKIDTWO", ""));
    auto second = scene::form(c);
    const auto read = s.checked(second["PresignedUrl"]);
    CHECK(read.field("X-Amz-Credential").starts_with("AKIDTWO/"));
    CHECK(second.size() == first.size());
    CHECK(second["PresignedUrl"] != first.at("PresignedUrl"));
}

TEST_CASE("presigned copy: somebody's own endpoint is the source's, too") {
    scene s;
    s.endpoint = "http://127.0.0.1:4566";
    auto form = s.form(copy_snapshot);
    CHECK(form["PresignedUrl"].starts_with("http://127.0.0.1:4566/?Action=CopySnapshot&"));
}

TEST_CASE("presigned copy: an endpoint of AWS's own is the target's alone") {
    for (const char* set :
         {"https://ec2.eu-west-1.amazonaws.com", "https://vpce-1.ec2.eu-west-1.vpce.amazonaws.com",
          "https://ec2.eu-west-1.api.aws"}) {
        scene s;
        s.endpoint = set;
        auto c = s.begin(copy_snapshot);
        c.identified(s.one);
        CHECK(to_string(c.request().target) == set + std::string("/"));
        const auto read = s.checked(scene::form(c)["PresignedUrl"]);
        CHECK(read.sent.target.host == "ec2.us-west-2.amazonaws.com");
    }
}

TEST_CASE("presigned copy: what the source's region lacks is told with its name") {
    scene s;
    model::service service = machines;
    service.rules = test::rules_named("one_region");
    model::operation what = copy_snapshot;
    what.service = &service;
    auto c = s.begin(what);
    c.identified(s.one);
    REQUIRE(c.next() == step::done);
    CHECK(c.failure()->code == "NoSourceEndpoint");
    CHECK(c.failure()->kind == error_kind::configuration);
    const std::string told = to_string(*c.failure());
    CHECK(told.find("a copy from us-west-2") != std::string::npos);
    CHECK(told.find("it is in eu-west-1 only") != std::string::npos);
}

TEST_CASE("presigned copy: a prepared call has a URL of its own each time") {
    scene s;
    const runtime::prepared_operation prepared(copy_snapshot);
    auto first = s.form(prepared.get());
    CHECK(prepared.is_ready());
    s.time->advance(seconds(7));
    auto second = s.form(prepared.get());
    CHECK(first["PresignedUrl"] != second["PresignedUrl"]);
    CHECK(s.checked(second["PresignedUrl"]).field("SourceSnapshotId") == "snap-1");
    CHECK(second.size() == first.size());
}

TEST_CASE("presigned copy: a source that is no region is refused before anything is sent") {
    for (const char* wrong : {"us-west-2.example.com", "a/b", "-", "us west"}) {
        scene s;
        s.in.source_region = wrong;
        const auto c = s.begin(copy_snapshot);
        REQUIRE(c.next() == step::done);
        CHECK(c.failure()->kind == error_kind::invalid_argument);
        CHECK(c.failure()->message.find(wrong) != std::string::npos);
    }
}

TEST_CASE("presigned copy: a link to such a call carries one itself") {
    scene s;
    static_cast<void>(s.begin(copy_snapshot));
    const auto link = runtime::presign(*s.who, copy_snapshot, &s.in, {*s.one, seconds(60)});
    REQUIRE(link);
    const auto asked = testing::understood(*link);
    CHECK(s.checked(asked.field("PresignedUrl")).field("SourceSnapshotId") == "snap-1");
}
