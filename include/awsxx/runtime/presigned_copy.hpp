// SPDX-License-Identifier: MIT
// Copies from another region: the request carries a URL, signed for the source, that allows it.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/presign.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/percent.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/model/operation.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

namespace detail::presigned_copy {

inline constexpr std::chrono::hours lifetime{1};

/// The parameter of a form with the ampersand before it; empty: there is none. No form begins with
/// one: `Action` does.
inline std::string_view find_parameter(std::string_view form, std::string_view name) {
    const std::string begin = "&" + std::string(name) + "=";
    const auto at = form.find(begin);
    if (at == std::string_view::npos) return {};
    return form.substr(at, form.find('&', at + 1) - at);
}

/// Removes it.
inline void drop_parameter(std::string& form, std::string_view name) {
    const std::string_view found = find_parameter(form, name);
    if (!found.empty())
        form.erase(static_cast<std::size_t>(found.data() - form.data()), found.size());
}

}  // namespace detail::presigned_copy

/// What one call of such an operation needs beside its form. Forms and URLs may have passwords and
/// tokens in them: what is not needed any more is wiped.
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html
/// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CopyDBSnapshot.html
class presigned_copy {
public:
    /// Makes the form of an encoded request what is sent, the URL left aside. It is true afterwards
    /// if there is to be one: the program says which region is the source, and gives no URL itself.
    ///
    /// Fails with `invalid_argument` where the source cannot be a region.
    expected<void> begin(const model::region_copy_traits& how, std::string_view target,
                         http::request& draft) {
        constexpr std::size_t room_for_region = 96;
        std::string form = copy_of(draft.body.bytes(), room_for_region);
        auto read = take_source(how, target, form);
        replace(draft, std::move(form));
        return read;
    }

    explicit operator bool() const noexcept { return !source_.empty(); }
    /// The region to copy from.
    const std::string& source() const noexcept { return source_; }

    /// Puts the URL into the form, in place of the one of an earlier attempt. `base` is the
    /// endpoint at the source. Fails as `auth::presign` does.
    expected<void> finish(const credentials& keys, const auth::signing& there,
                          const http::uri& base, http::request& draft) const {
        namespace own = detail::presigned_copy;
        std::string form(draft.body.bytes());
        own::drop_parameter(form, how_->url);
        http::request reading;
        reading.method = "GET";
        reading.target = base;
        reading.target.query = copy_of(form, room_of("DestinationRegion", target_));
        if (!how_->sends_regions) append(reading.target.query, "DestinationRegion", target_);
        auto link = auth::presign(reading, keys, there, own::lifetime);
        wipe(reading.target.query);
        if (link) {
            std::string address = to_string(link->target);
            std::string whole = copy_of(form, room_of(how_->url, address));
            append(whole, how_->url, address);
            replace(draft, std::move(whole));
            wipe(link->target.query);
            wipe(address);
        }
        wipe(form);
        if (!link) return std::move(link).error();
        return {};
    }

private:
    expected<void> take_source(const model::region_copy_traits& how, std::string_view target,
                               std::string& form) {
        namespace own = detail::presigned_copy;
        std::string_view named = own::find_parameter(form, "SourceRegion");
        named.remove_prefix(named.find('=') + 1);  // npos + 1: nothing
        std::string source;
        if (auto read = http::append_decoded(source, named); !read) return read;
        if (!how.sends_regions) own::drop_parameter(form, "SourceRegion");
        if (source.empty() || !own::find_parameter(form, how.url).empty()) return {};
        if (!http::valid_host_label(source))
            return error{.kind = error_kind::invalid_argument,
                         .code = "InvalidInput",
                         .message = "SourceRegion: \"" + source + "\" is no region"};
        how_ = &how;
        source_ = std::move(source);
        target_ = target;
        if (!how.sends_regions) return {};
        own::drop_parameter(form, "DestinationRegion");
        append(form, "DestinationRegion", target_);
        return {};
    }

    /// With room to grow: what a string leaves behind when it moves is not wiped.
    static std::string copy_of(std::string_view text, std::size_t room) {
        std::string copy;
        copy.reserve(text.size() + room);
        copy = text;
        return copy;
    }
    static std::size_t room_of(std::string_view name, std::string_view value) {
        return name.size() + 2 + 3 * value.size();
    }
    static void append(std::string& form, std::string_view name, std::string_view value) {
        form.append("&").append(name).append("=");
        http::append_encoded(form, value);
    }
    static void replace(http::request& draft, std::string&& form) {
        draft.body.wipe();
        draft.body = std::move(form);
    }

    const model::region_copy_traits* how_ = nullptr;
    std::string source_{};
    std::string target_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
