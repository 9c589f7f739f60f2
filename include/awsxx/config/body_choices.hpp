// SPDX-License-Identifier: MIT
// What the code chooses about checksums and compression of bodies.
#pragma once

#include <awsxx/core/version.hpp>

#include <cstdint>
#include <optional>

namespace awsxx::inline AWSXX_ABI::config {

/// When a body has a checksum that the service would do without.
enum class checksum_use : unsigned char {
    when_supported,  ///< Wherever the service knows what to do with it.
    when_required,   ///< Only where it is asked for, by the service or by the caller.
};

/// What the code has chosen about bodies. It goes before environment and profile.
struct body_choices {
    std::optional<checksum_use> request_checksums{};
    std::optional<checksum_use> answer_checksums{};
    std::optional<bool> compression{};
    std::optional<std::uint64_t> compress_from{};  ///< Bytes; to 10 MiB.
};


}  // namespace awsxx::inline AWSXX_ABI::config
