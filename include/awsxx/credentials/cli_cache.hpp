// SPDX-License-Identifier: MIT
// Keeps credentials of roles in files that the AWS CLI reads and writes, too.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/codec/sorted_json.hpp>
#include <awsxx/config/location.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/credentials_json.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/runtime/configuration.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// The folder of the cache, without a slash at its end; empty if the home folder is not known.
inline std::string cli_cache_folder(const runtime::configuration& from) {
    const std::string& chosen = from.choices().credentials_cache.folder;
    return config::with_home(chosen.empty() ? "~/.aws/cli/cache" : chosen,
                             *from.outside().environment);
}

namespace detail::cli_cache {

inline constexpr std::size_t largest_file = std::size_t{1} << 20;

/// The access key that the role was assumed with, where whoever wrote the entry has told.
inline std::string source_key_in(std::string_view entry) {
    codec::json::reader in(entry);
    std::string found;
    std::string_view text;
    in.open_object();
    for (std::string_view name; in.member(name);) {
        const bool wanted = name == "SourceAccessKeyId" && in.peek() == codec::json::token::string;
        if (!(wanted ? in.string(text) : in.skip())) break;
        if (wanted) found = text;
    }
    return found;
}

/// An entry as the CLI writes it, with the source's key as one more member.
inline std::string entry_of(const credentials& keys, const std::string& source_key) {
    using codec::ascii_json_string;
    codec::sorted_json_object inner(codec::json_spacing::wide);
    inner.set("AccessKeyId", ascii_json_string(keys.access_key_id));
    inner.set("SecretAccessKey", ascii_json_string(keys.secret_access_key.expose()));
    inner.set("SessionToken", ascii_json_string(keys.session_token.expose()));
    inner.set("Expiration",
              ascii_json_string(format_date(*keys.expiration, date_format::date_time)));
    if (!keys.account_id.empty()) inner.set("AccountId", ascii_json_string(keys.account_id));
    codec::sorted_json_object all(codec::json_spacing::wide);
    all.set("Credentials", inner.text());
    if (!source_key.empty()) all.set("SourceAccessKeyId", ascii_json_string(source_key));
    return all.text();
}

}  // namespace detail::cli_cache

/// Which entry of the cache, and whose credentials are in it.
struct cli_cache_entry {
    std::string key{};  ///< See `cli_cache_key`.
    /// Who assumes the role. Where that has long-lived keys, entries that are known to have been
    /// got with others are not used. May be null.
    std::shared_ptr<credentials_provider> caller{};
    auth::features via{};  ///< What AWS counts them as.
};

/// Looks into a file before it asks a source, and writes what that gave.
///
/// Of several processes that need the same role one asks STS, and the others wait for its file, ten
/// seconds at most. A file that is missing, torn or nearly expired is a miss; one that cannot be
/// written costs nothing but the next process's time. Keeps nothing in memory.
class cli_cached_credentials final : public credentials_provider {
public:
    cli_cached_credentials(std::shared_ptr<credentials_provider> source, cli_cache_entry entry,
                           std::shared_ptr<const runtime::configuration> from)
        : state_(std::make_shared<const state>(
              state{std::move(source), std::move(entry), std::move(from)})) {}

    resolution resolve(instant now) override { return std::make_shared<fetch>(state_, now); }
    bool invalidate(const credentials& rejected, instant now) override {
        const auto& [source, entry, from] = *state_;
        if (from->choices().credentials_cache.mode == credentials_files::use::read_write)
            from->outside().files->remove(path(*state_));  // it would be found again
        return source->invalidate(rejected, now);
    }
    void explain(credentials_report& into) const override { state_->source->explain(into); }
    refresh_style style() const noexcept override { return state_->source->style(); }
    bool is_final(const error& why) const noexcept override {
        return state_->source->is_final(why);
    }

private:
    struct state {
        std::shared_ptr<credentials_provider> source;
        cli_cache_entry entry;
        std::shared_ptr<const runtime::configuration> from;
    };

