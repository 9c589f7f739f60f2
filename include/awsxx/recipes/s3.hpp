// SPDX-License-Identifier: MIT
// Objects of Amazon S3, and which there are.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/percent.hpp>
#include <awsxx/recipes/listing.hpp>
#include <awsxx/services/s3.hpp>
#include <awsxx/session.hpp>

#include <type_traits>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::recipes::s3 {

namespace api = awsxx::s3;

namespace detail {

/// Gives back the keys of a page that were encoded as forms are: a space is a plus sign.
inline expected<void> decode_keys(api::list_objects_v2_output& page) {
    for (auto& one : page.contents) {
        for (char& c : one.key)
            if (c == '+') c = ' ';
        auto key = http::decoded(one.key);
        if (!key)
            return caused_by({.kind = error_kind::malformed_answer,
                              .code = "MalformedAnswer",
                              .message = "a key is not encoded as it should be"},
                             std::move(key).error());
        one.key = *std::move(key);
    }
    return {};
}

}  // namespace detail

/// An object, its bytes in `body`. They are counted and, where S3 has a checksum for them, checked.
template <class By = session>
    requires(!std::is_convertible_v<By*, http::body_sink*>)
expected<api::get_object_output> try_get_object(const api::get_object& what,
                                                const By& by = default_session()) {
    return by.try_call(what);
}
/// The same with the bytes going to `into` as they come, for large objects. They are checked when
/// all have come: what a failed call has written is not to be used.
template <class By = session>
expected<api::get_object_output> try_get_object(const api::get_object& what, http::body_sink& into,
                                                const By& by = default_session()) {
    return by.try_call(what, into);
}

/// All buckets of the account.
template <class By = session>
expected<std::vector<api::bucket>> try_list_buckets(api::list_buckets what = {},
                                                    const By& by = default_session()) {
    return all_items(std::move(what), by);
}

/// All objects of a bucket, or those whose keys begin with a prefix.
///
///     const auto mine = awsxx::recipes::s3::list_bucket_contents(
///         {.bucket = "photos", .prefix = "2026/"});
///
/// Keys come as they are, with every character that S3 allows, unless the caller asks for another
/// encoding. With a delimiter, what is below it is left out.
template <class By = session>
expected<std::vector<api::object>> try_list_bucket_contents(api::list_objects_v2 what,
                                                            const By& by = default_session()) {
    // XML has no way to write some of the characters that keys may have.
    const bool plain = what.encoding_type.empty();
    if (plain) what.encoding_type = api::encoding_type::url;
    std::vector<api::object> all;
    for (auto& page : by.try_pages(std::move(what))) {
        if (!page) return std::move(page).error();
        if (plain && page->encoding_type == api::encoding_type::url)
            if (auto done = detail::decode_keys(*page); !done) return std::move(done).error();
        append(all, std::move(page->contents));
    }
    return all;
}

#if defined(__cpp_exceptions)
template <class By = session>
    requires(!std::is_convertible_v<By*, http::body_sink*>)
auto get_object(const api::get_object& what, const By& by = default_session()) {
    return value_or_raise(try_get_object(what, by));
}
template <class By = session>
auto get_object(const api::get_object& what, http::body_sink& into,
                const By& by = default_session()) {
    return value_or_raise(try_get_object(what, into, by));
}
template <class By = session>
auto list_buckets(api::list_buckets what = {}, const By& by = default_session()) {
    return value_or_raise(try_list_buckets(std::move(what), by));
}
template <class By = session>
auto list_bucket_contents(api::list_objects_v2 what, const By& by = default_session()) {
    return value_or_raise(try_list_bucket_contents(std::move(what), by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3
