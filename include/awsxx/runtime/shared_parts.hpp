// SPDX-License-Identifier: MIT
// What the users of one thing share beside it, each made when it is first asked for.
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

private:
    template <class T>
    static inline char kind{};  // only its address counts

    const guarded<std::map<std::pair<const void*, std::string>, std::shared_ptr<void>>> parts_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
