// SPDX-License-Identifier: MIT
// An answer as a file that is there only once it is whole.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/file_draft.hpp>
#include <awsxx/core/os.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>

#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::s3::detail {

/// Replaces the file at a path by what is written to it, at `commit`. Used by one thread.
class file_sink final : public http::body_sink {
public:
    explicit file_sink(std::string path) : draft_(std::move(path)) {}

    /// Makes the file beside it, with the mode of the one that it will replace. First of all.
    expected<void> open() {
        const auto before = os::state_of(draft_.path());
        const bool replaces = before && before->plain;
        if (before && !before->plain) return failed("it is no plain file");
        if (!draft_.open(replaces ? before->mode : 0666)) return failed(errno);
        if (replaces && !draft_.set_mode(before->mode)) return failed(errno);  // despite the umask
        return {};
    }

    expected<void> write(std::string_view piece) override {
        if (!draft_.write(piece)) return failed(errno);
        return {};
    }
    bool restart() override { return false; }

    expected<void> commit() {
        if (!draft_.commit()) return failed(errno);
        return {};
    }

private:
    AWSXX_COLD error failed(int number) const {
        return failed(std::generic_category().message(number));
    }
    AWSXX_COLD error failed(const std::string& why) const {
        return {.kind = error_kind::configuration,
                .code = "FileNotWritten",
                .message = draft_.path() + ": " + why};
    }

    awsxx::detail::file_draft draft_;
};

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3::detail
