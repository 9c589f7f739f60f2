// SPDX-License-Identifier: MIT
// All of awsxx but the services, which have a header each.
#pragma once

#include <awsxx/protocols/modeled_error.hpp>
#include <awsxx/session.hpp>
