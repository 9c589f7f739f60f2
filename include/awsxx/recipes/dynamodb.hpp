// SPDX-License-Identifier: MIT
// Whole tables of Amazon DynamoDB.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/model/value.hpp>
#include <awsxx/recipes/listing.hpp>
#include <awsxx/services/dynamodb.hpp>
#include <awsxx/session.hpp>

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::dynamodb {

namespace api = awsxx::dynamodb;

namespace detail {

template <class Number>
void add(std::optional<Number>& to, const std::optional<Number>& more) {
    if (more) to = to.value_or(Number{}) + *more;
}
inline void add(api::capacity& to, const api::capacity& more) {
    add(to.capacity_units, more.capacity_units);
    add(to.read_capacity_units, more.read_capacity_units);
    add(to.write_capacity_units, more.write_capacity_units);
}
inline void add(std::map<std::string, api::capacity>& to,
                const std::map<std::string, api::capacity>& more) {
    for (const auto& [index, units] : more) add(to[index], units);
}
inline void add(maybe<api::consumed_capacity>& to, const maybe<api::consumed_capacity>& more) {
    if (!more) return;
    if (!to) to.emplace().table_name = more->table_name;
    add(to->capacity_units, more->capacity_units);
    add(to->read_capacity_units, more->read_capacity_units);
    add(to->write_capacity_units, more->write_capacity_units);
    if (more->table && !to->table) to->table.emplace();
    if (more->table) add(*to->table, *more->table);
    add(to->local_secondary_indexes, more->local_secondary_indexes);
    add(to->global_secondary_indexes, more->global_secondary_indexes);
}

inline void add_page(api::scan_output& all, api::scan_output&& page) {
    append(all.items, std::move(page.items));
    add(all.count, page.count);
    add(all.scanned_count, page.scanned_count);
    add(all.consumed_capacity, page.consumed_capacity);
}

}  // namespace detail

/// All items of a table or index that the filter lets through.
///
///     const auto all = awsxx::recipes::dynamodb::scan({.table_name = "visits"});
///
/// Counts and consumed capacity are those of all pages; there is no key to go on from. `limit` is
/// that of a page. Fails as a whole if a page does.
template <class By = session>
expected<api::scan_output> try_scan(api::scan what, const By& by = default_session()) {
    return all_pages(std::move(what), by, detail::add_page);
}

#if defined(__cpp_exceptions)
template <class By = session>
auto scan(api::scan what, const By& by = default_session()) {
    return value_or_raise(try_scan(std::move(what), by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::dynamodb
