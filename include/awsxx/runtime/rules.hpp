// SPDX-License-Identifier: MIT
// Endpoint rules and whatever reads them.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/runtime/rule_evaluation.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/runtime/rules_source.hpp>
#endif
