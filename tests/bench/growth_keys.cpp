// SPDX-License-Identifier: MIT
// How the cost of reading a page of S3 keys grows with their number.
//
// The baseline is pugixml, asked for each element by name, into the same structs.
#include <bench/growth.hpp>
#include <bench/s3_listing.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

int main() {
    for (std::size_t keys = 1; keys <= 100'000; keys *= 10) {
        const std::string text = bench::page(keys);
        const std::uint64_t times = std::max<std::uint64_t>(1, 10'000 / keys);
        bench::tell("growth.keys", "CPU", keys,
                    bench::compare(
                        keys > 10'000 ? 9 : 31, times, [&] { bench::by_hand(text); },
                        [&] { bench::by_table(text); }));
    }
}
