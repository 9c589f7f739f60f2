// SPDX-License-Identifier: MIT
// The names of `error` and `expected`, for headers that only pass them on.
#pragma once

#include <awsxx/core/version.hpp>

#if AWSXX_STD_EXPECTED
#include <expected>
#endif

namespace awsxx::inline AWSXX_ABI {

struct error;

#if AWSXX_STD_EXPECTED
/// A value or an `error`: `std::expected`.
template <class T>
using expected = std::expected<T, error>;
#else
template <class T>
class expected;
#endif

}  // namespace awsxx::inline AWSXX_ABI
