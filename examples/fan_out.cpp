// SPDX-License-Identifier: MIT
// One question to every account in every region, on one thread, with a bar that tells how far it is.
//
//     fan_out                             a small AWS inside this program answers, not always well
//     fan_out --role NAME [--include GLOB] [--state FILE] [--dry-run]
//                                         the accounts of the organization, by that role in each; what
//                                         is done is kept in the file, and not done again
#include "progress_bar.hpp"

#include <awsxx/accounts/async_for_each.hpp>
#include <awsxx/accounts/organization.hpp>
#include <awsxx/accounts/places.hpp>
#include <awsxx/async.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/fake_aws.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace accounts = awsxx::accounts;

bool failed(const awsxx::error& why) {
    std::cout << "failed: " << why << '\n';
    return false;
}

bool is_terminal() { return ::isatty(STDOUT_FILENO) == 1; }

/// Asks in every place who is calling there, and tells what did not go well.
template <class Session>
accounts::fan_out_summary ask_everywhere(awsxx::event_loop& loop,
                                         const accounts::basic_places<Session>& there,
                                         accounts::fan_out_options options) {
    using place = accounts::basic_regional_account<Session>;
    const auto ask = [&loop](const place& at,
                             const accounts::job_context& context) -> accounts::job<std::string> {
        const Session session = at.session();
        const awsxx::sts::get_caller_identity question;
        auto who = co_await session.try_co_call(loop, question, context.how());
        if (!who) co_return who.error();
        co_return who->arn;
    };
    progress_bar bar(std::cout, is_terminal());
    options.progress = [&, also = std::move(options.progress)](const auto& now, const auto& state) {
        bar.show(now);
        if (also) also(now, state);
    };
    auto report = accounts::for_each(loop, there.all, ask, std::move(options));
    for (const auto& one : report.results) {
        using accounts::outcome;
        if (one.how == outcome::planned) std::cout << one.id << '\n';
        if (one.result || one.how >= outcome::not_started) continue;
        std::cout << one.id << ": " << to_string(one.how) << ": " << one.result.error() << '\n';
    }
    for (const auto& one : there.by_account)
        if (const auto& all = one.catalog(); all.is_fallback())
            std::cout << one.account().id() << ": regions as built in: " << *all.why << '\n';
    for (const auto& one : there.lost)
        std::cout << one.account.id() << ": nobody got in: " << one.why << '\n';
    if (report.counts.not_started > 0)
        std::cout << report.counts.not_started << " were not begun\n";
    return report;
}

// --- a small AWS inside this program -----------------------------------------------------------

constexpr auto user = "arn:aws:iam::111122223333:user/dev";

std::string role_in(int number) {
    return "arn:aws:iam::00000000000" + std::to_string(number) + ":role/audit";
}

/// What ListRegions says in every account: one region of six is not enabled.
constexpr auto regions = R"({"Regions":[
    {"RegionName":"ap-southeast-2","RegionOptStatus":"ENABLED_BY_DEFAULT"},
    {"RegionName":"eu-central-1","RegionOptStatus":"ENABLED_BY_DEFAULT"},
    {"RegionName":"eu-south-1","RegionOptStatus":"DISABLED"},
    {"RegionName":"eu-west-1","RegionOptStatus":"ENABLED_BY_DEFAULT"},
    {"RegionName":"il-central-1","RegionOptStatus":"ENABLED"},
    {"RegionName":"us-east-1","RegionOptStatus":"ENABLED_BY_DEFAULT"}]})";

