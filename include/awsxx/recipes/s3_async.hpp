// SPDX-License-Identifier: MIT
// Uploads and downloads of objects of any size on a program's own event loop.
//
//     awsxx::event_loop loop;
//     awsxx::recipes::s3::async_download_file(loop, "report.txt", {.bucket = "b", .key = "k"}, base, {},
//                                             [](auto done) { show(done); });
//     loop.run();
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/recipes/s3_download_flow.hpp>
#include <awsxx/recipes/s3_download_options.hpp>
#include <awsxx/recipes/s3_flow.hpp>
#include <awsxx/recipes/s3_upload_flow.hpp>
#include <awsxx/recipes/s3_upload_options.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/services/s3.hpp>

#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::s3 {

namespace detail {

// Coroutines that have all that they are made of, but for the loop and the sink.
// NOLINTNEXTLINE(readability-function-size): where it runs, and what is uploaded by whom and how
template <class By>
flow<expected<upload_result>> own_upload(event_loop& on, awsxx::s3::put_object what, By by,
                                         upload_options how) {
    co_return co_await upload::body(on, what, by, how);
}
// NOLINTNEXTLINE(readability-function-size): the same
template <class By>
flow<expected<upload_result>> own_upload_file(event_loop& on, std::string path,
                                              awsxx::s3::put_object what, By by,
                                              upload_options how) {
    co_return co_await upload::file(on, path, std::move(what), by, how);
}
// NOLINTNEXTLINE(readability-function-size): the same
template <class By>
flow<expected<download_result>> own_download(event_loop& on, awsxx::s3::get_object what,
                                             http::body_sink& into, By by, download_options how) {
    co_return co_await download::into_sink(on, what, into, by, how);
}
// NOLINTNEXTLINE(readability-function-size): the same
template <class By>
flow<expected<download_result>> own_download_file(event_loop& on, std::string path,
                                                  awsxx::s3::get_object what, By by,
                                                  download_options how) {
    co_return co_await download::into_file(on, path, what, by, how);
}

}  // namespace detail

/// Transfers that are awaited by a coroutine on the loop's thread: as the blocking functions of those
/// names, whose machine this is. Nothing is done before they are awaited. One that is destroyed
/// ends its calls; an upload in parts is not given up then. Files are read and checksums made on the
/// loop's thread, part by part; so is the region looked for that only `settings::region_source` knows.
template <class By>
auto try_co_upload(event_loop& on, const awsxx::s3::put_object& what, const By& by,
                   const upload_options& how = {}) {
    return detail::own_upload<By>(on, what, by, how);
}
// NOLINTNEXTLINE(readability-function-size): where it runs, and what is uploaded by whom and how
template <class By>
auto try_co_upload_file(event_loop& on, const std::string& path, const awsxx::s3::put_object& what,
                        const By& by, const upload_options& how = {}) {
    return detail::own_upload_file<By>(on, path, what, by, how);
}
/// `into` lives as long as the transfer.
// NOLINTNEXTLINE(readability-function-size): the same
template <class By>
auto try_co_download(event_loop& on, const awsxx::s3::get_object& what, http::body_sink& into,
                     const By& by, const download_options& how = {}) {
    return detail::own_download<By>(on, what, into, by, how);
}
// NOLINTNEXTLINE(readability-function-size): the same
template <class By>
auto try_co_download_file(event_loop& on, const std::string& path,
                          const awsxx::s3::get_object& what, const By& by,
                          const download_options& how = {}) {
    return detail::own_download_file<By>(on, path, what, by, how);
}

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
// This compiler copies temporaries inside co_await byte by byte: name operation and options before.
template <class By, class... How>
void try_co_upload(event_loop&, const awsxx::s3::put_object&&, const By&, How&&...) = delete;
template <class By>
void try_co_upload(event_loop&, const awsxx::s3::put_object&, const By&,
                   const upload_options&&) = delete;
