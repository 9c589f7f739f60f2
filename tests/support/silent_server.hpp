// SPDX-License-Identifier: MIT
// A server in a process of its own that takes every request and never says a word.
#pragma once

#include "../../examples/forked_server.hpp"

namespace test {

/// Make it before any thread.
struct silent_server : example::forked_server {
    silent_server() : forked_server("") {}
};

}  // namespace test
