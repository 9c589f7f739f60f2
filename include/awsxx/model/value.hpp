// SPDX-License-Identifier: MIT
// The C++ types that members of shapes are made of, beyond those of the standard library.
#pragma once

#include <awsxx/core/version.hpp>

#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace model {

/// As `value = {}`, which takes the compiler much longer.
template <class T>
void make_anew(T& value) {
    if constexpr (noexcept(T{})) {
        value.~T();
        ::new (static_cast<void*>(&value)) T{};
    } else {
        value = {};
    }
}

template <class T>
void make_and_forget() noexcept(noexcept(T{})) {
    T made{};
    static_cast<void>(made);
}

/// True. Every shape asserts it of what its members are made of, before anybody makes one: where g++ 12
/// meets a member's `{}` first while it tries which of several functions is meant, it forgets to
/// instantiate what that calls, or ends with an internal error. Nothing is compared: with a check for
/// null pointers g++ finds no constant in that.
template <class... T>
inline constexpr bool settled = ((static_cast<void>(&make_and_forget<T>), true) && ...);

}  // namespace model

/// A structure that may be absent. Unlike `std::optional` it costs next to nothing to compile.
template <class T>
class maybe {
public:
    maybe() noexcept {}  // NOLINT(modernize-use-equals-default): the union would delete it
    maybe(T value) : present_(true) { make(std::move(value)); }
    maybe(const maybe& other) : present_(other.present_) {
        if (present_) make(other.value_);
    }
    maybe(maybe&& other) noexcept : present_(other.present_) {
        if (present_) make(std::move(other.value_));
    }
    maybe& operator=(const maybe& other) { return *this = maybe(other); }
    maybe& operator=(maybe&& other) noexcept {
        maybe taken(std::move(other));  // which may lie in what goes now
        reset();
        if (taken.present_) make(std::move(taken.value_));
        present_ = taken.present_;
        return *this;
    }
    ~maybe() { reset(); }

    bool has_value() const noexcept { return present_; }
    explicit operator bool() const noexcept { return present_; }
    /// As with `std::optional`, these need a value to be there.
    T& operator*() noexcept { return value_; }
    const T& operator*() const noexcept { return value_; }
    T* operator->() noexcept { return &value_; }
    const T* operator->() const noexcept { return &value_; }

    T& emplace() {
        reset();
        ::new (static_cast<void*>(&value_)) T{};
        present_ = true;
        return value_;
    }
    void reset() noexcept {
        if (present_) value_.~T();
        present_ = false;
    }

private:
    template <class From>
    void make(From&& from) {
        ::new (static_cast<void*>(&value_)) T(std::forward<From>(from));
    }

    union {
        T value_;  ///< While there is one.
    };
    bool present_ = false;
};

/// A structure that may be absent and may hold others of its own type: it lies on the heap.
template <class T>
class box {
public:
    box() = default;
    box(T value) : value_(new T(std::move(value))) {}
    box(const box& other) : value_(other.value_ != nullptr ? new T(*other.value_) : nullptr) {}
    box(box&& other) noexcept : value_(std::exchange(other.value_, nullptr)) {}
    box& operator=(box other) noexcept {
        std::swap(value_, other.value_);
        return *this;
    }
    ~box() {
        using known [[maybe_unused]] = char[sizeof(T)];  // else its destructor would be left out
        delete value_;
    }

    bool has_value() const noexcept { return value_ != nullptr; }
    explicit operator bool() const noexcept { return has_value(); }
    T& operator*() noexcept { return *value_; }
    const T& operator*() const noexcept { return *value_; }
    T* operator->() noexcept { return value_; }
    const T* operator->() const noexcept { return value_; }

    T& emplace() {
        *this = box(T{});
        return *value_;
    }
    void reset() { *this = box(); }

private:
    T* value_{};  // owned; no std::unique_ptr, as <memory> costs every service header a third more
};

/// The text of an enumeration's value. AWS adds values; old programs keep what they do not know.
///
///     struct account_status : open_enum {
///         using open_enum::open_enum;
///         static constexpr std::string_view active = "ACTIVE";
///     };
struct open_enum {
    std::string value{};

    open_enum() = default;
    open_enum(std::string text) : value(std::move(text)) {}
    open_enum(std::string_view text) : value(text) {}
    open_enum(const char* text) : value(text) {}

    bool empty() const noexcept { return value.empty(); }
    operator std::string_view() const noexcept { return value; }
    friend bool operator==(const open_enum& a, std::string_view b) noexcept { return a.value == b; }
    friend bool operator==(const open_enum& a, const std::string& b) noexcept {
        return a.value == b;
    }
    friend bool operator==(const open_enum& a, const char* b) noexcept { return a.value == b; }
    friend bool operator==(const open_enum& a, const open_enum& b) noexcept = default;
};

/// The number of an enumeration's value; numbers that are not known are kept as well.
struct open_int_enum {
    int value{};

    open_int_enum() = default;
    constexpr open_int_enum(int number) noexcept : value(number) {}

    constexpr operator int() const noexcept { return value; }
};

}  // namespace awsxx::inline AWSXX_ABI
