// SPDX-License-Identifier: MIT
// Which targets of a job are done, in a form that outlives the program.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/percent.hpp>

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::accounts {

/// What a later run need not do again. Has names of targets in it and nothing else: no results, no
/// errors, no keys.
class fan_out_state {
public:
    /// Of the text of a state.
    static constexpr std::size_t most_bytes = std::size_t{64} << 20;

    fan_out_state() = default;
    /// `job`: what the work is, so that the state of another job is not taken for it.
    explicit fan_out_state(std::string job) : job_(std::move(job)) {}

    const std::string& job() const noexcept { return job_; }
    const std::set<std::string, std::less<>>& done() const noexcept { return done_; }
    bool is_done(std::string_view target) const { return done_.contains(target); }
    void add(std::string target) { done_.insert(std::move(target)); }

    /// As lines of text; the last one tells how many there are.
    std::string text() const {
        std::string all = "awsxx fan-out 1\njob ";
        all.append(written(job_)).append("\n");
        for (const std::string& one : done_) all.append("done ").append(written(one)).append("\n");
        return all.append("end ").append(std::to_string(done_.size())).append("\n");
    }
    /// Reads such text. Fails with `BadFanOutState`, which names the line, where it is anything
    /// else, a part of such text included.
    static expected<fan_out_state> parse(std::string_view text) {
        if (text.size() > most_bytes) return bad(1, "the text is too large");
        fan_out_state found;
        if (text::take_until(text, '\n') != "awsxx fan-out 1") return bad(1, "no fan-out state");
        std::string_view line = text::take_until(text, '\n');
        if (!read(line, "job ", found.job_)) return bad(2, "expected the job");
        for (std::size_t number = 3;; ++number) {
            line = text::take_until(text, '\n');
            std::string one;
            if (read(line, "done ", one)) {
                found.done_.insert(std::move(one));
                continue;
            }
            if (!line.starts_with("end ")) return bad(number, "expected a target or the end");
            line.remove_prefix(4);
            if (text::parse_number<std::size_t>(line) != found.done_.size() || !text.empty())
                return bad(number, "targets are missing");
            return found;
        }
    }

    friend bool operator==(const fan_out_state&, const fan_out_state&) = default;

private:
    static bool is_plain(char c) noexcept { return c > ' ' && c < 0x7f && c != '%'; }
    static std::string written(std::string_view name) {
        constexpr char digits[] = "0123456789ABCDEF";
        std::string out;
        for (const char c : name) {
            const auto byte = static_cast<unsigned char>(c);
            if (is_plain(c))
                out += c;
            else
                out.append({'%', digits[byte >> 4U], digits[byte & 15U]});
        }
        return out;
    }
    static bool read(std::string_view line, std::string_view word, std::string& into) {
        if (!line.starts_with(word)) return false;
        line.remove_prefix(word.size());
        for (const char c : line)
            if (!is_plain(c) && c != '%') return false;
        auto plain = http::decoded(line);
        if (!plain) return false;
        into = *std::move(plain);
        return true;
    }
    AWSXX_COLD static error bad(std::size_t line, const char* what) {
        return {.kind = error_kind::invalid_argument,
                .code = "BadFanOutState",
                .message = "line " + std::to_string(line) + ": " + what};
    }

    std::string job_{};
    std::set<std::string, std::less<>> done_{};
};

/// Puts a state into a file; who reads it meanwhile sees the old one. Fails with `BadFanOutState`
/// for one of more than 64 MiB, which nobody would read again, and leaves the file as it is.
inline expected<void> save(const fan_out_state& state, file_system& files,
                           const std::string& path) {
    const std::string text = state.text();
    if (text.size() <= fan_out_state::most_bytes) return files.write(path, text);
    return error{.kind = error_kind::invalid_argument,
                 .code = "BadFanOutState",
                 .message = path + ": the state is too large for a file"};
}

/// The state that a job has left in a file: a fresh one where there is no file. Fails with
/// `AnotherJob` where the file is of another job.
inline expected<fan_out_state> try_load(const file_system& files, const std::string& path,
                                        std::string job) {
    const auto bytes = files.read(path, fan_out_state::most_bytes);
    if (!bytes && bytes.error().kind == error_kind::not_found) return fan_out_state(std::move(job));
    if (!bytes) return bytes.error();
    auto found = fan_out_state::parse(*bytes);
    if (!found)
        return caused_by(
            {.kind = error_kind::configuration, .code = "BadFanOutState", .message = path},
            std::move(found).error());
    if (found->job() != job)
        return error{
            .kind = error_kind::invalid_argument,
            .code = "AnotherJob",
            .message = path + " is the state of '" + found->job() + "', not of '" + job + "'"};
    return found;
}

}  // namespace awsxx::inline AWSXX_ABI::accounts
