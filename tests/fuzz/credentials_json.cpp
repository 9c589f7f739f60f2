// SPDX-License-Identifier: MIT
// Any bytes as a document with credentials: keys that are whole or an error, and no secret in it.
#include <awsxx/credentials/credentials_json.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void read(std::string_view text, const awsxx::credentials_json_rules& rules) {
    const auto keys = awsxx::parse_credentials_json(text, rules);
    if (!keys) {
        require(!keys.error().code.empty() && keys.error().message.size() <= 600);
        // Where the document is not one, nothing of it is repeated.
        if (keys.error().kind == awsxx::error_kind::malformed_answer)
            require(to_string(keys.error()).find("PLANTED") == std::string::npos);
        return;
    }
    require(!keys->access_key_id.empty() && !keys->secret_access_key.empty());
    if (rules.temporary) require(!keys->session_token.empty() && keys->expiration.has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read(text, {});
    read(text, {.temporary = true, .versioned = true});
    read(text, {.inside = "credentialSet.credentials"});
    return 0;
}
