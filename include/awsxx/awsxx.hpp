// SPDX-License-Identifier: MIT
// All of awsxx but the services, which have a header each.
#pragma once

#include <awsxx/default_session.hpp>
#include <awsxx/protocols/modeled_error.hpp>
#include <awsxx/session.hpp>
