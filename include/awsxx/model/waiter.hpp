// SPDX-License-Identifier: MIT
// What has to be seen of a resource before one goes on: constant data that waiters act upon.
#pragma once

#include <awsxx/core/version.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::model {

/// What an attempt means that an acceptor fits.
enum class waiter_state : unsigned char { success, failure, retry };

/// What of an attempt an acceptor looks at.
enum class match : unsigned char {
    success,  ///< Whether the call succeeded: `expected` is "true" or "false".
    error,    ///< Its error's code or shape is one of the names in `expected`, divided by spaces.
    output,   ///< What `path` finds in the output. Never fits an attempt that failed.
    input_and_output,  ///< The same in an object of `input` and `output`.
};

/// How what is found is compared with what is expected.
enum class comparison : unsigned char {
    one_text,   ///< It is this text.
    truth,      ///< It is this: "true" or "false".
    all_texts,  ///< A list that is not empty, of this text only.
    any_text,   ///< A list with this text among others.
};

/// What an attempt may look like. https://smithy.io/2.0/additional-specs/waiters.html
struct acceptor {
    waiter_state state{};
    model::match match{};
    std::string_view expected{};
    /// A JMESPath expression whose identifiers are the names in the tables: `field::name`, wherever
    /// the member lies, not the names in the Smithy model. The two differ in EC2 and in XML.
    std::string_view path{};
    model::comparison comparison{};
};

/// A waiter, whatever its operation is. The first acceptor that fits an attempt decides.
struct waiter {
    std::string_view name{};  ///< "TableExists"
    int min_delay = 2;        ///< Seconds between attempts, to begin with.
    int max_delay = 120;      ///< Seconds; the pauses get no longer.
    std::span<const acceptor> acceptors{};
};

/// A waiter of an operation. Those of a service are in its namespace `waiters`; this one waits for
/// new keys to be known everywhere:
///
///     constexpr model::waiter_of<sts::get_caller_identity, 2> keys_known{
///         "KeysKnown", 1, 20,
///         {{model::waiter_state::success, model::match::success, "true"},
///          {model::waiter_state::retry, model::match::error, "InvalidClientTokenId"}}};
template <class Op, std::size_t Acceptors>
struct waiter_of {
    std::string_view name{};
    int min_delay = 2;
    int max_delay = 120;
    acceptor acceptors[Acceptors]{};

    constexpr operator waiter() const noexcept { return {name, min_delay, max_delay, acceptors}; }
};

}  // namespace awsxx::inline AWSXX_ABI::model
