// SPDX-License-Identifier: MIT
// Header fields behind a body, whose values are known once the body was read.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::http {

/// A field behind a body: what is known of it before the body is read.
struct trailer {
    std::string name{};        ///< In lower case, as in "x-amz-checksum-crc32".
    std::size_t value_size{};  ///< The length of its value: a body's length is told beforehand.
};

/// Watches a body go by and knows the trailers in the end. Called from one thread at a time.
class trailer_source {
public:
    virtual ~trailer_source() = default;
    /// The same at all times.
    virtual std::span<const trailer> trailers() const noexcept = 0;
    /// Forgets what it saw: the body begins again.
    virtual void restart() = 0;
    /// Sees the next bytes of the body, before it is encoded in any way.
    virtual void update(std::string_view bytes) = 0;
    /// The value of one of the trailers. Asked for each of them, once the whole body went by.
    virtual expected<std::string> value(std::size_t index) = 0;
};

/// Trailers whose values are known before the body is read.
class fixed_trailers final : public trailer_source {
public:
    /// A name and its value.
    using field = std::pair<std::string, std::string>;

    explicit fixed_trailers(std::vector<field> fields) {
        for (field& one : fields) {
            trailers_.push_back({.name = std::move(one.first), .value_size = one.second.size()});
            values_.push_back(std::move(one.second));
        }
    }

    std::span<const trailer> trailers() const noexcept override { return trailers_; }
    void restart() override {}
    void update(std::string_view) override {}
    expected<std::string> value(std::size_t index) override { return values_[index]; }

private:
    std::vector<trailer> trailers_{};
    std::vector<std::string> values_{};
};

}  // namespace awsxx::inline AWSXX_ABI::http
