// SPDX-License-Identifier: MIT
// Sessions, with their settings and errors; all else has a header of its own.
#pragma once

#include <awsxx/default_session.hpp>
#include <awsxx/protocols/modeled_error.hpp>
#include <awsxx/session.hpp>
