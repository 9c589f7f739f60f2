// SPDX-License-Identifier: MIT
// Uploads and downloads of objects of any size on a program's own event loop.
//
//     awsxx::event_loop loop;
//     const awsxx::recipes::s3::async_transfers transfers(loop, base);
//     transfers.async_download_file("report.txt", {.bucket = "b", .key = "k"}, {},
//                                   [](auto done) { show(done); });
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

/// Uploads and downloads of a session's on a program's event loop: as the blocking functions of those
/// names, whose machine this is. Files are read and checksums made on the loop's thread, part by part; so
/// is the region looked for that only `settings::region_source` knows. Used on that thread; copies are
/// cheap.
template <class By>
class async_transfers {
public:
    /// `on` lives as long as the transfers.
    async_transfers(event_loop& on, const By& by) : on_(&on), by_(by) {}

    /// Transfers that are awaited by a coroutine on the loop's thread. Nothing is done before they are
    /// awaited. One that is destroyed ends its calls; an upload in parts is not given up then.
    auto try_co_upload(const awsxx::s3::put_object& what, const upload_options& how) const {
        return upload(*this, what, how);
    }
    auto try_co_upload_file(const std::string& path, const awsxx::s3::put_object& what,
                            const upload_options& how) const {
        return upload_file(*this, path, what, how);
    }
    /// `into` lives as long as the transfer.
    auto try_co_download(const awsxx::s3::get_object& what, http::body_sink& into,
                         const download_options& how) const {
        return download(*this, what, into, how);
    }
    auto try_co_download_file(const std::string& path, const awsxx::s3::get_object& what,
                              const download_options& how) const {
        return download_file(*this, path, what, how);
    }
    /// The same with the usual options. (As default arguments they would be temporaries, see below.)
    auto try_co_upload(const awsxx::s3::put_object& what) const { return upload(*this, what, {}); }
    auto try_co_upload_file(const std::string& path, const awsxx::s3::put_object& what) const {
        return upload_file(*this, path, what, {});
    }
    auto try_co_download(const awsxx::s3::get_object& what, http::body_sink& into) const {
        return download(*this, what, into, {});
    }
    auto try_co_download_file(const std::string& path, const awsxx::s3::get_object& what) const {
        return download_file(*this, path, what, {});
    }

#if defined(__cpp_exceptions)
    /// The same, but a failure is thrown, as `aws_error`. What is given has a name, not braces alone.
    template <class... Given>
    auto co_upload(Given&&... what) const {
        return raised(try_co_upload(std::forward<Given>(what)...));
    }
    template <class... Given>
    auto co_upload_file(Given&&... what) const {
        return raised(try_co_upload_file(std::forward<Given>(what)...));
    }
    template <class... Given>
    auto co_download(Given&&... what) const {
        return raised(try_co_download(std::forward<Given>(what)...));
    }
    template <class... Given>
    auto co_download_file(Given&&... what) const {
        return raised(try_co_download_file(std::forward<Given>(what)...));
    }
#endif

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
    // This compiler copies temporaries inside co_await byte by byte: name what is given before.
    template <class... Rest>
    void try_co_upload_file(const std::string&&, Rest&&...) const = delete;
    template <class... Rest>
    void try_co_download_file(const std::string&&, Rest&&...) const = delete;
    template <class... How>
    void try_co_upload(const awsxx::s3::put_object&&, How&&...) const = delete;
    void try_co_upload(const awsxx::s3::put_object&, const upload_options&&) const = delete;
    template <class... How>
    void try_co_upload_file(const std::string&, const awsxx::s3::put_object&&,
                            How&&...) const = delete;
    void try_co_upload_file(const std::string&, const awsxx::s3::put_object&,
                            const upload_options&&) const = delete;
    template <class... How>
    void try_co_download(const awsxx::s3::get_object&&, http::body_sink&, How&&...) const = delete;
    void try_co_download(const awsxx::s3::get_object&, http::body_sink&,
                         const download_options&&) const = delete;
    template <class... How>
    void try_co_download_file(const std::string&, const awsxx::s3::get_object&&,
                              How&&...) const = delete;
    void try_co_download_file(const std::string&, const awsxx::s3::get_object&,
                              const download_options&&) const = delete;
#endif

    /// The same with a function that gets the `expected` result, on the loop's thread and not from in
    /// here. A loop that is destroyed ends them with `LoopEnded`.
    template <class Then>
    void async_upload(awsxx::s3::put_object what, upload_options how, Then then) const {
        tell(upload(*this, std::move(what), std::move(how)), std::move(then));
    }
    template <class Then>
    void async_upload_file(std::string path, awsxx::s3::put_object what, upload_options how,
                           Then then) const {
        tell(upload_file(*this, std::move(path), std::move(what), std::move(how)), std::move(then));
    }
    template <class Then>
    void async_download(awsxx::s3::get_object what, http::body_sink& into, download_options how,
                        Then then) const {
        tell(download(*this, std::move(what), into, std::move(how)), std::move(then));
    }
    template <class Then>
    void async_download_file(std::string path, awsxx::s3::get_object what, download_options how,
                             Then then) const {
        tell(download_file(*this, std::move(path), std::move(what), std::move(how)),
             std::move(then));
    }

    /// The same with a `std::future`, to be waited for once the loop has run.
    auto async_upload(awsxx::s3::put_object what, upload_options how = {}) const {
        return promised(upload(*this, std::move(what), std::move(how)));
    }
    auto async_upload_file(std::string path, awsxx::s3::put_object what,
                           upload_options how = {}) const {
        return promised(upload_file(*this, std::move(path), std::move(what), std::move(how)));
    }
    auto async_download(awsxx::s3::get_object what, http::body_sink& into,
                        download_options how = {}) const {
        return promised(download(*this, std::move(what), into, std::move(how)));
    }
    auto async_download_file(std::string path, awsxx::s3::get_object what,
                             download_options how = {}) const {
        return promised(download_file(*this, std::move(path), std::move(what), std::move(how)));
    }

private:
    using uploaded = detail::flow<expected<upload_result>>;
    using downloaded = detail::flow<expected<download_result>>;

    // Coroutines that have all that they are made of, but for the loop and the sink.
    static uploaded upload(async_transfers self, awsxx::s3::put_object what, upload_options how) {
        co_return co_await detail::upload::body(self.carrier(), what, how);
    }
    static uploaded upload_file(async_transfers self, std::string path, awsxx::s3::put_object what,
                                upload_options how) {
        co_return co_await detail::upload::file(self.carrier(), path, std::move(what), how);
    }
    static downloaded download(async_transfers self, awsxx::s3::get_object what,
                               http::body_sink& into, download_options how) {
        co_return co_await detail::download::into_sink(self.carrier(), what, into, how);
    }
    static downloaded download_file(async_transfers self, std::string path,
                                    awsxx::s3::get_object what, download_options how) {
        co_return co_await detail::download::into_file(self.carrier(), path, what, how);
    }

#if defined(__cpp_exceptions)
    template <class T>
    static detail::flow<T> raised(detail::flow<expected<T>> what) {
        co_return value_or_raise(co_await what);
    }
#endif

    detail::carrier<By> carrier() const { return {on_, &by_}; }
    template <class Flow, class Then>
    void tell(Flow what, Then then) const {
        detail::tell(*on_, by_.core(), std::move(what), std::move(then));
    }
    template <class Flow>
    auto promised(Flow what) const {
        return detail::promised(*on_, by_.core(), std::move(what));
    }

    event_loop* on_;
    By by_;
};

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3
