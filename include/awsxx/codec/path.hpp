// SPDX-License-Identifier: MIT
// Where in a value a codec is, as failures tell it: Users[3].Name.
#pragma once

#include <awsxx/core/version.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::codec {

/// The way from the outermost value to where a codec is. It is put into words only for failures.
class path {
public:
    /// A value with others in it, entered for as long as this lives.
    class step {
    public:
        explicit step(path& owner) noexcept : owner_(owner), before_(owner.last_) {
            owner.last_ = this;
        }
        step(const step&) = delete;
        step& operator=(const step&) = delete;
        ~step() { owner_.last_ = before_; }

        /// The codec is at that member now. The name has to live as long as the step.
        void at(std::string_view name) noexcept { name_ = name; }
        /// The codec is at that element now.
        void at(std::size_t index) noexcept { index_ = index; }

    private:
        friend class path;
        path& owner_;
        step* before_;
        std::string_view name_{};
        std::size_t index_ = 0;
    };

    AWSXX_COLD std::string text() const {
        std::string words;
        for (const step* one = last_; one != nullptr; one = one->before_) {
            if (one->name_.data() == nullptr)
                words.insert(0, "[" + std::to_string(one->index_) + "]");
            else
                words.insert(0, one->name_).insert(0, ".");
        }
        if (words.starts_with('.')) words.erase(0, 1);
        return words;
    }

private:
    step* last_ = nullptr;
};

}  // namespace awsxx::inline AWSXX_ABI::codec
