// SPDX-License-Identifier: MIT
// How an object is downloaded, and what became of that.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/recipes/s3_transfer.hpp>
#include <awsxx/services/s3.hpp>

#include <cstdint>
#include <stop_token>
#include <string>

namespace awsxx::inline AWSXX_ABI::recipes::s3 {

/// How an object is downloaded.
struct download_options {
    std::uint64_t range_size = std::uint64_t{8} << 20;  ///< Bytes that are asked for at a time.
    /// Ranges under way at the same time, on the caller's thread. All but the first of them lie in
    /// memory.
    int at_once = 4;
    /// How often one range may break off after some of it came; it goes on where it broke. Before
    /// that the session's own attempts count.
    int resumptions = 10;
    transfer_watch progress{};  ///< Told after each range.
    std::stop_token stop{};     ///< Ends calls that are under way, as does the time.
    milliseconds at_most{};     ///< For all of it; 0: as long as it takes.
};

/// What became of a download.
struct download_result {
    std::uint64_t size{};
    /// What S3 said of the object with the last range whose end came; the body is not in it. Has
    /// nothing but `e_tag` if the connection broke behind the last byte of the only range.
    awsxx::s3::get_object_output object{};
    bool checked{};  ///< S3 has a checksum of the whole, and it is the one of what came.
};

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3
