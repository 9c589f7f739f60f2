// SPDX-License-Identifier: MIT
// Finds what a JMESPath expression asks for.
#pragma once

#include <awsxx/codec/jmespath_evaluator.hpp>
#include <awsxx/codec/jmespath_expression.hpp>
#include <awsxx/codec/jmespath_parser.hpp>
#include <awsxx/codec/jmespath_value.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <utility>

/// https://jmespath.org/specification.html
namespace awsxx::inline AWSXX_ABI::codec::jmespath {

/// What `what` finds in `in`. The value points into `in`, into `what` and into `room`, which have to
/// outlive it. Fails with `ExpressionFailed` where a function gets what it does not take, and where
/// that would be more than some seconds of work.
///
///     codec::jmespath::memory room;
///     const auto document = codec::jmespath::from_json(text, room);
///     const auto names = codec::jmespath::parse("people[?age > `20`].name");
///     const auto found = codec::jmespath::search(*names, *document, room);
inline expected<value> search(const expression& what, const value& in, memory& room) {
    evaluator run(what, room);
    const value found = run.run(what.root, in);
    if (run.failed()) return *run.failure();
    return found;
}

}  // namespace awsxx::inline AWSXX_ABI::codec::jmespath
