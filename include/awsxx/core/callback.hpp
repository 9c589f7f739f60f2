// SPDX-License-Identifier: MIT
// A function object of whatever type, which need not be copyable.
#pragma once

#include <awsxx/core/version.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Something that is called without arguments, once or more. Moves only.
class callback {
public:
    callback() = default;
    template <class Function>
        requires(!std::is_same_v<std::remove_cvref_t<Function>, callback> &&
                 std::is_invocable_v<std::remove_cvref_t<Function>&>)
    callback(Function&& function)
        : held_(std::make_unique<holder<std::remove_cvref_t<Function>>>(
              std::forward<Function>(function))) {}

    explicit operator bool() const noexcept { return held_ != nullptr; }
    void operator()() const { held_->call(); }

private:
    struct base {
        virtual ~base() = default;
        virtual void call() = 0;
    };
    template <class Function>
    struct holder final : base {
        Function function;

        explicit holder(Function&& from) : function(std::move(from)) {}
        explicit holder(const Function& from) : function(from) {}
        void call() override { function(); }
    };

    std::unique_ptr<base> held_{};
};

}  // namespace awsxx::inline AWSXX_ABI