    static std::string path(const state& of) {
        return cli_cache_folder(*of.from) + "/" + of.entry.key + ".json";
    }

    class fetch final : public staged_renewal {
    public:
        fetch(std::shared_ptr<const state> of, instant now) : of_(std::move(of)), now_(now) {}

    private:
        void begin() override {
            if (!of_->entry.caller) return then_work([this] { look(); });
            then_obtain(of_->entry.caller, of_->from->outside().time,
                        [this](const expected<credentials_snapshot>& keys) {
                            if (keys) know_caller(**keys);
                            then_work([this] { look(); });
                        });
        }
        void know_caller(const credentials& keys) {
            if (keys.session_token.empty()) source_key_ = keys.access_key_id;
        }
        void look() {
            constexpr milliseconds patience{10'000};
            if (find()) return;
            const auto& outside = of_->from->outside();
            if (writes()) {
                lock_ = outside.files->lock(path(*of_) + ".lock", *outside.time, patience);
                if (find()) return;
            }
            then_obtain(of_->source, outside.time,
                        [this](const expected<credentials_snapshot>& keys) {
                            if (!keys || !writes() || !(*keys)->expiration) return finish(keys);
                            then_work([this, keys] { keep(*keys); });
                        });
        }
        /// True if there was a good entry.
        bool find() {
            auto text =
                of_->from->outside().files->read(path(*of_), detail::cli_cache::largest_file);
            if (!text) return false;
            auto keys = parse_credentials_json(*text, {.inside = "Credentials", .temporary = true});
            const std::string source = detail::cli_cache::source_key_in(*text);
            wipe(*text);
            const auto& rules = of_->from->choices().credentials_cache;
            if (!keys || *keys->expiration - now_ < rules.least_left) return false;
            if (!source.empty() && !source_key_.empty() && source != source_key_) return false;
            keys->source = path(*of_);
            keys->via = of_->entry.via;
            finish(std::make_shared<const credentials>(*std::move(keys)));
            lock_.reset();
            return true;
        }
        void keep(const credentials_snapshot& keys) {
            std::string text = detail::cli_cache::entry_of(*keys, source_key_);
            static_cast<void>(of_->from->outside().files->write(path(*of_), text));
            wipe(text);
            lock_.reset();
            finish(keys);
        }
        bool writes() const {
            return of_->from->choices().credentials_cache.mode ==
                   credentials_files::use::read_write;
        }

        std::shared_ptr<const state> of_;
        instant now_;
        std::string source_key_{};
        std::unique_ptr<file_lock> lock_{};
    };

    std::shared_ptr<const state> state_;
};

/// `source` behind the cache if the settings ask for it.
inline std::shared_ptr<credentials_provider> cli_cached(
    std::shared_ptr<credentials_provider> source, cli_cache_entry entry,
    const std::shared_ptr<const runtime::configuration>& from) {
    if (from->choices().credentials_cache.mode == credentials_files::use::none) return source;
    if (cli_cache_folder(*from).empty()) return source;
    return std::make_shared<cli_cached_credentials>(std::move(source), std::move(entry), from);
}

/// Removes the entries whose credentials have expired and what crashed programs left behind.
/// How many files that were. Other files stay. Blocks.
inline std::size_t prune_cli_cache(const runtime::configuration& from) {
    file_system& files = *from.outside().files;
    const std::string folder = cli_cache_folder(from) + "/";
    const instant now = from.outside().time->now() + from.skew().current();
    std::size_t removed = 0;
    for (const std::string& name : files.list(folder)) {
        if (!name.ends_with(".json")) continue;
        auto text = files.read(folder + name, detail::cli_cache::largest_file);
        if (!text) continue;
        const auto keys =
            parse_credentials_json(*text, {.inside = "Credentials", .temporary = true});
        wipe(*text);
        if (keys && *keys->expiration > now) continue;
        if (files.remove(folder + name)) ++removed;
        files.remove(folder + name + ".lock");
    }
    return removed;
}

}  // namespace awsxx::inline AWSXX_ABI
