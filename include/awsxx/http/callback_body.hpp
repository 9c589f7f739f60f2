// SPDX-License-Identifier: MIT
// A body that a callable hands out.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/body.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>

namespace awsxx::inline AWSXX_ABI::http {

namespace detail {

struct never_again {
    bool operator()() const noexcept { return false; }
};

}  // namespace detail

/// Asks one callable for bytes and another to start again.
template <class Read, class Rewind = detail::never_again>
class callback_source final : public body_source {
public:
    explicit callback_source(Read read, Rewind rewind = {})
        : read_(std::move(read)), rewind_(std::move(rewind)) {}

    expected<std::size_t> read(std::span<char> room) override { return read_(room); }
    bool rewind() override { return rewind_(); }

private:
    Read read_;
    Rewind rewind_;
};

/// A body of `length` bytes that `read` puts into the span it is given: it returns how many, or
/// an error. It cannot be read twice: such a request is never retried, and can be signed only for
/// S3 over TLS, where the body is not hashed.
template <class Read>
body callback_body(Read read, std::uint64_t length) {
    return body::stream(std::make_shared<callback_source<Read>>(std::move(read)), length);
}

/// The same, sent again after `rewind` returned true.
template <class Read, class Rewind>
body callback_body(Read read, std::uint64_t length, Rewind rewind) {
    using source = callback_source<Read, Rewind>;
    return body::stream(std::make_shared<source>(std::move(read), std::move(rewind)), length);
}

}  // namespace awsxx::inline AWSXX_ABI::http
