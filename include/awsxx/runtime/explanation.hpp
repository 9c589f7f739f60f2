// SPDX-License-Identifier: MIT
// Why a session uses what it uses, as data and as text.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/runtime/explanation_data.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/runtime/explanation_source.hpp>
#endif
