// SPDX-License-Identifier: MIT
// Products of AWS Service Catalog, and what became of them.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/recipes/listing.hpp>
#include <awsxx/services/service_catalog.hpp>
#include <awsxx/session.hpp>

#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::recipes::servicecatalog {

namespace api = awsxx::service_catalog;

namespace detail {

/// The model does not say that this operation has pages. It does.
struct whole_scan : api::scan_provisioned_products {
    template <class D>
    struct wire : api::scan_provisioned_products::wire<D> {
        static constexpr auto input_token = &api::scan_provisioned_products::page_token;
        static constexpr auto output_token =
            &api::scan_provisioned_products_output::next_page_token;
        static constexpr auto items = &api::scan_provisioned_products_output::provisioned_products;
    };
};

}  // namespace detail

/// All outputs of a provisioned product, which its id or its name tells, or those of these keys.
template <class By = session>
expected<std::vector<api::record_output>> try_get_provisioned_product_outputs(
    api::get_provisioned_product_outputs what, const By& by = default_session()) {
    return all_items(std::move(what), by);
}

/// All provisioned products that the access level shows; by default, the caller's own.
template <class By = session>
expected<std::vector<api::provisioned_product_detail>> try_scan_provisioned_products(
    api::scan_provisioned_products what = {}, const By& by = default_session()) {
    return all_items(detail::whole_scan{std::move(what)}, by);
}

/// All products that fit the filters, for end users.
template <class By = session>
expected<std::vector<api::product_view_summary>> try_search_products(
    api::search_products what = {}, const By& by = default_session()) {
    return all_items(std::move(what), by);
}

/// All provisioned products that fit the filters.
template <class By = session>
expected<std::vector<api::provisioned_product_attribute>> try_search_provisioned_products(
    api::search_provisioned_products what = {}, const By& by = default_session()) {
    return all_items(std::move(what), by);
}

#if defined(__cpp_exceptions)
template <class By = session>
auto get_provisioned_product_outputs(api::get_provisioned_product_outputs what,
                                     const By& by = default_session()) {
    return value_or_raise(try_get_provisioned_product_outputs(std::move(what), by));
}
template <class By = session>
auto scan_provisioned_products(api::scan_provisioned_products what = {},
                               const By& by = default_session()) {
    return value_or_raise(try_scan_provisioned_products(std::move(what), by));
}
template <class By = session>
auto search_products(api::search_products what = {}, const By& by = default_session()) {
    return value_or_raise(try_search_products(std::move(what), by));
}
template <class By = session>
auto search_provisioned_products(api::search_provisioned_products what = {},
                                 const By& by = default_session()) {
    return value_or_raise(try_search_provisioned_products(std::move(what), by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::servicecatalog
