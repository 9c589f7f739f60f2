// SPDX-License-Identifier: MIT
// Calls a function of the user's, whatever it throws.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

namespace awsxx::inline AWSXX_ABI {

/// What `function` returns, an `expected`. An `aws_error` that it throws becomes its error; any
/// other exception one of kind `credentials` with that code, for its text might hold a secret.
template <class Function>
auto guarded_call(const char* code, Function& function) -> decltype(function()) {
#if defined(__cpp_exceptions)
    try {
        return function();
    } catch (const aws_error& e) {
        return e.details();
    } catch (...) {
        return error{.kind = error_kind::credentials,
                     .code = code,
                     .message = "the program's own function has thrown"};
    }
#else
    static_cast<void>(code);
    return function();
#endif
}

}  // namespace awsxx::inline AWSXX_ABI
