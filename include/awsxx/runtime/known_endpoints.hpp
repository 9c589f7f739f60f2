// SPDX-License-Identifier: MIT
// The endpoints that calls to one service have found, each made once.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/endpoint_search.hpp>

#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// A few endpoints: the first that are found. Thread-safe; finding one takes no lock.
class known_endpoints {
public:
    known_endpoints() = default;
    known_endpoints(const known_endpoints&) = delete;
    known_endpoints& operator=(const known_endpoints&) = delete;
    ~known_endpoints() {
        for (entry* one = newest_.load(std::memory_order_acquire); one != nullptr;) {
            const std::unique_ptr<entry> gone(one);
            one = gone->older;
        }
    }

    /// What a search has found. It is kept here, or in `own` where there are too many already.
    expected<const resolved_endpoint*> get(const endpoint_search& search,
                                           std::unique_ptr<resolved_endpoint>& own) {
        entry* newest = newest_.load(std::memory_order_acquire);
        std::size_t count = 0;
        for (const entry* one = newest; one != nullptr; one = one->older, ++count)
            if (search.found(one->endpoint)) return &one->endpoint;
        auto made = search.take();
        if (!made) return std::move(made).error();
        if (count >= most || !made->headers.empty()) {
            own = std::make_unique<resolved_endpoint>(*std::move(made));
            return static_cast<const resolved_endpoint*>(own.get());
        }
        auto added = std::make_unique<entry>(entry{*std::move(made), newest});
        while (!newest_.compare_exchange_weak(added->older, added.get(), std::memory_order_acq_rel,
                                              std::memory_order_acquire)) {}
        return static_cast<const resolved_endpoint*>(&added.release()->endpoint);
    }

private:
    struct entry {
        resolved_endpoint endpoint{};
        entry* older{};
    };
    static constexpr std::size_t most = 32;

    std::atomic<entry*> newest_{nullptr};
};

/// Which region a bucket is in where it is another than the session's: what S3 has answered.
/// Thread-safe; costs nothing as long as nothing was learned.
class bucket_regions {
public:
    /// Empty: nothing is known.
    std::string find(std::string_view bucket) const {
        if (!any_.load(std::memory_order_acquire)) return {};
        const auto held = regions_.lock();
        const auto known = held->find(bucket);
        return known == held->end() ? std::string() : known->second;
    }
    void learn(std::string_view bucket, std::string_view region) {
        const auto held = regions_.lock();
        if (held->size() >= most) held->erase(held->begin());
        (*held)[std::string(bucket)] = region;
        any_.store(true, std::memory_order_release);
    }

private:
    static constexpr std::size_t most = 1000;

    const guarded<std::map<std::string, std::string, std::less<>>> regions_{};
    std::atomic<bool> any_{false};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
