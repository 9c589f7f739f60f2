// SPDX-License-Identifier: MIT
// Keeps credentials of roles in files that the AWS CLI reads and writes, too.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/config/location.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/cli_cache_file.hpp>
#include <awsxx/credentials/refresh_schedule.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/secret_files.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// The folder of the cache, without a slash at its end; empty if the home folder is not known.
inline std::string cli_cache_folder(const runtime::configuration& from) {
    const std::string& chosen = from.choices().credentials_cache.folder;
    return config::with_home(chosen.empty() ? "~/.aws/cli/cache" : chosen,
                             *from.outside().environment);
}

namespace detail::cli_cache {

/// Access keys that AWS has refused; an entry with one of them is none. The last few are known.
class refused_keys {
public:
    void add(const std::string& id) {
        constexpr std::size_t most = 16;
        const auto held = ids_.lock();
        std::erase(*held, id);
        if (held->size() == most) held->erase(held->begin());
        held->push_back(id);
    }
    bool contains(const std::string& id) const {
        const auto held = ids_.lock();
        return std::find(held->begin(), held->end(), id) != held->end();
    }

private:
    const guarded<std::vector<std::string>> ids_{};
};

inline std::shared_ptr<refused_keys> refused_by_aws(const runtime::configuration& of) {
    return of.shared().get<refused_keys>("", [] { return std::make_shared<refused_keys>(); });
}

}  // namespace detail::cli_cache

/// Which entry of the cache, and whose credentials are in it.
struct cli_cache_entry {
    std::string key{};  ///< See `cli_cache_key`.
    /// Who assumes the role. Where that has long-lived keys, entries that are known to have been
    /// got with others are not used. May be null.
    std::shared_ptr<credentials_provider> caller{};
    auth::features via{};         ///< What AWS counts them as.
    std::string account_id{};     ///< Theirs, where a file does not tell; may be empty.
    std::string provider_type{};  ///< See `cli_cache_content`.
    /// For how long a process that is at it is waited for.
    milliseconds patience = std::chrono::seconds(10);
};

/// Looks into a file before it asks a source, and writes what that gave.
///
/// Of several processes that need the same role one asks STS, and the others wait for its file, as
/// long as the entry's `patience` lasts: minutes where a person has to type a code. Only whoever
/// renews waits; threads whose credentials are good go on with them. A file that is missing, torn
/// or nearly expired is a miss, and so is one with keys that AWS has refused or that are to be
/// renewed; it is written anew. One that cannot be written is a warning. Keeps no credentials in
/// memory.
class cli_cached_credentials final : public credentials_provider {
public:
    cli_cached_credentials(std::shared_ptr<credentials_provider> source, cli_cache_entry entry,
                           std::shared_ptr<const runtime::configuration> from)
        : state_(std::make_shared<const state>(
              state{std::move(source), std::move(entry), std::move(from)})) {}

