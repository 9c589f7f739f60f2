// SPDX-License-Identifier: MIT
// Which checksums a call gets that nobody has to have.
#pragma once

#include <awsxx/core/version.hpp>

namespace awsxx::inline AWSXX_ABI {

/// Which checksums a call gets where neither the service nor the caller asks for one. The settings
/// decide; at somebody's own endpoint there are none unless they say so.
struct checksum_wishes {
    bool requests{};  ///< Of what is sent.
    bool answers{};   ///< Of what comes back, which is then held against it.
};

}  // namespace awsxx::inline AWSXX_ABI
