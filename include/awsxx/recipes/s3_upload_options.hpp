// SPDX-License-Identifier: MIT
// How an object is uploaded, and what became of that.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/recipes/s3_transfer.hpp>

#include <cstdint>
#include <stop_token>
#include <string>

namespace awsxx::inline AWSXX_ABI::recipes::s3 {

/// How an object is uploaded.
struct upload_options {
    /// Bytes; 0: 8 MiB. AWS wants 5 MiB to 5 GiB in all parts but the last. Larger ones are used
    /// where an object of known size would have more than 10,000.
    std::uint64_t part_size{};
    std::uint64_t parts_from = std::uint64_t{16} << 20;  ///< Smaller objects go by one PutObject.
    /// Parts under way at the same time, on the caller's thread. Of a stream so many lie in memory; one
    /// that takes a second or more for a part is read while none is under way.
    int at_once = 4;
    /// The id of an upload of this object that was begun: parts that it has already, as checksum or
    /// MD5 show, are not sent again. The parts are as large as its first one, unless `part_size` says
    /// otherwise.
    std::string resume{};
    /// Leaves what was uploaded for `resume` if something fails. The bucket's owner pays for it until
    /// it is completed or aborted.
    bool keep_on_failure{};
    transfer_watch progress{};
    /// Ends calls that are under way, as does the time; the call that makes parts an object goes on
    /// to its end once it was begun.
    std::stop_token stop{};
    milliseconds at_most{};  ///< For all of it; 0: as long as it takes.
};

/// What became of an upload.
struct upload_result {
    std::string e_tag{};  ///< Some stores leave it out.
    std::string version_id{};
    std::uint64_t size{};
    std::string upload_id{};  ///< Empty if one PutObject did.
    int parts{};              ///< 0 if one PutObject did.
    int parts_kept{};         ///< Of them, those that an earlier run had sent.
};

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3
