// SPDX-License-Identifier: MIT
// The one file of a program that compiles the larger parts of awsxx.
#include <awsxx/source.hpp>
