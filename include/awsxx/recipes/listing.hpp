// SPDX-License-Identifier: MIT
// Listings as a whole: every page is fetched, and what all of them hold lies in memory.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/page_tokens.hpp>
#include <awsxx/runtime/pages.hpp>

#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::recipes {

/// An element of a listing of that operation.
template <runtime::listing Op, class By>
using item_of = typename runtime::item_reader<By, Op>::item;

/// The items of all pages. The first page that fails fails the listing, and a token that repeats
/// does (`RepeatedToken`): half a list looks like a whole one. For lists too long to lie in memory,
/// a session's `items` hands out one after the other.
template <runtime::listing Op, class By>
expected<std::vector<item_of<Op, By>>> all_items(Op what, const By& by) {
    std::vector<item_of<Op, By>> all;
    for (auto& one : by.try_items(std::move(what))) {
        if (!one) return std::move(one).error();
        all.push_back(*std::move(one));
    }
    return all;
}

/// All pages made one: `add(all, page)` adds a page to those before. Fails as `all_items` does.
template <runtime::paged Op, class By, class Add>
expected<typename Op::output> all_pages(Op what, const By& by, Add add) {
    typename Op::output all;
    for (auto& page : by.try_pages(std::move(what))) {
        if (!page) return std::move(page).error();
        add(all, *std::move(page));
    }
    return all;
}

/// Puts the elements of one list behind those of another.
template <class T>
void append(std::vector<T>& all, std::vector<T>&& more) {
    for (T& one : more) all.push_back(std::move(one));
}

}  // namespace awsxx::inline AWSXX_ABI::recipes
