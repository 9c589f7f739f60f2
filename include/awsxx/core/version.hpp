// SPDX-License-Identifier: MIT
// The version of awsxx and the inline namespace that keeps differently configured copies apart.
#pragma once

#include <version>

#define AWSXX_VERSION_MAJOR 0
#define AWSXX_VERSION_MINOR 1
#define AWSXX_VERSION_PATCH 0
#define AWSXX_VERSION_STRING "0.1.0"

/// 1: `awsxx::expected` is `std::expected`; 0: it is a type of our own with the same interface.
/// Chosen by what the standard library has; define it before the first include to overrule that.
#if !defined(AWSXX_STD_EXPECTED)
#if defined(__cpp_lib_expected)
#define AWSXX_STD_EXPECTED 1
#else
#define AWSXX_STD_EXPECTED 0
#endif
#endif

// Objects compiled with another choice have other names, so that mixing them fails at link time.
#if AWSXX_STD_EXPECTED && defined(__cpp_exceptions)
#define AWSXX_ABI v0_1_std_expected
#elif AWSXX_STD_EXPECTED
#define AWSXX_ABI v0_1_std_expected_noexcept
#elif defined(__cpp_exceptions)
#define AWSXX_ABI v0_1_own_expected
#else
#define AWSXX_ABI v0_1_own_expected_noexcept
#endif

// Keeps rare paths out of the callers' instruction cache.
#if defined(__GNUC__)
#define AWSXX_COLD [[gnu::cold, gnu::noinline]]
#else
#define AWSXX_COLD
#endif

// The larger parts of the library: inline, or compiled once where a program defines AWSXX_COMPILED
// and has one file that includes <awsxx/source.hpp>.
#if defined(AWSXX_COMPILED)
#define AWSXX_ONCE
#else
#define AWSXX_ONCE inline
#endif
