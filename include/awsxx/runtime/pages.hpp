// SPDX-License-Identifier: MIT
// The pages of a listing, and the items on them, fetched as a loop reaches them.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/path.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/page_limits.hpp>
#include <awsxx/runtime/page_tokens.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Where a listing is: what to ask for next, if there is anything.
///
/// A listing ends at a page without token, and at an empty page that has the token it was asked
/// for with: CloudWatch Logs ends so. A page with items and such a token would come for ever:
/// behind it comes the error `RepeatedToken`.
template <paged Op>
class page_course {
public:
    using page = typename Op::output;

    explicit page_course(Op first, page_limits limits = {})
        : op_(std::move(first)), bounds_(std::move(limits)) {}

    /// There is nothing to ask for any more.
    bool is_over() const noexcept { return behind_ == following::nothing; }
    /// Asks for the next page.
    const Op& request() const noexcept { return op_; }
    /// What ends the call that does.
    const std::stop_token& stop() const noexcept { return bounds_.stop(); }
    /// Why that is not to be sent; nothing: it is.
    std::optional<error> refusal(clock& time) { return bounds_.refusal(behind_, time); }
    /// That is what came of it.
    void came(const expected<page>& what) {
        behind_ = what ? look_behind(*what) : following::nothing;
    }

private:
    following look_behind(const page& last) {
        const following found = advance(op_, last);
        return found == following::same_page && is_empty<Op>(last) ? following::nothing : found;
    }

    Op op_;
    page_bounds bounds_;
    following behind_ = following::page;
};

/// Fetches one page after the other. Holds a copy of the session.
template <class Session, paged Op>
class page_reader {
public:
    using page = typename Op::output;

    page_reader(Session from, Op first, page_limits limits = {})
        : session_(std::move(from)), course_(std::move(first), std::move(limits)) {}

    /// The next page, an error (then there is no more), or nothing behind the last.
    std::optional<expected<page>> next() {
        if (course_.is_over()) return {};
        auto fetched = fetch();
        course_.came(fetched);
        return std::optional<expected<page>>(std::in_place, std::move(fetched));
    }

private:
    expected<page> fetch() {
        if (auto why = course_.refusal(session_.time())) return *std::move(why);
        return session_.try_call(course_.request(), call_options{.stop = course_.stop()});
    }

    Session session_;
    page_course<Op> course_;
};

/// Makes a single-pass range of anything with `std::optional<T> next()`. Moves only.
///
/// Nothing is fetched before `begin()`. The elements may be moved from.
template <class Source, class T>
class input_range {
public:
    class iterator {
    public:
        using iterator_concept = std::input_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = T*;
        using reference = T&;

        iterator() = default;
        T& operator*() const noexcept { return *owner_->current_; }
        T* operator->() const noexcept { return &*owner_->current_; }
        iterator& operator++() {
            owner_->advance();
            return *this;
        }
        void operator++(int) { owner_->advance(); }
        bool operator==(std::default_sentinel_t) const noexcept {
            return owner_ == nullptr || !owner_->current_;
        }

    private:
        friend class input_range;
        explicit iterator(input_range* owner) noexcept : owner_(owner) {}
        input_range* owner_ = nullptr;
    };

    explicit input_range(Source from) : source_(std::move(from)) {}
    input_range(input_range&&) noexcept = default;
    input_range& operator=(input_range&&) noexcept = default;
    input_range(const input_range&) = delete;
    input_range& operator=(const input_range&) = delete;
    ~input_range() = default;

    iterator begin() {
        if (!started_) advance();
        return iterator(this);
    }
    std::default_sentinel_t end() const noexcept { return {}; }

private:
    void advance() {
        started_ = true;
        current_.reset();
        if (auto more = source_.next()) current_.emplace(*std::move(more));
    }

    Source source_;
    std::optional<T> current_{};
    bool started_ = false;
};

namespace detail::pages {

/// The items of a page, taken one by one.
template <class List>
class basket {
public:
    using item = typename List::value_type;

    void fill(List items) {
        items_ = std::move(items);
        at_ = 0;
    }
    bool empty() const noexcept { return at_ == items_.size(); }
    item take() { return std::move(items_[at_++]); }

private:
    List items_{};
    std::size_t at_ = 0;
};
template <class Map>
    requires requires { typename Map::mapped_type; }
class basket<Map> {
public:
    using item = std::pair<typename Map::key_type, typename Map::mapped_type>;

    void fill(Map items) { items_ = std::move(items); }
    bool empty() const noexcept { return items_.empty(); }
    item take() {
        auto first = items_.extract(items_.begin());
        return {std::move(first.key()), std::move(first.mapped())};
    }

private:
    Map items_{};
};

template <class Op>
using items_of = std::remove_cvref_t<decltype(*model::reach(std::declval<typename Op::output&>(),
                                                            Op::template wire<void>::items))>;

}  // namespace detail::pages

/// Hands out the items of each page in turn; an error is the last element.
template <class Session, listing Op>
class item_reader {
public:
    using item = typename detail::pages::basket<detail::pages::items_of<Op>>::item;

    item_reader(Session from, Op first, page_limits limits = {})
        : pages_(std::move(from), std::move(first), std::move(limits)) {}

    std::optional<expected<item>> next() {
        using answer = std::optional<expected<item>>;
        while (items_.empty()) {
            auto page = pages_.next();
            if (!page) return {};
            if (!*page) return answer(std::in_place, std::move(*page).error());
            if (auto* found = model::reach(**page, Op::template wire<void>::items))
                items_.fill(std::move(*found));
        }
        return answer(std::in_place, items_.take());
    }

private:
    page_reader<Session, Op> pages_;
    detail::pages::basket<detail::pages::items_of<Op>> items_{};
};

#if defined(__cpp_exceptions)
/// Takes the values out of a reader's answers and throws its error.
template <class Reader, class T>
class raising_reader {
public:
    explicit raising_reader(Reader from) : reader_(std::move(from)) {}
    std::optional<T> next() {
        auto answer = reader_.next();
        if (!answer) return {};
        return value_or_raise(*std::move(answer));
    }

private:
    Reader reader_;
};
#endif

}  // namespace awsxx::inline AWSXX_ABI::runtime
