// SPDX-License-Identifier: MIT
// Sockets and host names of the operating system, by the same names on each of them.
#pragma once

#include <awsxx/core/net_posix.hpp>
#include <awsxx/core/net_windows.hpp>
