// SPDX-License-Identifier: MIT
// A small AWS with many accounts: an organization, a role in each account, and regions of their own.
#pragma once

#include <awsxx/accounts/account.hpp>
#include <awsxx/accounts/known_regions.hpp>
#include <awsxx/runtime/partitions.hpp>
#include <awsxx/testing/fake_aws.hpp>

#include <support/cloud_scene.hpp>

#include <cstddef>
#include <cstdio>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test {

/// The user of `cloud_scene` in account 111122223333, which has enabled no region but those that
/// everybody has, until a test says so.
struct estate_scene : cloud_scene {
    using account = awsxx::accounts::basic_account<session>;
    using place = awsxx::accounts::basic_regional_account<session>;

    static std::string id_of(int number) {
        char id[16];
        std::snprintf(id, sizeof id, "%012d", number);
        return id;
    }
    static std::string role_in(const std::string& id) {
        return "arn:aws:iam::" + id + ":role/audit";
    }

    estate_scene() {
        cloud->answer("account:ListRegions", [this](const auto& asked, const auto& caller) {
            return regions_page(asked, std::string(awsxx::testing::account_of(caller.arn)));
        });
        cloud->answer("ec2:DescribeRegions", [this](const auto&, const auto& caller) {
            return described(std::string(awsxx::testing::account_of(caller.arn)));
        });
        cloud->answer("iam:ListAccountAliases", [this](const auto&, const auto&) {
            return awsxx::expected<std::string>(
                "<AccountAliases>" +
                (alias.empty() ? std::string() : "<member>" + alias + "</member>") +
                "</AccountAliases><IsTruncated>false</IsTruncated>");
        });
    }

    /// Accounts 1 to `count`, each with a role that the user may assume.
    std::vector<account> accounts(int count) {
        const session by = base();
        std::vector<account> all;
        for (int i = 1; i <= count; ++i) {
            cloud->add_role({.arn = role_in(id_of(i)), .trusts = {user_arn}});
            all.push_back(*account::try_assuming(by, {.role_arn = role_in(id_of(i))}));
        }
        return all;
    }
    /// Lets an account have, or lose, an opt-in region.
    void enable(const std::string& id, const std::string& region) { enabled.insert({id, region}); }
    /// Closes all opt-in regions to an account's keys, as AWS does.
    void close_opt_in_regions(const std::string& id) {
        for (const auto& one : awsxx::accounts::known_regions)
            if (one.opt_in) cloud->disable_region(id, std::string(one.name));
    }
    std::size_t requests() const { return cloud->log().size(); }

    std::set<std::pair<std::string, std::string>> enabled{};
    std::string alias = "home-of-all";

private:
    using content = awsxx::expected<std::string>;

    /// Twenty a page.
    content regions_page(const awsxx::testing::fake_request& asked, const std::string& id) const {
        const std::string_view body = asked.sent.body.bytes();
        const bool second = body.find("NextToken") != std::string_view::npos;
        std::string list;
        std::size_t number = 0;
        bool more = false;
        for (const auto& one : awsxx::accounts::known_regions) {
            if (awsxx::runtime::partition_of(one.name).id != "aws") continue;
            ++number;
            if (number > 20 && !second) more = true;
            if ((number > 20) != second) continue;
            const std::string name(one.name);
            const char* status = !one.opt_in                    ? "ENABLED_BY_DEFAULT"
                                 : enabled.contains({id, name}) ? "ENABLED"
                                                                : "DISABLED";
            list += (list.empty() ? "" : ",");
            list += R"({"RegionName":")" + name + R"(","RegionOptStatus":")" + status + R"("})";
        }
        return R"({"Regions":[)" + list + "]" + (more ? R"(,"NextToken":"2"})" : "}");
    }
    content described(const std::string& id) const {
        std::string list;
        for (const auto& one : awsxx::accounts::known_regions) {
            if (awsxx::runtime::partition_of(one.name).id != "aws") continue;
            const std::string name(one.name);
            list += "<item>" + awsxx::testing::xml_element("regionName", name) +
                    awsxx::testing::xml_element("optInStatus", !one.opt_in ? "opt-in-not-required"
                                                               : enabled.contains({id, name})
                                                                   ? "opted-in"
                                                                   : "not-opted-in") +
                    "</item>";
        }
        return "<regionInfo>" + list + "</regionInfo>";
    }
};

}  // namespace test
