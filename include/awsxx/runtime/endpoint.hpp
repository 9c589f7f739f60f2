// SPDX-License-Identifier: MIT
// Finds where the requests of a service go.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/runtime/endpoint_search.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/runtime/endpoint_source.hpp>
#endif
