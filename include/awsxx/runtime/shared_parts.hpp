// SPDX-License-Identifier: MIT
// What all sessions of one configuration share beside it, each made when it is first asked for.
#pragma once

#include <awsxx/core/guarded.hpp>
#include <awsxx/core/version.hpp>

#include <map>
#include <memory>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Objects by type and name. Any number of threads may ask; `make` is called with a lock held and
/// must not ask itself.
class shared_parts {
public:
    /// The `T` of that name, made by `make() -> std::shared_ptr<T>` unless it is there.
    template <class T, class Make>
    std::shared_ptr<T> get(const std::string& name, Make make) {
        const auto held = parts_.lock();
        std::shared_ptr<void>& part = (*held)[{&kind<T>, name}];
        if (!part) part = make();
        return std::static_pointer_cast<T>(part);
    }

    /// The same for an object that is forgotten when nobody uses it any more: one that itself
    /// holds the configuration, which would otherwise never go.
    template <class T, class Make>
    std::shared_ptr<T> get_while_used(const std::string& name, Make make) {
        const auto held = used_.lock();
        std::weak_ptr<void>& part = (*held)[{&kind<T>, name}];
        if (auto there = part.lock()) return std::static_pointer_cast<T>(std::move(there));
        std::shared_ptr<T> made = make();
        part = made;
        return made;
    }

private:
    template <class T>
    static inline char kind{};  // only its address counts
    using key = std::pair<const void*, std::string>;

    const guarded<std::map<key, std::shared_ptr<void>>> parts_{};
    const guarded<std::map<key, std::weak_ptr<void>>> used_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
