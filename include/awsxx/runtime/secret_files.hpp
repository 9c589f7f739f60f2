// SPDX-License-Identifier: MIT
// Reads files that have secrets in them, and warns of those that others may read as well.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/configuration.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// The files of a configuration, seen and not owned. A certificate alone is nothing secret.
class secret_files final : public file_system {
public:
    explicit secret_files(const configuration& of) noexcept : of_(of) {}

    expected<std::string> read(const std::string& path, std::size_t limit) const override {
        auto all = of_.outside().files->read_content(path, limit);
        if (!all) return std::move(all).error();
        if (all->open_to_others && !is_certificate(all->bytes))
            of_.warn(channel::configuration, config::open_to_others(path));
        return std::move(all->bytes);
    }
    expected<void> write(const std::string& path, std::string_view bytes) override {
        return of_.outside().files->write(path, bytes);
    }

private:
    static bool is_certificate(std::string_view text) noexcept {
        return text.find("-----BEGIN CERTIFICATE-----") != std::string_view::npos &&
               text.find("PRIVATE KEY-----") == std::string_view::npos;
    }

    const configuration& of_;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