    resolution resolve(instant now) override { return std::make_shared<fetch>(state_, now); }
    bool invalidate(const credentials& rejected, instant now) override {
        detail::cli_cache::refused_by_aws(*state_->from)->add(rejected.access_key_id);
        return state_->source->invalidate(rejected, now);
    }
    void explain(credentials_report& into) const override { state_->source->explain(into); }
    refresh_style style() const noexcept override { return state_->source->style(); }
    bool is_final(const error& why) const noexcept override {
        return state_->source->is_final(why);
    }

private:
    /// What was handed out last: whoever asks again when it is to be renewed wants other keys.
    struct given {
        std::string key{};
        instant fresh_until{};
    };
    struct state {
        std::shared_ptr<credentials_provider> source;
        cli_cache_entry entry;
        std::shared_ptr<const runtime::configuration> from;
        std::shared_ptr<const guarded<given>> last = std::make_shared<const guarded<given>>();
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
            then_obtain(of_->entry.caller, time(),
                        [this](const expected<credentials_snapshot>& keys) {
                            if (keys) know_caller(**keys);
                            then_work([this] { look(); });
                        });
        }
        std::shared_ptr<clock> time() const {
            return std::make_shared<runtime::corrected_clock>(of_->from);
        }
        void know_caller(const credentials& keys) {
            if (keys.session_token.empty()) source_key_ = keys.access_key_id;
        }
        void look() {
            if (find()) return;
            writes() ? lock() : ask();
        }
        void lock() {
            lock_attempt tried = of_->from->outside().files->try_lock(path(*of_) + ".lock");
            if (tried.busy && waited_ < of_->entry.patience) {
                constexpr milliseconds pause{50};
                waited_ += pause;
                return then_wait(pause, [this] { then_work([this] { lock(); }); });
            }
            lock_ = std::move(tried.held);
            if (!find()) ask();
        }
        void ask() {
            then_obtain(of_->source, time(), [this](const expected<credentials_snapshot>& keys) {
                if (!keys || !(*keys)->expiration) {
                    lock_.reset();
                    return finish(keys);
                }
                if (!writes()) return hand_out(*keys);
                then_work([this, keys] { keep(*keys); });
            });
        }
        /// True if there was a good entry.
        bool find() {
            auto text =
                runtime::secret_files(*of_->from).read(path(*of_), detail::cli_cache_file::longest);
            if (!text) return false;
            auto entry = parse_cli_cache_file(*text);
            wipe(*text);
            if (!entry || !is_good(*entry)) return false;
            entry->keys.source = path(*of_);
            entry->keys.via = of_->entry.via;
            if (entry->keys.account_id.empty()) entry->keys.account_id = of_->entry.account_id;
            hand_out(std::make_shared<const credentials>(std::move(entry->keys)));
            return true;
        }
        bool is_good(const cli_cache_content& entry) const {
            const settings& rules = of_->from->choices();
            const milliseconds window = advisory_window(rules.refresh, std::chrono::minutes(5));
            if (*entry.keys.expiration - now_ <
                (std::max)(rules.credentials_cache.least_left, window))
                return false;
            const given last = *of_->last->lock();
            if (last.key == entry.keys.access_key_id && now_ >= last.fresh_until) return false;
            if (detail::cli_cache::refused_by_aws(*of_->from)->contains(entry.keys.access_key_id))
                return false;
            return entry.source_key.empty() || source_key_.empty() ||
                   entry.source_key == source_key_;
        }
        void keep(const credentials_snapshot& keys) {
            std::string text = cli_cache_file_text({.keys = *keys,
                                                    .source_key = source_key_,
                                                    .provider_type = of_->entry.provider_type});
            const auto written = of_->from->outside().files->write(path(*of_), text);
            wipe(text);
            if (!written)
                of_->from->warn(channel::credentials, "the cache of credentials is not written: " +
                                                          written.error().message);
            hand_out(keys);
        }
        void hand_out(credentials_snapshot keys) {
            lock_.reset();
            if (const auto last = of_->last->lock(); last->key != keys->access_key_id)
                *last = {keys->access_key_id,
                         schedule_refresh(now_, keys->expiration, of_->from->choices().refresh)
                             .advisory};
            finish(std::move(keys));
        }
        bool writes() const {
            return of_->from->choices().credentials_cache.mode ==
                   credentials_files::use::read_write;
        }

        std::shared_ptr<const state> of_;
        instant now_;
        std::string source_key_{};
        milliseconds waited_{};
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

namespace detail::cli_cache {

/// Removes one file of the cache's folder if it is a part of the cache and of no use any more.
inline bool prune(const runtime::configuration& from, const std::string& folder,
                  std::string_view name) {
    const auto& files = from.outside().files;
    const std::string path = folder + std::string(name);
    const std::string_view rest = name.substr((std::min)(name.size(), cli_cache_key_length));
    if (!is_cli_cache_key(name.substr(0, cli_cache_key_length))) return false;
    if (rest == ".json.lock") {
        const lock_attempt tried = files->try_lock(path);
        return tried.held && files->remove(path);
    }
    if (rest == ".json") {
        auto text = files->read(path, cli_cache_file::longest);
        if (!text) return false;
        const auto entry = parse_cli_cache_file(*text);
        wipe(*text);
        const instant now = from.outside().time->now();
        const bool good = entry && *entry->keys.expiration > now + from.skew().current();
        return !good && files->remove(path);
    }
    const auto written = files->written_at(path);
    const bool old = written && from.outside().time->now() - *written > std::chrono::hours(1);
    return rest.starts_with(".json.") && old && files->remove(path);
}

}  // namespace detail::cli_cache

/// Removes the entries whose credentials have expired, and what crashed programs left behind:
/// torn entries, drafts older than an hour, locks that nobody holds. How many files that were.
/// Files that the cache has not named stay. Blocks.
inline std::size_t prune_cli_cache(const runtime::configuration& from) {
    const std::string folder = cli_cache_folder(from) + "/";
    std::size_t removed = 0;
    for (const std::string& name : from.outside().files->list(folder))
        if (detail::cli_cache::prune(from, folder, name)) ++removed;
    return removed;
}

}  // namespace awsxx::inline AWSXX_ABI
