// SPDX-License-Identifier: MIT
// From role to role, through a listing, past an expiry and into a refusal.
//
//     role_chain                            a small AWS inside this program answers
//     role_chain --role ARN [--role ARN ...] [--identity-store ID]
//                                           AWS answers, or whoever AWS_ENDPOINT_URL names
#include <awsxx/services/identitystore.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/fake_aws.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

bool failed(const awsxx::error& why) {
    std::cout << "  failed: " << why << '\n';
    return false;
}

template <class Session>
bool show_caller(const Session& session) {
    const auto who = session.try_whoami();
    if (!who) return failed(who.error());
    std::cout << "  " << who->arn << '\n';
    return true;
}

/// Goes from role to role and says at each who it has become. False if one does not let it in.
template <class Session>
bool walk(Session& session, const std::vector<std::string>& roles) {
    std::cout << "\nFrom role to role\n";
    if (!show_caller(session)) return false;
    for (const std::string& role : roles) {
        auto next = session.try_assume_role({.role_arn = role});
        if (!next) return failed(next.error());
        session = *std::move(next);
        if (!show_caller(session)) return false;
    }
    return true;
}

/// Lists groups; the loop does not notice where one page ends and the next begins.
template <class Session>
bool list_groups(const Session& session, const std::string& store) {
    std::cout << "\nGroups of " << store << '\n';
    const awsxx::identitystore::list_groups listing{.identity_store_id = store, .max_results = 3};
    for (const auto& group : session.try_items(listing)) {
        if (!group) return failed(group.error());
        std::cout << "  " << group->display_name << '\n';
    }
    return true;
}

// --- a small AWS inside this program -----------------------------------------------------------

constexpr auto user = "arn:aws:iam::111122223333:user/dev";
constexpr auto hub = "arn:aws:iam::111122223333:role/hub";
constexpr auto spoke = "arn:aws:iam::444455556666:role/spoke";
constexpr auto vault = "arn:aws:iam::444455556666:role/vault";
constexpr auto store = "d-9067f3a1b2";

std::shared_ptr<awsxx::testing::fake_aws> small_cloud(std::shared_ptr<awsxx::clock> time) {
    auto cloud = std::make_shared<awsxx::testing::fake_aws>(std::move(time));
    cloud->add_user({.arn = user,
                     .access_key_id = "AKIDEXAMPLE",
                     .secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"});
    cloud->add_role({.arn = hub, .trusts = {user}});
    cloud->add_role({.arn = spoke, .trusts = {hub}});
    cloud->add_role({.arn = vault, .trusts = {"arn:aws:iam::444455556666:role/guard"}});
    cloud->add_groups(
        store, {"admins", "auditors", "billing", "developers", "operators", "readers", "support"});
    return cloud;
}

bool expect(std::string_view what, std::size_t count, std::size_t expected) {
    std::cout << "  (" << what << ": " << count << ")\n";
    if (count == expected) return true;
    std::cout << "  (expected " << expected << ")\n";
    return false;
}

template <class Session>
bool outlive(const Session& session, awsxx::testing::fake_clock& time,
             const awsxx::testing::fake_aws& cloud) {
    std::cout << "\nTwo hours later, when both roles' keys have expired\n";
    time.advance(std::chrono::hours(2));
    return show_caller(session) &&
           expect("AssumeRole for hub", cloud.calls("AssumeRole", hub), 2) &&
           expect("AssumeRole for spoke", cloud.calls("AssumeRole", spoke), 2);
}

template <class Session>
bool be_refused(const Session& session) {
    std::cout << "\nA role that does not trust us\n";
    auto next = session.try_assume_role({.role_arn = vault});
    if (!next) return failed(next.error());
    const auto who = next->try_whoami();
    if (who) return false;
    std::cout << "  " << who.error() << '\n';
    std::cout << "The session before it still works\n";
    return show_caller(*next->parent());
}

bool against_small_cloud() {
    std::cout << "A small AWS inside this program answers and checks every signature.\n";
    const auto time = std::make_shared<awsxx::testing::fake_clock>();
    const auto cloud = small_cloud(time);
    const awsxx::credentials keys{.access_key_id = "AKIDEXAMPLE",
                                  .secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"};
    awsxx::basic_session<awsxx::testing::fake_aws> session(
        keys, {.region = "us-east-1", .outside = awsxx::testing::isolated_world(time)}, cloud);
    return walk(session, {hub, spoke}) && list_groups(session, store) &&
           expect("pages", cloud->calls("ListGroups"), 3) && outlive(session, *time, *cloud) &&
           be_refused(session);
}

// --- AWS ---------------------------------------------------------------------------------------

struct choices {
    std::vector<std::string> roles{};
    std::string store{};
};

bool against_aws(const choices& chosen) {
    awsxx::session session;
    if (!walk(session, chosen.roles)) return false;
    return chosen.store.empty() || list_groups(session, chosen.store);
}

bool parse(int count, char** words, choices& into) {
    for (int i = 1; i < count; i += 2) {
        const std::string_view option = words[i];
        if (i + 1 == count) return false;
        if (option == "--role")
            into.roles.emplace_back(words[i + 1]);
        else if (option == "--identity-store")
            into.store = words[i + 1];
        else
            return false;
    }
    return true;
}

}  // namespace

int main(int count, char** words) {
    choices chosen;
    if (!parse(count, words, chosen)) {
        std::cerr << "usage: role_chain [--role ARN ...] [--identity-store ID]\n";
        return EXIT_FAILURE;
    }
    const bool good = count == 1 ? against_small_cloud() : against_aws(chosen);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
