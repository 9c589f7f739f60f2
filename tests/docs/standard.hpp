// SPDX-License-Identifier: MIT
// What pages of the documentation do not include themselves: headers of the standard library.
#pragma once

#include <chrono>
#include <coroutine>
#include <exception>
#include <iostream>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>
