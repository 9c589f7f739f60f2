// SPDX-License-Identifier: MIT
// The tree hash of archives in Glacier: SHA-256 of pairs of hashes, above pieces of a mebibyte.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/sha256.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace awsxx::inline AWSXX_ABI::codec {

/// Sums up bytes that come in pieces of any size. Used by one thread at a time.
/// https://docs.aws.amazon.com/amazonglacier/latest/dev/checksum-calculations.html
class sha256_tree {
public:
    void update(std::string_view bytes) {
        while (!bytes.empty()) {
            if (in_leaf_ == leaf_size) end_leaf();
            const std::string_view part = bytes.substr(0, leaf_size - in_leaf_);
            leaf_.update(part);
            in_leaf_ += part.size();
            bytes.remove_prefix(part.size());
        }
    }

    /// The hash of all that came, in hexadecimal digits. The object is of no use after it.
    std::string finish() {
        end_leaf();
        while (open_.size() > 1) join_last();
        return crypto::to_hex(crypto::as_text(open_.front().hash));
    }

private:
    static constexpr std::size_t leaf_size = std::size_t{1} << 20;

    /// A part of the tree that is complete, over 2^height leaves.
    struct subtree {
        crypto::sha256_digest hash{};
        int height{};
    };

    void end_leaf() {
        open_.push_back({leaf_.finish(), 0});
        leaf_ = {};
        in_leaf_ = 0;
        while (open_.size() > 1 && open_.back().height == open_[open_.size() - 2].height)
            join_last();
    }
    void join_last() {
        const subtree right = open_.back();
        open_.pop_back();
        subtree& left = open_.back();
        crypto::sha256 both;
        both.update(crypto::as_text(left.hash));
        both.update(crypto::as_text(right.hash));
        left = {both.finish(), left.height + 1};
    }

    std::vector<subtree> open_{};  // from the left; each is lower than the one before it
    crypto::sha256 leaf_{};
    std::size_t in_leaf_ = 0;
};

}  // namespace awsxx::inline AWSXX_ABI::codec
