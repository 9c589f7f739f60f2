// SPDX-License-Identifier: MIT
// Shows how far work over many targets is: a bar on a terminal, now and then a line elsewhere.
#pragma once

#include <awsxx/accounts/fan_out.hpp>

#include <cstddef>
#include <ostream>
#include <string>

/// For the `progress` of a fan-out. Draws when a per cent more is done, so that a million targets
/// are no million lines.
class progress_bar {
public:
    progress_bar(std::ostream& to, bool on_terminal) : to_(&to), on_terminal_(on_terminal) {}

    void show(const awsxx::accounts::fan_out_progress& now) {
        const std::size_t total = now.total.value_or(0);
        const std::size_t percent = total == 0 ? 0 : now.settled() * 100 / total;
        const std::size_t step = on_terminal_ ? 1 : 25;
        if (percent / step == last_ / step && now.settled() != total) return;
        last_ = percent;
        if (on_terminal_)
            draw(now, percent);
        else
            *to_ << text(now, percent) << '\n';
        if (on_terminal_ && now.settled() == total) *to_ << '\n';
        to_->flush();
    }

private:
    static std::string text(const awsxx::accounts::fan_out_progress& now, std::size_t percent) {
        std::string line = std::to_string(percent) +
                           " %: " + std::to_string(now.done + now.done_before) + " done, " +
                           std::to_string(now.failed) + " failed";
        if (now.total) line += ", " + std::to_string(*now.total - now.settled()) + " to go";
        return line;
    }
    void draw(const awsxx::accounts::fan_out_progress& now, std::size_t percent) {
        constexpr std::size_t width = 30;
        const std::size_t filled = percent * width / 100;
        *to_ << "\r\x1b[K[" << std::string(filled, '#') << std::string(width - filled, '.') << "] "
             << text(now, percent);
    }

    std::ostream* to_;
    bool on_terminal_;
    std::size_t last_ = 0;
};
