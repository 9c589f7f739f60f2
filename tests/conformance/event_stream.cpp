// SPDX-License-Identifier: MIT
// The suite eventstream: messages as bytes and back.
#include <awsxx/codec/event_decoder.hpp>
#include <awsxx/codec/event_stream.hpp>
#include <awsxx/crypto/encode.hpp>

#include "suites.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace conformance {

namespace {

namespace stream = awsxx::codec::event_stream;
using stream::header_type;

json value_of(const stream::header& one) {
    switch (one.type) {
        case header_type::true_: return true;
        case header_type::false_: return false;
        case header_type::bytes:
        case header_type::text:
        case header_type::uuid: return awsxx::crypto::to_base64(one.bytes);
        default: return one.number;
    }
}

json decode(const std::string& bytes) {
    stream::decoder decoder;
    std::optional<stream::message> found;
    for (const char byte : bytes) {
        decoder.feed({&byte, 1});
        auto next = decoder.next();
        if (!next) return answer::failure(next.error());
        if (*next) found = **std::move(next);
    }
    if (const auto done = decoder.finish(); !done) return answer::failure(done.error());
    if (!found) return answer::failure({.code = "NoMessage"});
    json headers = json::array();
    for (const stream::header& one : found->headers)
        headers.push_back(
            {{"name", one.name}, {"type", static_cast<int>(one.type)}, {"value", value_of(one)}});
    return answer::output(
        {{"headers", headers}, {"payload_b64", awsxx::crypto::to_base64(found->payload)}});
}

json encode(const json& input) {
    stream::message one;
    for (const json& header : input.value("headers", json::array())) {
        stream::header made{.name = header.at("name").get<std::string>(),
                            .type = static_cast<header_type>(header.at("type").get<int>())};
        const json& value = header.at("value");
        if (value.is_number()) made.number = value.get<std::int64_t>();
        if (value.is_string())
            made.bytes = awsxx::crypto::from_base64(value.get<std::string>()).value_or("");
        one.headers.push_back(std::move(made));
    }
    one.payload =
        awsxx::crypto::from_base64(input.value("payload_b64", std::string())).value_or("");
    std::string bytes;
    if (const auto done = stream::append(one, bytes); !done) return answer::failure(done.error());
    return answer::output({{"message_b64", awsxx::crypto::to_base64(bytes)}});
}

}  // namespace

json event_stream(const std::string& mode, const json& input) {
    if (mode == "encode") return encode(input);
    if (mode != "decode") return answer::unsupported("no mode " + mode);
    const auto bytes = awsxx::crypto::from_base64(input.value("message_b64", std::string()));
    if (!bytes) return answer::unsupported("the message is not base64");
    return decode(*bytes);
}

}  // namespace conformance
