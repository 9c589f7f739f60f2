// SPDX-License-Identifier: MIT
// How a table says that one page of a listing leads to the next, and what follows from it.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/model/path.hpp>

#include <concepts>
#include <type_traits>

namespace awsxx::inline AWSXX_ABI::runtime {

/// An operation whose table says how one page leads to the next, by constants in its `wire`:
///
/// - `input_token`: a member of the input, as `&list_users::marker`.
/// - `output_token`: a member of the output, as `&list_users_response::marker`.
/// - `items`, if there are any: `&list_users_response::users`.
/// - `more_results`, if it is there: `&list_users_response::is_truncated`.
///
/// Those of the output may lie in structures, which may be absent: a constant of the type
/// `model::path<&list_response::list, &iam::list::next_marker>`. A listing may go on from several
/// tokens, in the same order in both: `model::members<&list_versions::key, &list_versions::id>`.
///
/// A token is text, a secret, a number, a list, a map or a structure, as such or in an optional,
/// `maybe` or `box`. `items` is a list, or a map whose items are pairs. `more_results` is a bool,
/// or one in an optional: false ends the listing whatever the token is.
template <class Op>
concept paged = requires {
    typename Op::output;
    Op::template wire<void>::input_token;
    Op::template wire<void>::output_token;
};

/// What comes behind a page.
enum class following : unsigned char {
    page,
    nothing,    ///< The page has no token, or an empty one.
    same_page,  ///< Its tokens are those that it was asked for with.
};

/// An operation whose pages hold a list or a map of items.
template <class Op>
concept listing = paged<Op> && requires {
    Op::template wire<void>::items;
};

namespace detail::page_tokens {

using model::detail::path::present;

/// The token itself, out of what it may be in; null where there is none.
template <class Token>
auto* held(Token* token) noexcept {
    using bare = std::remove_pointer_t<decltype(present(*token))>;
    return token != nullptr ? present(*token) : static_cast<bare*>(nullptr);
}

/// An empty text is no token: some services end so.
template <class Token>
bool is_blank(const Token* token) {
    const auto* value = held(token);
    if (value == nullptr) return true;
    if constexpr (requires { value->empty(); })
        return value->empty();
    else
        return false;
}

/// Tokens of other types than text and numbers are taken for different.
template <class Sent, class Got>
bool is_same(const Sent* sent, const Got* got) {
    const auto* before = held(sent);
    const auto* now = held(got);
    using bare = std::remove_cvref_t<decltype(*now)>;
    if constexpr (
        std::is_arithmetic_v<bare> || requires { now->c_str(); } || requires { now->expose(); })
        return before != nullptr && now != nullptr && *before == *now;
    else
        return false;
}

/// What one page says of the next, over all of its tokens.
struct outlook {
    bool more = false;   ///< There is a token.
    bool moved = false;  ///< One that was not sent already.

    void add(const outlook& other) noexcept {
        more |= other.more;
        moved |= other.moved;
    }
    following result() const noexcept {
        if (!more) return following::nothing;
        return moved ? following::page : following::same_page;
    }
};

template <class Op, class Page, class In, class Out>
outlook look(Op& op, const Page& page, In input, Out output) {
    const auto* sent = model::reach(op, input);
    const auto* got = model::reach(page, output);
    if (is_blank(got)) return {.more = false, .moved = !is_blank(sent)};
    return {.more = true, .moved = !is_same(sent, got)};
}

template <class Op, class Page, class In, class Out>
void carry(Op& op, const Page& page, In input, Out output) {
    auto* sent = model::reach(op, input);
    const auto* got = model::reach(page, output);
    if (is_blank(got))
        *sent = {};
    else
        *sent = *held(got);
}

template <class Op, class Page, class In, class Out>
following advance(Op& op, const Page& page, In input, Out output) {
    const outlook seen = look(op, page, input, output);
    if (seen.result() == following::page) carry(op, page, input, output);
    return seen.result();
}
template <class Op, class Page, auto... In, auto... Out>
following advance(Op& op, const Page& page, model::members<In...>, model::members<Out...>) {
    static_assert(sizeof...(In) == sizeof...(Out), "a token of the output for each of the input");
    outlook seen;
    (seen.add(look(op, page, In, Out)), ...);
    if (seen.result() == following::page) (carry(op, page, In, Out), ...);
    return seen.result();
}

template <class Page, class Member>
bool says_no(const Page& page, Member more_results) {
    const auto* more = held(model::reach(page, more_results));
    return more != nullptr && !*more;
}

}  // namespace detail::page_tokens

/// Makes `op` ask for what comes behind `page`, if that is a page.
template <paged Op>
following advance(Op& op, const typename Op::output& page) {
    using wire = typename Op::template wire<void>;
    if constexpr (requires { wire::more_results; })
        if (detail::page_tokens::says_no(page, wire::more_results)) return following::nothing;
    return detail::page_tokens::advance(op, page, wire::input_token, wire::output_token);
}

/// The page is known to have no items.
template <paged Op>
bool is_empty(const typename Op::output& page) {
    if constexpr (listing<Op>) {
        const auto* items = model::reach(page, Op::template wire<void>::items);
        return items == nullptr || items->empty();
    } else {
        return false;
    }
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
