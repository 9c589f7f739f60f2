// SPDX-License-Identifier: MIT
// Who am I on AWS, why, and how do other programs become the same: from the command line.
//
//     awsxx_tool whoami --profile dev
//     awsxx_tool explain
//     awsxx_tool exec --role arn:aws:iam::111122223333:role/audit -- aws s3 ls
//
// Exit status: 0 done, 1 AWS or the credentials said no, 2 wrong usage; `exec`: the program's own.
#include <awsxx/awsxx.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/system_clock.hpp>
#include <awsxx/recipes/child_environment.hpp>
#include <awsxx/recipes/container_server.hpp>
#include <awsxx/recipes/credential_process.hpp>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <unistd.h>
#include <CLI/CLI.hpp>

namespace {

constexpr int done = 0;
constexpr int failure = 1;
constexpr int wrong_usage = 2;

/// What the command line says.
struct choices {
    std::optional<std::string> profile{};
    std::optional<std::string> region{};
    std::optional<std::string> endpoint_url{};
    std::vector<std::string> roles{};
    bool cache = false;
    bool verbose = false;
    bool show_secrets = false;
    std::uint16_t port = 0;
    std::string token_file{};
    std::vector<std::string> command{};
};

// --- what is said when something fails ---------------------------------------------------------

std::string_view advice(const awsxx::error& why) {
    using awsxx::error_kind;
    switch (why.kind) {
        case error_kind::not_configured:
            return "name a profile with --profile, or set AWS_ACCESS_KEY_ID and "
                   "AWS_SECRET_ACCESS_KEY";
        case error_kind::configuration:
        case error_kind::invalid_argument:
            return "`awsxx_tool explain` shows where each setting comes from";
        case error_kind::action_needed: return "do what the message says, then try again";
        case error_kind::denied: return "`awsxx_tool whoami` without --role shows who is asking";
        case error_kind::not_authenticated:
            return "check the keys and the clock; `awsxx_tool explain` shows which keys are used";
        case error_kind::network:
        case error_kind::timeout: return "check the network, the region and the endpoint URL";
        default: return "`awsxx_tool --verbose` tells more";
    }
}

int report(const awsxx::error& why) {
    std::cerr << "awsxx_tool: " << why << "\n  advice: " << advice(why) << '\n';
    return failure;
}

int refuse(std::string_view why, std::string_view instead) {
    std::cerr << "awsxx_tool: " << why << "\n  advice: " << instead << '\n';
    return wrong_usage;
}

// --- the session -------------------------------------------------------------------------------

/// Asks whoever sits at the terminal.
awsxx::expected<awsxx::secret> ask_for_code(const awsxx::mfa_request& what) {
    std::fstream terminal("/dev/tty");
    std::string code;
    if (!terminal || !(terminal << "code of " << what.serial_number << ": " << std::flush) ||
        !std::getline(terminal, code))
        return awsxx::error{.kind = awsxx::error_kind::action_needed,
                            .code = "NoTerminal",
                            .message = "nobody can be asked for a code of " + what.serial_number};
    return awsxx::secret(std::move(code));
}

awsxx::settings settings_of(const choices& chosen) {
    awsxx::settings made{
        .region = chosen.region, .profile = chosen.profile, .endpoint_url = chosen.endpoint_url};
    made.mfa = ask_for_code;
    if (chosen.cache) made.credentials_cache.mode = awsxx::credentials_files::use::read_write;
    if (chosen.verbose)
        made.observer.note = [](awsxx::channel on, std::string_view line) {
            std::cerr << to_string(on) << ": " << line << '\n';
        };
    return made;
}

awsxx::expected<awsxx::session> session_of(const choices& chosen) {
    awsxx::session at(settings_of(chosen));
    for (const std::string& role : chosen.roles) {
        auto next = at.try_assume_role({.role_arn = role});
        if (!next) return next.error();
        at = *std::move(next);
    }
    return at;
}

/// The region that its calls go to; empty if there is none.
std::string region_of(const awsxx::session& session) {
    std::string region;
    for (const auto& one : session.explain().settings)
        if (one.name == "region" || one.name == "region of the role") region = one.value;
    return region;
}

// --- the commands ------------------------------------------------------------------------------

int whoami(const awsxx::session& session, const choices&) {
    const auto who = session.try_whoami();
    if (!who) return report(who.error());
    std::cout << "arn      " << who->arn << "\naccount  " << who->account << "\nuser id  "
              << who->user_id << '\n';
    return done;
}

int explain(const awsxx::session& session, const choices&) {
    const auto keys = session.try_fetch_credentials();
    std::cout << session.explain();
    return keys ? done : report(keys.error());
}

int credential_process(const awsxx::session& session, const choices& chosen) {
    if (::isatty(STDOUT_FILENO) == 1 && !chosen.show_secrets)
        return refuse("this would show a secret key on the terminal",
                      "--show-secrets, if that is what you want");
    const auto keys = session.try_fetch_credentials();
    if (!keys) return report(keys.error());
    const auto document = awsxx::recipes::credential_process_document(**keys);
    if (!document) return report(document.error());
    std::cout << document->expose() << '\n';
    return done;
}

/// Makes the changes to this program's own environment.
void enter(const awsxx::recipes::child_environment& changes) {
    for (const auto& name : changes.unset) ::unsetenv(name.c_str());
    for (const auto& [name, value] : changes.set)
        ::setenv(name.c_str(), std::string(value.expose()).c_str(), 1);
}

/// Becomes the program; comes back only if it cannot be run.
int become(std::vector<std::string> command) {
    std::vector<char*> words;
    words.reserve(command.size() + 1);
    for (std::string& word : command) words.push_back(word.data());
    words.push_back(nullptr);
    ::execvp(words[0], words.data());
    const int why = errno;
    std::cerr << "awsxx_tool: " << command[0] << ": " << std::strerror(why)
              << "\n  advice: check its name, PATH and permissions\n";
    return why == ENOENT ? 127 : 126;
}

int exec(const awsxx::session& session, const choices& chosen) {
    if (chosen.command.empty()) return refuse("exec needs a program to run", "exec -- CMD...");
    const auto keys = session.try_fetch_credentials();
    if (!keys) return report(keys.error());
    auto changes = awsxx::recipes::child_environment_of(**keys, region_of(session));
    if (chosen.endpoint_url) changes.set.push_back({"AWS_ENDPOINT_URL", *chosen.endpoint_url});
    enter(changes);
    return become(chosen.command);
}

/// Prints a text as a shell reads it back, whatever is in it.
void print_quoted(std::string_view text) {
    std::cout << '\'';
    for (const char c : text) {
        if (c == '\'')
            std::cout << "'\\''";
        else
            std::cout << c;
    }
    std::cout << '\'';
}

/// Prints what a shell has to set. False: the token's file cannot be written.
bool announce(const awsxx::recipes::container_server& server, std::string token_file) {
    auto changes = server.variables();
    if (!token_file.empty()) {
        token_file = std::filesystem::absolute(token_file).string();  // read from anywhere
        const auto written = awsxx::system_files().write(token_file, server.token().expose());
        if (!written) return report(written.error()) == done;
        for (auto& [name, value] : changes.set)
            if (name == "AWS_CONTAINER_AUTHORIZATION_TOKEN") {
                name += "_FILE";
                value = token_file;
            }
        changes.unset = awsxx::recipes::other_credential_variables(changes.set);
    }
    for (const auto& name : changes.unset) std::cout << "unset " << name << '\n';
    for (const auto& [name, value] : changes.set) {
        std::cout << "export " << name << '=';
        print_quoted(value.expose());
        std::cout << '\n';
    }
    std::cout << std::flush;
    return true;
}

int serve(const awsxx::session& session, const choices& chosen) {
    if (::isatty(STDOUT_FILENO) == 1 && chosen.token_file.empty() && !chosen.show_secrets)
        return refuse("this would show a token on the terminal",
                      "--token-file FILE, or --show-secrets, if that is what you want");
    const auto fetch = [session] { return session.try_fetch_credentials(); };
    const auto keys = fetch();
    if (!keys) return report(keys.error());
    const auto document = awsxx::recipes::container_document(**keys, awsxx::system_clock().now());
    if (!document) return report(document.error());
    const auto server = awsxx::recipes::container_server::open(fetch, {.port = chosen.port});
    if (!server) return report(server.error());

    sigset_t ends;  // waited for below, so that no thread is ended in the middle of an answer
    sigemptyset(&ends);
    for (const int one : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ends, one);
    ::pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    std::jthread answers([&](const std::stop_token& stop) {
        const auto ran = (*server)->run(stop);
        if (!ran) report(ran.error());
    });
    if (!announce(**server, chosen.token_file)) return failure;
    int signal = 0;
    ::sigwait(&ends, &signal);
    return done;
}

// --- the command line --------------------------------------------------------------------------

using command = int (*)(const awsxx::session&, const choices&);

/// Options, commands and their help.
class command_line {
public:
    command_line() {
        app_.require_subcommand(1);
        app_.fallthrough();
        app_.add_option("--profile", chosen_.profile, "The profile to begin with");
        app_.add_option("--region", chosen_.region, "The region of all calls");
        app_.add_option("--endpoint-url", chosen_.endpoint_url, "Where all calls go");
        app_.add_option("--role", chosen_.roles, "A role to assume; again, for one behind it")
            ->type_name("ARN")
            ->allow_extra_args(false);
        app_.add_flag("--cache", chosen_.cache, "Share roles' credentials with the AWS CLI");
        app_.add_flag("--verbose", chosen_.verbose, "Tell on stderr what happens");
        add("whoami", "Tells who AWS takes you for", &whoami);
        add("explain", "Tells which settings and credentials are used, and why", &explain);
        auto* const process =
            add("credential-process", "Prints credentials for a profile's credential_process",
                &credential_process);
        process->add_flag("--show-secrets", chosen_.show_secrets, "Even on a terminal");
        add("exec", "Runs a program with the credentials: exec -- CMD...", &exec);
        auto* const server =
            add("serve", "Hands out credentials on the loopback until it is interrupted", &serve);
        server->add_option("--port", chosen_.port, "Where to listen; otherwise any free port");
        server->add_option("--token-file", chosen_.token_file, "Where to put the token");
        server->add_flag("--show-secrets", chosen_.show_secrets, "Even on a terminal");
        app_.footer(
            "Exit status: 0 done, 1 AWS or the credentials said no, 2 wrong usage;\n"
            "             exec: that of the program.");
    }

    int run(int count, char** words) {
        const int own = split(count, words);
        try {
            app_.parse(own, words);
        } catch (const CLI::ParseError& why) {
            return app_.exit(why) == 0 ? done : wrong_usage;
        }
        if (!chosen_.command.empty() && chosen_action_ != &exec)
            return refuse("only exec takes a program to run", "exec -- CMD...");
        const auto session = session_of(chosen_);
        if (!session) return report(session.error());
        return chosen_action_(*session, chosen_);
    }

private:
    CLI::App* add(const char* name, const char* help, command action) {
        CLI::App* const made = app_.add_subcommand(name, help);
        made->callback([this, action] { chosen_action_ = action; });
        return made;
    }

    /// Keeps what follows `--`, as it is, and tells how many words come before.
    int split(int count, char** words) {
        for (int i = 1; i < count; ++i)
            if (std::string_view(words[i]) == "--") {
                chosen_.command.assign(words + i + 1, words + count);
                return i;
            }
        return count;
    }

    CLI::App app_{"Who am I on AWS, why, and how do other programs become the same?"};
    choices chosen_{};
    command chosen_action_ = nullptr;
};

}  // namespace

int main(int count, char** words) { return command_line().run(count, words); }
