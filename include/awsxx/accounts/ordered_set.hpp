// SPDX-License-Identifier: MIT
// Values in the order they were given, each once, found by name.
#pragma once

#include <awsxx/core/version.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

/// An immutable set of things that have an `id()`, which is what tells them apart: of those that
/// have the same, the first counts. Cheap to copy; safe to share between threads. Finding one takes
/// the same time in any set.
template <class T>
class ordered_set {
    struct content {
        std::vector<T> all{};
        std::vector<std::string> ids{};  // never grows beyond its room: the map looks into it
        std::unordered_map<std::string_view, std::size_t> places{};
    };

public:
    ordered_set() : ordered_set(std::vector<T>()) {}
    explicit ordered_set(std::vector<T> values) {
        auto made = std::make_shared<content>();
        made->all.reserve(values.size());
        made->ids.reserve(values.size());
        made->places.reserve(values.size());
        for (T& one : values) {
            std::string id = one.id();
            if (made->places.contains(id)) continue;
            made->ids.push_back(std::move(id));
            made->places.emplace(made->ids.back(), made->all.size());
            made->all.push_back(std::move(one));
        }
        content_ = std::move(made);
    }

    auto begin() const noexcept { return content_->all.begin(); }
    auto end() const noexcept { return content_->all.end(); }
    std::size_t size() const noexcept { return content_->all.size(); }
    bool empty() const noexcept { return content_->all.empty(); }
    const T& operator[](std::size_t place) const noexcept { return content_->all[place]; }

    /// The one of that id, or null.
    const T* find(std::string_view id) const noexcept {
        const auto found = content_->places.find(id);
        return found == content_->places.end() ? nullptr : &content_->all[found->second];
    }
    bool contains(std::string_view id) const noexcept { return find(id) != nullptr; }

    /// These, and behind them those of the other that are not here.
    friend ordered_set operator|(const ordered_set& these, const ordered_set& more) {
        std::vector<T> all(these.begin(), these.end());
        all.insert(all.end(), more.begin(), more.end());
        return ordered_set(std::move(all));
    }
    /// These without the one of that id, if it is here.
    ordered_set without(std::string_view id) const {
        std::vector<T> rest;
        for (std::size_t i = 0; i < size(); ++i)
            if (content_->ids[i] != id) rest.push_back(content_->all[i]);
        return ordered_set(std::move(rest));
    }

private:
    std::shared_ptr<const content> content_;
};

}  // namespace awsxx::inline AWSXX_ABI::accounts
