// SPDX-License-Identifier: MIT
// A request, keys and a body source for tests that sign.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/http/message.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <utility>

namespace test {

inline awsxx::http::request sample_request() {
    awsxx::http::request draft;
    draft.target.host = "example.amazonaws.com";
    return draft;
}

inline awsxx::credentials sample_keys() {
    awsxx::credentials keys;
    keys.access_key_id = "AKIDEXAMPLE";
    keys.secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    return keys;
}

/// At 20150830T123600Z.
inline awsxx::auth::signing sample_signing() {
    return {.region = "us-east-1",
            .service = "service",
            .when = awsxx::instant(std::chrono::seconds(1440938160)),
            .rules = {},
            .payload = {}};
}

/// Hands out a text in pieces of at most 1000 characters.
class text_source : public awsxx::http::body_source {
public:
    explicit text_source(std::string text, bool rewinds = true)
        : text_(std::move(text)), rewinds_(rewinds) {}

    awsxx::expected<std::size_t> read(std::span<char> room) override {
        ++reads_;
        const std::size_t count =
            std::min({room.size(), std::size_t{1000}, text_.size() - position_});
        std::memcpy(room.data(), text_.data() + position_, count);
        position_ += count;
        return count;
    }
    bool rewind() override {
        position_ = 0;
        return rewinds_;
    }

    std::size_t position() const { return position_; }
    int reads() const { return reads_; }

private:
    std::string text_;
    bool rewinds_;
    std::size_t position_ = 0;
    int reads_ = 0;
};

}  // namespace test
