// SPDX-License-Identifier: MIT
// Credentials that a program prints: credential_process.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/command_words.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/process.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/credentials_json.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/runtime/configuration.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// Which program to run.
struct process_options {
    /// As the setting credential_process has it; split into words by `split_command`.
    std::string command{};
    std::string account_id{};  ///< Where the program does not tell.
    /// What errors and explanations call it. Empty: credential_process and the program.
    std::string source{};
    process_limits limits{};
};

namespace detail::process_credentials {

/// The first lines of what a program complained about, fit to be shown.
inline std::string beginning(std::string_view complaint) {
    constexpr std::size_t most = 300;
    std::string shown;
    for (int line = 0; line < 3 && !complaint.empty();) {
        const std::string_view text = text::trimmed(text::take_until(complaint, '\n'));
        if (text.empty()) continue;
        shown.append(shown.empty() ? "" : "; ").append(text);
        ++line;
    }
    if (shown.size() > most) shown.resize(most);
    for (char& c : shown)
        if (!text::is_printable(c)) c = ' ';
    return shown;
}

inline void redact(std::string& in, std::string_view word) {
    constexpr std::size_t shortest = 6;  // others would hide more than they protect
    constexpr std::string_view instead = "[redacted]";
    if (word.size() < shortest) return;
    for (std::size_t at = in.find(word); at != in.npos; at = in.find(word, at + instead.size()))
        in.replace(at, word.size(), instead);
}

/// A complaint without the arguments that the program was given and the words that it printed.
inline std::string redacted(std::string_view complaint, const std::vector<std::string>& command,
                            std::string_view out) {
    constexpr std::size_t looked_at = 4096;  // more than is shown
    std::string text(complaint.substr(0, looked_at));
    for (std::size_t i = 1; i < command.size(); ++i) redact(text, command[i]);
    const auto is_in_word = [](char c) {
        return text::is_alnum(c) || c == '+' || c == '/' || c == '=' || c == '-' || c == '_';
    };
    for (auto at = out.begin(); at != out.end();) {
        const auto begin = std::find_if(at, out.end(), is_in_word);
        at = std::find_if_not(begin, out.end(), is_in_word);
        redact(text, std::string_view(begin, at));
    }
    return text;
}

/// One run of the program.
class fetch final : public staged_renewal {
public:
    fetch(std::shared_ptr<const process_options> how, std::vector<std::string> command,
          std::shared_ptr<const runtime::configuration> from)
        : how_(std::move(how)), command_(std::move(command)), from_(std::move(from)) {}

private:
    void begin() override {
        then_work([this] { run(); });
    }
    void run() {
        auto ran = from_->outside().processes->run(command_, how_->limits);
        if (!ran) return fail(ran.error());
        auto keys = read(*ran);
        wipe(ran->out);
        wipe(ran->err);
        if (!keys) return fail(keys.error());
        finish(std::make_shared<const credentials>(*std::move(keys)));
    }
    expected<credentials> read(const process_output& left) const {
        if (left.exit_status != 0) return failure(left, command_);
        auto keys = parse_credentials_json(left.out, {.versioned = true});
        if (!keys) return keys;
        const instant now = from_->outside().time->now() + from_->skew().current();
        if (keys->expiration && *keys->expiration <= now)
            return error{.kind = error_kind::credentials,
                         .code = "ExpiredCredentials",
                         .message = "the program gave credentials that expired at " +
                                    format_date(*keys->expiration, date_format::date_time)};
        if (keys->account_id.empty()) keys->account_id = how_->account_id;
        keys->source = source();
        keys->via = auth::feature::credentials_process;
        return keys;
    }
    static error failure(const process_output& left, const std::vector<std::string>& command) {
        std::string message = "exit status " + std::to_string(left.exit_status);
        std::string complaint = redacted(left.err, command, left.out);
        if (const std::string why = beginning(complaint); !why.empty())
            message.append(": ").append(why);
        wipe(complaint);
        return {.kind = error_kind::credentials,
                .code = "ProgramFailed",
                .message = std::move(message)};
    }
    void fail(const error& why) {
        const auto kind = why.kind == error_kind::not_found ? error_kind::configuration : why.kind;
        finish(caused_by({.kind = kind,
                          .retryable = why.retryable,
                          .code = "NoProcessCredentials",
                          .message = source()},
                         why));
    }
    std::string source() const {
        return how_->source.empty() ? "credential_process " + command_.front() : how_->source;
    }

    std::shared_ptr<const process_options> how_;
    std::vector<std::string> command_;
    std::shared_ptr<const runtime::configuration> from_;
};

}  // namespace detail::process_credentials

/// Runs a program for each fetch and reads what it prints:
/// `{"Version":1,"AccessKeyId":"...","SecretAccessKey":"...","SessionToken":"...","Expiration":"..."}`.
///
/// No shell is involved; the program cannot ask on the terminal. Without an Expiration it is run
/// once. Its complaints (standard error) are told if it fails; its output and its arguments never.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
class process_credentials final : public credentials_provider {
public:
    process_credentials(process_options how, std::shared_ptr<const runtime::configuration> from)
        : how_(std::make_shared<const process_options>(std::move(how))), from_(std::move(from)) {}

    resolution resolve(instant) override {
        auto command = split_command(how_->command);
        if (command)
            return std::make_shared<detail::process_credentials::fetch>(how_, *std::move(command),
                                                                        from_);
        return caused_by({.kind = error_kind::configuration,
                          .code = "NoProcessCredentials",
                          .message = how_->source.empty() ? "credential_process" : how_->source},
                         std::move(command).error());
    }
    bool invalidate(const credentials&, instant) override { return true; }

private:
    std::shared_ptr<const process_options> how_;
    std::shared_ptr<const runtime::configuration> from_;
};

}  // namespace awsxx::inline AWSXX_ABI
