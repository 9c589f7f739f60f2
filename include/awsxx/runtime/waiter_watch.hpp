// SPDX-License-Identifier: MIT
// Decides by the acceptors of a waiter what each attempt means.
#pragma once

#include <awsxx/codec/jmespath.hpp>
#include <awsxx/codec/jmespath_model.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/model/waiter.hpp>
#include <awsxx/protocols/error_answer.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::runtime {

namespace detail::waiter_watch {

namespace path = codec::jmespath;

/// The error has that name: its code, the name of its shape or, where the body said nothing, what
/// HTTP calls its status ("NotFound").
inline bool has_name(const error& why, std::string_view name) {
    name = protocols::shape_name(name);
    if (why.code == name) return true;
    if (why.details && why.details->modeled_code == name) return true;
    if (why.http_status == 0 || why.code != std::to_string(why.http_status)) return false;
    std::string phrase;
    for (const char c : protocols::reason_phrase(why.http_status))
        if (c != ' ') phrase += c;
    return phrase == name;
}

/// One of these names is the error's: an error of awsQuery has a code beside its shape's name.
inline bool is_called(const error& why, std::string_view names) {
    while (!names.empty())
        if (has_name(why, text::take_until(names, ' '))) return true;
    return false;
}

inline bool is_text(const path::value& found, std::string_view expected) noexcept {
    return found.kind == path::kind::text && found.text == expected;
}

inline bool compares(const path::value& found, const model::acceptor& with) {
    if (with.comparison == model::comparison::one_text) return is_text(found, with.expected);
    if (with.comparison == model::comparison::truth)
        return found.kind == path::kind::boolean && found.truth == (with.expected == "true");
    if (found.kind != path::kind::list) return false;
    const std::size_t count = path::size(found);
    std::size_t same = 0;
    for (std::size_t i = 0; i < count; ++i)
        same += is_text(path::element(found, i), with.expected) ? 1u : 0u;
    return with.comparison == model::comparison::any_text ? same > 0 : same > 0 && same == count;
}

/// A state, for people: short, and no secret.
inline std::string shown(path::value found) {
    if (found.kind == path::kind::list && path::size(found) > 0) found = path::element(found, 0);
    const bool fits = found.kind == path::kind::text && !found.hidden && found.text.size() <= 64;
    return fits ? std::string(found.text) : std::string();
}

}  // namespace detail::waiter_watch

/// The acceptors of one wait. Knows no time and calls nobody.
class waiter_watch {
public:
    /// Fails with `BadExpression` for a waiter whose paths are none. The operation's input has to
    /// outlive this.
    static expected<waiter_watch> begin(const model::waiter& what, const model::operation& asked,
                                        const void* in) {
        waiter_watch made(what, asked, in);
        for (const model::acceptor& one : what.acceptors) {
            auto parsed = codec::jmespath::parse(one.path.empty() ? "@" : one.path);
            if (!parsed) return std::move(parsed).error();
            made.paths_.push_back(*std::move(parsed));
        }
        return made;
    }

    /// What an attempt means that ended so, with this output.
    model::waiter_state judge(expected<void> attempt, const void* out) {
        last_error_.reset();
        seen_.clear();
        if (!attempt) last_error_ = std::move(attempt).error();
        for (std::size_t i = 0; i < what_.acceptors.size(); ++i)
            if (fits(i, out)) return what_.acceptors[i].state;
        return last_error_ ? model::waiter_state::failure : model::waiter_state::retry;
    }

    /// The state that the last attempt showed, as "CREATING", or the code of its error.
    const std::string& seen() const noexcept { return last_error_ ? last_error_->code : seen_; }
    const std::optional<error>& last_error() const noexcept { return last_error_; }

    /// `outer`, for the reason that the last attempt gave if it failed.
    AWSXX_COLD error because_of_last(error outer) const {
        return last_error_ ? caused_by(std::move(outer), *last_error_) : outer;
    }
    /// What the wait ends with where an attempt means that it never will be so.
    AWSXX_COLD error failure(std::string message) const {
        error made{.kind = last_error_ ? last_error_->kind : error_kind::unknown,
                   .code = "WaiterFailed",
                   .message = std::move(message)};
        if (!seen().empty()) made.message += "; last: " + seen();
        return because_of_last(std::move(made));
    }

private:
    waiter_watch(const model::waiter& what, const model::operation& asked, const void* in)
        : what_(what), asked_(&asked), in_(in) {}

    bool fits(std::size_t index, const void* out) {
        const model::acceptor& one = what_.acceptors[index];
        switch (one.match) {
            case model::match::success: return last_error_.has_value() != (one.expected == "true");
            case model::match::error:
                return last_error_ && detail::waiter_watch::is_called(*last_error_, one.expected);
            default: return !last_error_ && finds(index, out);
        }
    }

    /// A path that asks too much of this output finds nothing.
    bool finds(std::size_t index, const void* out) {
        codec::jmespath::memory room;
        const model::acceptor& one = what_.acceptors[index];
        codec::jmespath::value in = codec::jmespath::value_of(*asked_->output, out);
        if (one.match == model::match::input_and_output)
            in = room.keep(std::vector<codec::jmespath::member>{
                {"input", codec::jmespath::value_of(*asked_->input, in_)}, {"output", in}});
        const auto found = codec::jmespath::search(paths_[index], in, room);
        if (!found) return false;
        if (seen_.empty()) seen_ = detail::waiter_watch::shown(*found);
        return detail::waiter_watch::compares(*found, one);
    }

    model::waiter what_;
    const model::operation* asked_;
    const void* in_;
    std::vector<codec::jmespath::expression> paths_{};
    std::optional<error> last_error_{};
    std::string seen_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
