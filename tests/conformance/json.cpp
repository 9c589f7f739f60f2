// SPDX-License-Identifier: MIT
// The suite json: any document through the library's own reader.
#include "suites.hpp"

#include <awsxx/codec/json_walk.hpp>
#include <awsxx/codec/scalar.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/crypto/encode.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conformance {

namespace {

/// Puts together what `walk` tells.
class json_builder {
public:
    void null() { place(nullptr); }
    void boolean(bool value) { place(value); }
    void string(std::string_view text) { place(std::string(text)); }
    void number(std::string_view digits) {
        if (const auto whole = awsxx::text::parse_number<std::int64_t>(digits))
            place(*whole);
        else if (const auto large = awsxx::text::parse_number<std::uint64_t>(digits))
            place(*large);
        else if (const auto real = awsxx::codec::parse_real<double>(digits))
            place(*real);
        else
            too_large_ = true;
    }
    void open_object() { open_.push_back(place(json::object())); }
    void open_array() { open_.push_back(place(json::array())); }
    void close_object() { open_.pop_back(); }
    void close_array() { open_.pop_back(); }
    void member(std::string_view name) { name_ = name; }

    bool too_large() const { return too_large_; }
    json take() { return std::move(root_); }

private:
    json* place(json value) {
        if (open_.empty()) return &(root_ = std::move(value));
        json& into = *open_.back();
        if (into.is_object()) return &(into[name_] = std::move(value));
        into.push_back(std::move(value));
        return &into.back();
    }

    json root_{};
    std::vector<json*> open_{};  // an element moves only after all that is in it is complete
    std::string name_{};
    bool too_large_ = false;
};

}  // namespace

json json_parsing(const std::string& mode, const json& input) {
    if (mode != "parse") return answer::unsupported("no mode " + mode);
    const auto text = awsxx::crypto::from_base64(input.value("text_b64", std::string()));
    if (!text) return answer::unsupported("the document is not base64");
    json_builder built;
    if (const auto done = awsxx::codec::json::walk(*text, built); !done)
        return answer::failure(done.error());
    if (built.too_large())
        return answer::failure({.kind = awsxx::error_kind::malformed_answer,
                                .code = "MalformedJson",
                                .message = "a number is too large"});
    return answer::output({{"accepted", true}, {"value", built.take()}});
}

}  // namespace conformance
