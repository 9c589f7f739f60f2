// SPDX-License-Identifier: MIT
// What targets of a fan-out tell of themselves, and which of them earlier runs have done.
#pragma once

#include <awsxx/accounts/fan_out_state.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <concepts>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

namespace detail::fan_out {

/// Which targets of a state were done before this: an address each, and no copy of the state, which
/// grows meanwhile.
class earlier_targets {
public:
    explicit earlier_targets(const fan_out_state& of) {
        all_.reserve(of.done().size());
        for (const std::string& one : of.done()) all_.push_back(&one);
        std::sort(all_.begin(), all_.end(), std::less<>());
    }
    /// `now`: that state, or what it was moved to.
    bool has(const fan_out_state& now, std::string_view id) const {
        const auto found = now.done().find(id);
        return found != now.done().end() &&
               std::binary_search(all_.begin(), all_.end(), &*found, std::less<>());
    }

private:
    std::vector<const std::string*> all_{};
};

template <class T>
concept text_like =
    std::convertible_to<const T&, std::string> || std::convertible_to<const T&, std::string_view>;

template <text_like T>
std::string text_of(const T& one) {
    if constexpr (std::convertible_to<const T&, std::string>)
        return one;
    else
        return std::string(std::string_view(one));
}

/// Text that tells a target from others: its `id()`, or what it is itself.
template <class T>
std::string id_of(const T& target) {
    if constexpr (requires {
                      { target.id() } -> text_like;
                  })
        return text_of(target.id());
    else if constexpr (text_like<T>)
        return text_of(target);
    else {
        static_assert(std::is_integral_v<T>,
                      "a target has to have an id(), or be text or a number");
        return std::to_string(target);
    }
}

/// Why a target is not to be called at all, if it can tell.
template <class T>
std::optional<error> refusal_of(const T& target) {
    if constexpr (requires {
                      { target.refusal() } -> std::same_as<std::optional<error>>;
                  })
        return target.refusal();
    else
        return {};
}

/// The error of a target in its own words, if it has any.
template <class T>
error explained(const T& target, error why) {
    if constexpr (requires {
                      { target.explained(std::move(why)) } -> std::same_as<error>;
                  })
        return target.explained(std::move(why));
    else
        return why;
}

}  // namespace detail::fan_out

}  // namespace awsxx::inline AWSXX_ABI::accounts
