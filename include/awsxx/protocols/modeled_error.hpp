// SPDX-License-Identifier: MIT
// What a service says of an error beside its code, as a structure.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/error_answer.hpp>

#include <optional>
#include <string_view>

namespace awsxx::inline AWSXX_ABI {

namespace protocols {

/// True if it is that error, by whichever of its names.
inline bool is_modeled(const error& why, const model::error_shape& as) noexcept {
    if (!why.details || !why.details->answer) return false;
    const std::string_view code = why.code;
    if (code == as.name || why.details->modeled_code == as.name) return true;
    return !as.query_code.empty() && code == as.query_code;
}

/// Fills an error's shape from the answer that the error was, as far as it can be read.
inline void read_modeled(const error& why, const model::type& shape, void* out) {
    const auto& kept = *static_cast<const kept_answer*>(why.details->answer.get());
    http::response answer = kept.answer;
    kept.protocol->decode_modeled(shape, answer, out);
}

}  // namespace protocols

/// The error as the service models it, or nothing if it is another one.
/// `modeled<dynamodb::conditional_check_failed_exception>(e)` has the item that was there.
///
/// It is read when it is asked for. What cannot be read stays empty. Answers that issue credentials
/// and those beyond 256 KiB are not kept; nothing is read from them.
template <class Shape>
std::optional<Shape> modeled(const error& why) {
    std::optional<Shape> found;
    if (protocols::is_modeled(why, Shape::template wire<void>::error))
        protocols::read_modeled(why, Shape::template wire<void>::type, &found.emplace());
    return found;
}

}  // namespace awsxx::inline AWSXX_ABI
