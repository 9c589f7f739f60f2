// SPDX-License-Identifier: MIT
// Small calls on one loop, so many at a time.
#pragma once

#include <awsxx/async.hpp>

#include <bench/get_item.hpp>

#include <cstddef>
#include <cstdlib>

namespace bench {

/// Keeps a number of calls under way until so many have been begun.
class calls_in_flight {
public:
    calls_in_flight(const awsxx::session& from, awsxx::event_loop& on) : from_(from), on_(on) {}

    void run(std::size_t width, std::size_t times) {
        left_ = times;
        for (std::size_t i = 0; i < width; ++i) next();
        on_.run();
    }

private:
    void next() {
        if (left_ == 0) return;
        --left_;
        from_.async_call(on_, what_, [this](const awsxx::expected<dynamodb::get_item_output>& got) {
            if (!got || got->item.size() != 6) std::abort();
            next();
        });
    }

    const awsxx::session& from_;
    awsxx::event_loop& on_;
    dynamodb::get_item what_ = request();
    std::size_t left_ = 0;
};

}  // namespace bench
