// SPDX-License-Identifier: MIT
// A page of 1000 S3 keys: tables against pugixml's elements, asked for by name.
#include <bench/measure.hpp>
#include <bench/s3_listing.hpp>

#include <cstdio>
#include <string>

int main() {
    const std::string text = bench::page(1000);
    if (!same(bench::by_table(text), bench::by_hand(text))) {
        std::fprintf(stderr, "s3_keys: the baseline reads something else\n");
        return 1;
    }
    const auto cost = bench::compare(
        51, 10, [&] { bench::by_hand(text); }, [&] { bench::by_table(text); });
    std::printf("%-22s %10s %10s %8s\n", "1000 keys", "pugixml us", "awsxx us", "ratio");
    std::printf("%-22s %10.1f %10.1f %8.3f\n", "read", cost.baseline.cpu_us, cost.subject.cpu_us,
                cost.ratio);
    std::printf("{\"figure\":\"decode.s3.1000\",\"ratio\":%.3f,\"us\":%.1f,\"allocations\":%g}\n",
                cost.ratio, cost.subject.cpu_us, cost.subject.allocations);
}
