// SPDX-License-Identifier: MIT
// What a generated service offers to the driver: its operations and errors as data.
#pragma once

#include <awsxx/model/operation.hpp>

#include <span>
#include <string_view>

namespace conformance {

/// A value whose type only its makers know.
struct value_maker {
    const awsxx::model::type* shape{};
    void* (*make)(){};
    void (*destroy)(void*){};
};

template <class T>
constexpr value_maker maker_of() {
    return {&T::template wire<void>::type, [] { return static_cast<void*>(new T{}); },
            [](void* value) { delete static_cast<T*>(value); }};
}

struct operation_entry {
    const awsxx::model::operation* operation{};
    value_maker input{};
    value_maker output{};
};

template <class Op>
constexpr operation_entry operation_of() {
    return {&Op::template wire<void>::operation, maker_of<Op>(), maker_of<typename Op::output>()};
}

struct error_entry {
    const awsxx::model::error_shape* error{};
    value_maker value{};
};

template <class Error>
constexpr error_entry error_of() {
    return {&Error::template wire<void>::error, maker_of<Error>()};
}

struct service_table {
    std::span<const operation_entry> operations{};
    std::span<const error_entry> errors{};
};

}  // namespace conformance
