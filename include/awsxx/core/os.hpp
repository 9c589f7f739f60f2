// SPDX-License-Identifier: MIT
// Files, processes and threads of the operating system, by the same names on each of them.
#pragma once

#include <awsxx/core/os_posix.hpp>
#include <awsxx/core/os_windows.hpp>
#include <awsxx/core/process_windows.hpp>
