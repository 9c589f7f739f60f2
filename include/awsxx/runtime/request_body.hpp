// SPDX-License-Identifier: MIT
// Compresses the body of a request and gives it a checksum, where model and settings want that.
#pragma once

#include <awsxx/auth/aws_chunked_body.hpp>
#include <awsxx/codec/checksum.hpp>
#include <awsxx/codec/checksum_names.hpp>
#include <awsxx/codec/gzip.hpp>
#include <awsxx/codec/presence.hpp>
#include <awsxx/codec/sha256_tree.hpp>
#include <awsxx/config/body_rules.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/sha256.hpp>
#include <awsxx/http/body_reader.hpp>
#include <awsxx/http/headers.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/trailer_source.hpp>
#include <awsxx/model/operation.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// What the session says about bodies.
struct body_policy {
    const config::body_rules& rules;
    bool custom_endpoint{};  ///< Somebody's own: no checksum that nobody has to have.
    bool hashes_streams{};   ///< For their signatures, as a program has chosen.
};

namespace detail::request_body {

/// Sums up a body while it goes by.
class checksum_trailer final : public http::trailer_source {
public:
    checksum_trailer(model::checksum_algorithms which, codec::checksum begun, std::size_t size)
        : which_(which),
          sum_(std::move(begun)),
          told_{.name = std::string(codec::checksum_header(which)), .value_size = size} {}

    std::span<const http::trailer> trailers() const noexcept override { return {&told_, 1}; }
    void restart() override {
        if (auto anew = codec::checksum::begin(which_)) sum_ = *std::move(anew);
    }
    void update(std::string_view bytes) override { sum_.update(bytes); }
    expected<std::string> value(std::size_t) override { return sum_.finish(); }

private:
    model::checksum_algorithms which_;
    codec::checksum sum_;
    http::trailer told_;
};

inline void compress(http::request& draft) {
    std::string coding = "gzip";
    if (const auto before = draft.headers.find("Content-Encoding"))
        coding = std::string(*before) + ", gzip";
    draft.headers.set("Content-Encoding", coding);
    draft.body = codec::to_gzip(draft.body.bytes());
}

/// The caller's own checksum stands; two would have to agree.
inline bool has_checksum(const http::headers& all) noexcept {
    constexpr std::string_view prefix = "x-amz-checksum-";
    for (const auto& field : all) {
        const std::string_view name = field.name;
        if (text::equal_ignoring_case(name, "Content-MD5")) return true;
        if (text::equal_ignoring_case(name, "x-amz-checksum-algorithm") ||
            text::equal_ignoring_case(name, "x-amz-checksum-type") ||
            text::equal_ignoring_case(name, "x-amz-checksum-mode"))
            continue;
        if (text::equal_ignoring_case(name.substr(0, prefix.size()), prefix)) return true;
    }
    return false;
}

/// What the caller has set for the member with that index; empty: nothing.
inline std::string_view chosen(const model::operation& what, const void* in, int index) noexcept {
    if (index < 0) return {};
    const model::field& field = what.input->fields[index];
    const auto held = codec::unwrapped(*field.shape, model::member(in, field));
    if (!held || held.shape->kind != model::kind::text) return {};
    return *static_cast<const std::string*>(held.value);
}

/// The name of the algorithm that is to be used; empty: none is.
inline std::string_view wanted(const model::operation& what, const void* in,
                               const body_policy& policy, http::request& draft) {
    const model::checksum_traits& traits = what.checksums;
    const std::string_view own = chosen(what, in, traits.algorithm_member);
    if (!own.empty()) return own;
    const bool supported = traits.algorithm_member >= 0 &&
                           policy.rules.request_checksums.adds_at(policy.custom_endpoint);
    if (!traits.required && !supported) return {};
    if (traits.algorithm_member >= 0) {
        const model::field& field = what.input->fields[traits.algorithm_member];
        if (field.place == model::place::header) draft.headers.set(field.name, "CRC32");
    }
    return traits.content_md5 ? "MD5" : "CRC32";
}

/// Behind the body: it is read once, while it is sent.
inline expected<void> add_trailer(model::checksum_algorithms which, codec::checksum sum,
                                  http::request& draft) {
    auto sized = codec::checksum_of({}, which);
    if (!sized) return std::move(sized).error();
    auto trailer = std::make_shared<checksum_trailer>(which, std::move(sum), sized->size());
    const auto done = auth::chunk_body(draft, {.trailers = std::move(trailer)});
    if (!done) return done.error();
    return {};
}

constexpr std::string_view hash_header = "x-amz-content-sha256";

inline void set_hash(http::request& draft, crypto::sha256& whole) {
    draft.headers.set(hash_header, crypto::to_hex(crypto::as_text(whole.finish())));
}

/// Sums the body up, if `sum` is there, and in the same reading the stream for its signature.
inline expected<void> sum_up(codec::checksum* sum, const body_policy& policy,
                             http::request& draft) {
    const bool hashed =
        policy.hashes_streams && !draft.body.in_memory() && !draft.headers.contains(hash_header);
    if (sum == nullptr && !hashed) return {};
    crypto::sha256 hash;
    auto read = http::for_each_piece(draft.body, [&](std::string_view piece) {
        if (sum != nullptr) sum->update(piece);
        if (hashed) hash.update(piece);
    });
    if (!read) return read;
    if (hashed) set_hash(draft, hash);
    return {};
}

inline expected<void> add_checksum(std::string_view name, std::string_view header,
                                   const body_policy& policy, http::request& draft) {
    const model::checksum_algorithms which = codec::checksum_named(name);
    if (which == 0)
        return error{.kind = error_kind::invalid_argument,
                     .code = "UnknownChecksum",
                     .message = "no checksum is computed by " + std::string(name.substr(0, 40)) +
                                "; give its value in the request"};
    auto sum = codec::checksum::begin(which);
    if (!sum) return std::move(sum).error();
    const bool once = !policy.hashes_streams && draft.target.scheme == "https";
    if (once && !draft.body.in_memory() && header != "Content-MD5")
        return add_trailer(which, *std::move(sum), draft);
    if (auto read = sum_up(&*sum, policy, draft); !read) return read;
    draft.headers.set(header, sum->finish());
    return {};
}

/// Both of Glacier's sums, unless the caller gives his own.
inline expected<void> add_tree_hash(http::request& draft) {
    constexpr std::string_view tree = "x-amz-sha256-tree-hash";
    crypto::sha256 sum;
    codec::sha256_tree sums;
    auto read = http::for_each_piece(draft.body, [&](std::string_view piece) {
        sum.update(piece);
        sums.update(piece);
    });
    if (!read) return read;
    if (!draft.headers.contains(hash_header)) set_hash(draft, sum);
    if (!draft.headers.contains(tree)) draft.headers.set(tree, sums.finish());
    return {};
}

}  // namespace detail::request_body

