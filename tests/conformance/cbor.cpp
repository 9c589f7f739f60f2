// SPDX-License-Identifier: MIT
// The suite cbor: any bytes through the library's own reader.
#include "suites.hpp"

#include <awsxx/codec/cbor_reader.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conformance {

namespace {

namespace cbor = awsxx::codec::cbor;

class cbor_builder {
public:
    explicit cbor_builder(std::string_view bytes) : bytes_(bytes), in_(bytes) {}

    json all() {
        json found = value();
        in_.finish();
        return found;
    }
    bool ok() const { return in_.ok(); }
    std::string problem() const { return in_.ok() ? "" : in_.problem(); }

private:
    json value() {
        std::uint64_t number = 0;
        std::string_view text;
        bool flag = false;
        switch (in_.peek()) {
            case cbor::token::unsigned_integer: in_.argument(number); return {{"uint", number}};
            case cbor::token::negative_integer: in_.argument(number); return negative(number);
            case cbor::token::bytes:
                in_.bytes(text);
                return {{"bytestring", json(std::vector<std::uint8_t>(text.begin(), text.end()))}};
            case cbor::token::text: in_.text(text); return {{"string", std::string(text)}};
            case cbor::token::array: return list();
            case cbor::token::map: return map();
            case cbor::token::tag: in_.argument(number); return tagged(number);
            case cbor::token::boolean: in_.boolean(flag); return {{"bool", flag}};
            case cbor::token::null: in_.take_null(); return {{"null", json::object()}};
            case cbor::token::undefined: in_.take_null(); return {{"undefined", json::object()}};
            case cbor::token::real: return real();
            default: in_.fail("no value"); return {};
        }
    }

    /// One more than the argument, negated: beyond 64 bits it is a text.
    static json negative(std::uint64_t argument) {
        if (argument < std::uint64_t{1} << 63)
            return {{"negint", -static_cast<std::int64_t>(argument) - 1}};
        if (argument == ~std::uint64_t{0}) return {{"negint", "-18446744073709551616"}};
        return {{"negint", "-" + std::to_string(argument + 1)}};
    }

    json tagged(std::uint64_t id) {
        if (++depth_ > deepest) in_.fail("nested too deep");
        json inner = in_.ok() ? value() : json();
        --depth_;
        return {{"tag", {{"id", id}, {"value", std::move(inner)}}}};
    }

    json real() {
        const bool wide = static_cast<unsigned char>(bytes_[in_.offset()]) == 0xfb;
        double found = 0;
        in_.real(found);
        if (wide) return {{"float64", std::bit_cast<std::uint64_t>(found)}};
        return {{"float32", std::bit_cast<std::uint32_t>(static_cast<float>(found))}};
    }

    json list() {
        json all = json::array();
        cbor::scope items;
        for (in_.open_array(items); in_.more(items);) all.push_back(value());
        return {{"list", std::move(all)}};
    }

    json map() {
        json all = json::object();
        cbor::scope entries;
        std::string_view key;
        for (in_.open_map(entries); in_.more(entries);) {
            if (!in_.text(key)) break;
            const std::string name(key);
            all[name] = value();
        }
        return {{"map", std::move(all)}};
    }

    static constexpr int deepest = 512;

    std::string_view bytes_;
    cbor::reader in_;
    int depth_ = 0;  // of tags; of all else the reader knows
};

std::string from_hex(const std::string& digits) {
    std::string bytes;
    for (std::size_t at = 0; at + 1 < digits.size(); at += 2)
        bytes += static_cast<char>(std::stoi(digits.substr(at, 2), nullptr, 16));
    return bytes;
}

}  // namespace

json cbor_decoding(const std::string& mode, const json& input) {
    if (mode != "decode") return answer::unsupported("no mode " + mode);
    const std::string bytes = from_hex(input.value("hex", std::string()));
    cbor_builder built(bytes);
    json value = built.all();
    if (!built.ok())
        return answer::failure({.kind = awsxx::error_kind::malformed_answer,
                                .code = "MalformedCbor",
                                .message = built.problem()});
    return answer::output({{"value", std::move(value)}});
}

}  // namespace conformance
