// SPDX-License-Identifier: MIT
// The one file that knows which Catch2 there is: version 2 or 3.
#pragma once

// An exception in an assertion ends its test case; in return assertions compile faster.
#define CATCH_CONFIG_FAST_COMPILE

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