/// Does to a body what has to be done before it is signed, once a call.
///
/// A large body in memory is compressed where the operation takes that, whatever the endpoint. A
/// checksum is computed where the service or the caller wants one, and unless the settings say
/// otherwise where the service knows checksums at all; not at somebody's own endpoint, as other
/// makers' stores may refuse it. A stream gets it as a trailer over https, unless the program wants its
/// hash in the signature: that, and what goes over http, is read twice.
inline expected<void> prepare_body(const model::operation& what, const void* in,
                                   const body_policy& policy, http::request& draft) {
    namespace own = detail::request_body;
    const bool gzip = what.compressed && policy.rules.compression.value && draft.body.in_memory();
    if (gzip && draft.body.size() >= policy.rules.compress_from) own::compress(draft);
    const model::checksum_traits& traits = what.checksums;
    if (traits.tree_hash) return own::add_tree_hash(draft);
    const bool knows = traits.required || traits.algorithm_member >= 0;
    const std::string_view name = knows && !own::has_checksum(draft.headers)
                                      ? own::wanted(what, in, policy, draft)
                                      : std::string_view();
    if (name.empty()) return own::sum_up(nullptr, policy, draft);
    if (traits.content_md5) return own::add_checksum(name, "Content-MD5", policy, draft);
    return own::add_checksum(name, codec::checksum_header(codec::checksum_named(name)), policy,
                             draft);
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
