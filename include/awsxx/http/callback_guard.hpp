// SPDX-License-Identifier: MIT
// Turns what callbacks of a program throw into errors: libcurl, which is C, must not see it, nor a loop.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <string>
#include <utility>

#if defined(__cpp_exceptions)
#include <exception>
#endif

namespace awsxx::inline AWSXX_ABI::http::detail {

AWSXX_COLD inline error callback_threw(std::string what) {
    return {.code = "CallbackThrew", .message = std::move(what)};
}

/// What `ask` returns, an `expected`; an exception becomes its error.
template <class Ask>
auto caught(Ask ask) -> decltype(ask()) {
#if defined(__cpp_exceptions)
    try {
        return ask();
    } catch (const std::exception& thrown) {
        return callback_threw(thrown.what());
    } catch (...) {
        return callback_threw("something that is not a std::exception");
    }
#else
    return ask();
#endif
}

}  // namespace awsxx::inline AWSXX_ABI::http::detail
