// SPDX-License-Identifier: MIT
// Sources of credentials, and what they do unless they say otherwise.
#pragma once

#include <awsxx/auth/credentials_provider.hpp>
#include <awsxx/core/version.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/auth/provider_source.hpp>
#endif