template <class By, class... How>
void try_co_upload_file(event_loop&, const std::string&, const awsxx::s3::put_object&&, const By&,
                        How&&...) = delete;
template <class By>
void try_co_upload_file(event_loop&, const std::string&, const awsxx::s3::put_object&, const By&,
                        const upload_options&&) = delete;
template <class By, class... How>
void try_co_download(event_loop&, const awsxx::s3::get_object&&, http::body_sink&, const By&,
                     How&&...) = delete;
template <class By>
void try_co_download(event_loop&, const awsxx::s3::get_object&, http::body_sink&, const By&,
                     const download_options&&) = delete;
template <class By, class... How>
void try_co_download_file(event_loop&, const std::string&, const awsxx::s3::get_object&&, const By&,
                          How&&...) = delete;
template <class By>
void try_co_download_file(event_loop&, const std::string&, const awsxx::s3::get_object&, const By&,
                          const download_options&&) = delete;
#endif

/// The same with a function that gets the `expected` result, on the loop's thread and not from in here.
/// A loop that is destroyed ends them with `LoopEnded`.
// NOLINTNEXTLINE(readability-function-size): where it runs, what is uploaded, and whom to tell
template <class By, class Then>
void async_upload(event_loop& on, awsxx::s3::put_object what, const By& by, upload_options how,
                  Then then) {
    detail::tell(on, by.core(), detail::own_upload<By>(on, std::move(what), by, std::move(how)),
                 std::move(then));
}
// NOLINTNEXTLINE(readability-function-size): the same
template <class By, class Then>
void async_upload_file(event_loop& on, std::string path, awsxx::s3::put_object what, const By& by,
                       upload_options how, Then then) {
    detail::tell(
        on, by.core(),
        detail::own_upload_file<By>(on, std::move(path), std::move(what), by, std::move(how)),
        std::move(then));
}
// NOLINTNEXTLINE(readability-function-size): the same
template <class By, class Then>
void async_download(event_loop& on, awsxx::s3::get_object what, http::body_sink& into, const By& by,
                    download_options how, Then then) {
    detail::tell(on, by.core(),
                 detail::own_download<By>(on, std::move(what), into, by, std::move(how)),
                 std::move(then));
}
// NOLINTNEXTLINE(readability-function-size): the same
template <class By, class Then>
void async_download_file(event_loop& on, std::string path, awsxx::s3::get_object what, const By& by,
                         download_options how, Then then) {
    detail::tell(
        on, by.core(),
        detail::own_download_file<By>(on, std::move(path), std::move(what), by, std::move(how)),
        std::move(then));
}

/// The same with a `std::future`, to be waited for once the loop has run.
template <class By>
auto async_upload(event_loop& on, awsxx::s3::put_object what, const By& by,
                  upload_options how = {}) {
    return detail::promised(on, by.core(),
                            detail::own_upload<By>(on, std::move(what), by, std::move(how)));
}
// NOLINTNEXTLINE(readability-function-size): where it runs, and what is uploaded by whom and how
template <class By>
auto async_upload_file(event_loop& on, std::string path, awsxx::s3::put_object what, const By& by,
                       upload_options how = {}) {
    return detail::promised(
        on, by.core(),
        detail::own_upload_file<By>(on, std::move(path), std::move(what), by, std::move(how)));
}
// NOLINTNEXTLINE(readability-function-size): the same
template <class By>
auto async_download(event_loop& on, awsxx::s3::get_object what, http::body_sink& into, const By& by,
                    download_options how = {}) {
    return detail::promised(
        on, by.core(), detail::own_download<By>(on, std::move(what), into, by, std::move(how)));
}
// NOLINTNEXTLINE(readability-function-size): the same
template <class By>
auto async_download_file(event_loop& on, std::string path, awsxx::s3::get_object what, const By& by,
                         download_options how = {}) {
    return detail::promised(
        on, by.core(),
        detail::own_download_file<By>(on, std::move(path), std::move(what), by, std::move(how)));
}

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3
