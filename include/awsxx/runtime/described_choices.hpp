// SPDX-License-Identifier: MIT
// Limits, renewal and caches as code has chosen them, as a list that people can read.
#pragma once

#include <awsxx/config/described.hpp>
#include <awsxx/config/resolved.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/settings.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::runtime {

namespace detail::described_choices {

inline std::string text_of(milliseconds time) {
    if (time == milliseconds::zero()) return "none";
    if (time.count() % 1000 == 0) return std::to_string(time.count() / 1000) + " s";
    return std::to_string(time.count()) + " ms";
}

inline void add(std::vector<config::described_setting>& to, const char* name, milliseconds chosen,
                milliseconds usual) {
    to.push_back({name, text_of(chosen), chosen == usual ? "" : "code"});
}

inline void add_limits(std::vector<config::described_setting>& to, const configuration& from,
                       const config::resolved& all) {
    const http::limits usual;
    const http::limits chosen = from.choices().limits;
    const http::limits used = from.limits(all);
    add(to, "limits.connect", used.connect, usual.connect);
    if (used.connect != chosen.connect)
        to.back().source = "defaults_mode " + all.defaults_mode.value;
    add(to, "limits.first_byte", used.first_byte, usual.first_byte);
    add(to, "limits.no_progress", used.no_progress, usual.no_progress);
    add(to, "limits.total", used.total, usual.total);
    to.push_back({"limits.answer_bytes", std::to_string(used.answer_bytes),
                  used.answer_bytes == usual.answer_bytes ? "" : "code"});
    add(to, "call_timeout", from.choices().call_timeout, {});
}

inline void add_window(std::vector<config::described_setting>& to, const char* name,
                       const std::optional<milliseconds>& chosen) {
    to.push_back(
        {name, chosen ? text_of(*chosen) : "as the keys' lifetime says", chosen ? "code" : ""});
}

inline config::described_setting cache(const credentials_files& chosen) {
    if (chosen.mode == credentials_files::use::none) return {"credentials_cache", "none", ""};
    std::string value = chosen.mode == credentials_files::use::read ? "read" : "read_write";
    value.append(", ").append(chosen.folder.empty() ? "~/.aws/cli/cache" : chosen.folder);
    value.append(", from ").append(text_of(chosen.least_left)).append(" left on");
    return {"credentials_cache", std::move(value), "code"};
}

}  // namespace detail::described_choices

/// What no environment variable and no file can say, `limits.connect` aside.
inline std::vector<config::described_setting> describe_choices(const configuration& from,
                                                               const config::resolved& all) {
    namespace own = detail::described_choices;
    std::vector<config::described_setting> list;
    own::add_limits(list, from, all);
    own::add_window(list, "refresh.advisory", from.choices().refresh.advisory);
    own::add_window(list, "refresh.mandatory", from.choices().refresh.mandatory);
    list.push_back(own::cache(from.choices().credentials_cache));
    return list;
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
