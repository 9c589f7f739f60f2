// SPDX-License-Identifier: MIT
// The suite checksum: every algorithm, over bytes in one piece and in several.
#include <awsxx/codec/checksum.hpp>

#include "suites.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace conformance {

namespace {

awsxx::expected<std::string> in_pieces(std::string_view bytes,
                                       awsxx::model::checksum_algorithms algorithm) {
    auto sum = awsxx::codec::checksum::begin(algorithm);
    if (!sum) return sum.error();
    for (std::size_t size = 1; !bytes.empty(); size = size * 2 + 1) {
        sum->update(bytes.substr(0, size));
        bytes.remove_prefix(std::min(size, bytes.size()));
    }
    return sum->finish();
}

}  // namespace

json checksum(const std::string& mode, const json& input) {
    std::string name = mode;
    for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    const auto algorithm = awsxx::codec::checksum_named(name);
    if (algorithm == 0) return answer::unsupported("no mode " + mode);
    const auto bytes = awsxx::crypto::from_base64(input.value("data_b64", std::string()));
    if (!bytes) return answer::unsupported("the data is not base64");
    const auto value = awsxx::codec::checksum_of(*bytes, algorithm);
    if (!value) return answer::failure(value.error());
    if (const auto again = in_pieces(*bytes, algorithm); !again || *again != *value)
        return answer::unsupported("in pieces it is another one");
    return answer::output({{"value", *value}});
}

}  // namespace conformance
