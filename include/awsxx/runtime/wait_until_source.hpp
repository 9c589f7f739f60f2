// SPDX-License-Identifier: MIT
// How somebody waits: compiled in every file that does, or once a program.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/wait_loop.hpp>
#include <awsxx/runtime/wait_options.hpp>
#include <awsxx/runtime/wait_until.hpp>

#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

AWSXX_ONCE expected<void> wait_for(const look& at, const wait_options& options, clock& time,
                                   random_source& random) {
    wait_loop loop({}, options, time, random);
    do {
        expected<bool> seen = at.ask(at.self);
        if (!seen) return std::move(seen).error();
        if (*seen) return {};
    } while (loop.pause());
    return loop.failure({});
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
