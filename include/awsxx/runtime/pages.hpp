// SPDX-License-Identifier: MIT
// The pages of a listing, and the items on them, fetched as a loop reaches them.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// An operation whose table says how one page leads to the next.
template <class Op>
concept paged = requires(Op& op, typename Op::output& page) {
    op.*(Op::template wire<void>::input_token) = page.*(Op::template wire<void>::output_token);
};

/// An operation whose pages hold a list of items.
template <class Op>
concept listing = paged<Op> && requires(typename Op::output& page) {
    page.*(Op::template wire<void>::items);
};

/// Fetches one page after the other. Holds a copy of the session.
///
/// A listing ends at a page without token or with an empty one, and when a token comes twice in
/// a row: some services end so, and the others would never end.
template <class Session, paged Op>
class page_reader {
public:
    using page = typename Op::output;

    page_reader(Session from, Op first) : session_(std::move(from)), op_(std::move(first)) {}

    /// The next page, an error (then there is no more), or nothing behind the last.
    std::optional<expected<page>> next() {
        if (finished_) return {};
        auto fetched = session_.try_call(op_);
        finished_ = !fetched || !advance(*fetched);
        return std::optional<expected<page>>(std::in_place, std::move(fetched));
    }

private:
    bool advance(const page& last) {
        auto& sent = op_.*(Op::template wire<void>::input_token);
        const auto& got = last.*(Op::template wire<void>::output_token);
        if (!got || got->empty() || got == sent) return false;
        sent = got;
        return true;
    }

    Session session_;
    Op op_;
    bool finished_ = false;
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

/// Hands out the items of each page in turn; an error is the last element.
template <class Session, listing Op>
class item_reader {
public:
    using list = std::remove_cvref_t<decltype(std::declval<typename Op::output&>().*
                                              (Op::template wire<void>::items))>;
    using item = typename list::value_type;

    item_reader(Session from, Op first) : pages_(std::move(from), std::move(first)) {}

    std::optional<expected<item>> next() {
        using answer = std::optional<expected<item>>;
        while (at_ == items_.size()) {
            auto page = pages_.next();
            if (!page) return {};
            if (!*page) return answer(std::in_place, std::move(*page).error());
            items_ = std::move((**page).*(Op::template wire<void>::items));
            at_ = 0;
        }
        return answer(std::in_place, std::move(items_[at_++]));
    }

private:
    page_reader<Session, Op> pages_;
    list items_{};
    std::size_t at_ = 0;
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