std::shared_ptr<awsxx::testing::fake_aws> small_cloud(std::shared_ptr<awsxx::clock> time) {
    auto cloud = std::make_shared<awsxx::testing::fake_aws>(std::move(time));
    cloud->add_user({.arn = user,
                     .access_key_id = "AKIDEXAMPLE",
                     .secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"});
    for (int i = 1; i <= 8; ++i) cloud->add_role({.arn = role_in(i), .trusts = {user}});
    cloud->answer("account:ListRegions",
                  [](const auto&, const auto&) { return awsxx::expected<std::string>(regions); });
    return cloud;
}

bool against_small_cloud() {
    std::cout << "A small AWS inside this program answers: nine accounts, one without the role.\n";
    const auto time = std::make_shared<awsxx::testing::fake_clock>();
    const auto cloud = small_cloud(time);
    const awsxx::basic_session<awsxx::testing::fake_aws> base(
        awsxx::credentials{.access_key_id = "AKIDEXAMPLE",
                           .secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"},
        {.region = "eu-west-1", .outside = awsxx::testing::isolated_world(time)}, cloud);
    std::vector<accounts::basic_account<awsxx::basic_session<awsxx::testing::fake_aws>>> all;
    for (int i = 1; i <= 9; ++i) {
        auto one =
            accounts::basic_account<awsxx::basic_session<awsxx::testing::fake_aws>>::try_assuming(
                base, {.role_arn = role_in(i)});
        if (!one) return failed(one.error());
        all.push_back(*std::move(one));
    }
    const auto there = accounts::find_places(all);
    cloud->fail_next(awsxx::testing::fake_fault::throttled, 4);
    awsxx::event_loop loop({.time = time});
    std::stop_source stop;
    const auto first = ask_everywhere(
        loop, there,
        {.concurrency = 8, .stop = stop.get_token(), .progress = [&](const auto& now, const auto&) {
             if (now.done == 20) stop.request_stop();
         }});
    std::cout << "That was stopped half way; the next run does what is left\n";
    const auto second = ask_everywhere(loop, there, {.concurrency = 8, .state = first.state});
    return there.all.size() == 40 && there.lost.size() == 1 && first.counts.not_started > 0 &&
           second.counts.done_before == first.counts.done && second.complete();
}

// --- AWS ---------------------------------------------------------------------------------------

struct choices {
    std::string role{};
    std::vector<std::string> include{};
    std::string state{};
    bool dry_run{};
};

bool against_aws(const choices& chosen) {
    const awsxx::session base;
    const auto known = accounts::try_organization_accounts(base);
    if (!known) return failed(known.error());
    const auto all = accounts::try_accounts_by_role(base, *known, {.name = chosen.role});
    if (!all) return failed(all.error());
    const auto there = accounts::find_places(*all, {.include = chosen.include}, {.threads = 8});
    awsxx::system_files files;
    auto state = chosen.state.empty()
                     ? awsxx::expected<accounts::fan_out_state>(accounts::fan_out_state())
                     : accounts::try_load(files, chosen.state, "fan_out");
    if (!state) return failed(state.error());
    awsxx::event_loop loop;
    const auto done = ask_everywhere(loop, there, {.state = *state, .dry_run = chosen.dry_run});
    if (chosen.state.empty() || chosen.dry_run) return true;
    const auto saved = accounts::save(done.state, files, chosen.state);
    return saved ? done.complete() : failed(saved.error());
}

bool parse(int count, char** words, choices& into) {
    for (int i = 1; i < count; ++i) {
        const std::string_view option = words[i];
        if (option == "--dry-run") {
            into.dry_run = true;
            continue;
        }
        if (++i == count) return false;
        if (option == "--role")
            into.role = words[i];
        else if (option == "--include")
            into.include.emplace_back(words[i]);
        else if (option == "--state")
            into.state = words[i];
        else
            return false;
    }
    return count == 1 || !into.role.empty();
}

}  // namespace

int main(int count, char** words) {
    choices chosen;
    if (!parse(count, words, chosen)) {
        std::cerr << "usage: fan_out [--role NAME [--include GLOB] [--state FILE] [--dry-run]]\n";
        return EXIT_FAILURE;
    }
    const bool good = count == 1 ? against_small_cloud() : against_aws(chosen);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
