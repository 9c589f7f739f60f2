// SPDX-License-Identifier: MIT
// A value or the error that stands in its place.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected_fwd.hpp>
#include <awsxx/core/version.hpp>

#include <memory>
#include <type_traits>
#include <utility>

#if !AWSXX_STD_EXPECTED

namespace awsxx::inline AWSXX_ABI {

/// A value or an `error`, with the interface of C++23's `std::expected<T, error>`.
///
/// An `error` converts to a failed one. Reading the value of a failed one, or the error of a
/// good one, is undefined as it is there; `value()` throws `aws_error` instead.
template <class T>
class [[nodiscard]] expected {
public:
    using value_type = T;
    using error_type = awsxx::error;

    expected() requires std::is_default_constructible_v<T> : value_(), has_value_(true) {}
    expected(awsxx::error why) : error_(std::move(why)), has_value_(false) {}
    template <class U = T>
        requires(!std::is_same_v<std::remove_cvref_t<U>, expected> &&
                 !std::is_same_v<std::remove_cvref_t<U>, awsxx::error> &&
                 std::is_constructible_v<T, U>)
    explicit(!std::is_convertible_v<U, T>) expected(U&& value)
        : value_(std::forward<U>(value)), has_value_(true) {}
    expected(const expected& other) : has_value_(other.has_value_) { take(other); }
    expected(expected&& other) noexcept(std::is_nothrow_move_constructible_v<T>)
        : has_value_(other.has_value_) {
        take(std::move(other));
    }
    expected& operator=(const expected& other) {
        if (this != &other) *this = expected(other);
        return *this;
    }
    expected& operator=(expected&& other) noexcept(std::is_nothrow_move_constructible_v<T>) {
        if (this == &other) return *this;
        destroy();
        has_value_ = other.has_value_;
        take(std::move(other));
        return *this;
    }
    ~expected() { destroy(); }

    bool has_value() const noexcept { return has_value_; }
    explicit operator bool() const noexcept { return has_value_; }

    T& operator*() & noexcept { return value_; }
    const T& operator*() const& noexcept { return value_; }
    T&& operator*() && noexcept { return std::move(value_); }
    T* operator->() noexcept { return std::addressof(value_); }
    const T* operator->() const noexcept { return std::addressof(value_); }

    awsxx::error& error() & noexcept { return error_; }
    const awsxx::error& error() const& noexcept { return error_; }
    awsxx::error&& error() && noexcept { return std::move(error_); }

    template <class U>
    T value_or(U&& other) const& {
        return has_value_ ? value_ : static_cast<T>(std::forward<U>(other));
    }
    template <class U>
    T value_or(U&& other) && {
        return has_value_ ? std::move(value_) : static_cast<T>(std::forward<U>(other));
    }

    template <class... Args>
    T& emplace(Args&&... args) {
        destroy();
        has_value_ = true;
        return *std::construct_at(std::addressof(value_), std::forward<Args>(args)...);
    }

#if defined(__cpp_exceptions)
    const T& value() const& {
        if (!has_value_) throw aws_error(error_);
        return value_;
    }
    T& value() & {
        if (!has_value_) throw aws_error(error_);
        return value_;
    }
    T&& value() && {
        if (!has_value_) throw aws_error(error_);
        return std::move(value_);
    }
#endif

private:
    template <class Other>
    void take(Other&& other) {
        if (has_value_)
            std::construct_at(std::addressof(value_), std::forward<Other>(other).value_);
        else
            std::construct_at(std::addressof(error_), std::forward<Other>(other).error_);
    }
    void destroy() noexcept {
        if (has_value_)
            std::destroy_at(std::addressof(value_));
        else
            std::destroy_at(std::addressof(error_));
    }

    union {
        T value_;
        awsxx::error error_;
    };
    bool has_value_;
};

/// Done, or an `error`.
template <>
class [[nodiscard]] expected<void> {
public:
    using value_type = void;
    using error_type = awsxx::error;

    expected() = default;
    expected(awsxx::error why) : error_(std::make_unique<awsxx::error>(std::move(why))) {}
    expected(const expected& other)
        : error_(other.error_ ? std::make_unique<awsxx::error>(*other.error_) : nullptr) {}
    expected(expected&&) noexcept = default;
    expected& operator=(const expected& other) { return *this = expected(other); }
    expected& operator=(expected&&) noexcept = default;
    ~expected() = default;

    bool has_value() const noexcept { return !error_; }
    explicit operator bool() const noexcept { return !error_; }
    void operator*() const noexcept {}
    awsxx::error& error() & noexcept { return *error_; }
    const awsxx::error& error() const& noexcept { return *error_; }
    awsxx::error&& error() && noexcept { return std::move(*error_); }
#if defined(__cpp_exceptions)
    void value() const {
        if (error_) throw aws_error(*error_);
    }
#endif

private:
    std::unique_ptr<awsxx::error> error_{};
};

}  // namespace awsxx::inline AWSXX_ABI

#endif

namespace awsxx::inline AWSXX_ABI {

#if defined(__cpp_exceptions)
/// The value, or an `aws_error` thrown. The only difference between `call` and `try_call`.
template <class T>
T value_or_raise(expected<T> result) {
    if (!result) throw aws_error(std::move(result).error());
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}
#endif

}  // namespace awsxx::inline AWSXX_ABI
