// SPDX-License-Identifier: MIT
// The initializer of a `model::type`, its designators in the order of the members.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace generator {

class table_text {
public:
    explicit table_text(const std::string& kind) { set("kind", "model::kind::" + kind); }

    table_text& set(const std::string& member, std::string value) {
        parts_[member] = std::move(value);
        return *this;
    }
    /// True if there is more to say than the kind.
    bool is_plain() const noexcept { return parts_.size() == 1; }
    void erase(const std::string& member) { parts_.erase(member); }

    /// ".kind = model::kind::list, .element = ..."
    std::string text() const {
        constexpr std::array<std::string_view, 18> order{
            "kind",      "element",   "access",        "fields",     "field_count", "element_name",
            "flattened", "sparse",    "key_name",      "value_name", "media_type",  "xml_name",
            "xml_space", "key_space", "element_space", "exclusive",  "unknown",     "event_stream"};
        std::string result;
        for (const auto name : order) {
            const auto found = parts_.find(std::string(name));
            if (found == parts_.end()) continue;
            if (!result.empty()) result += ", ";
            result += "." + found->first + " = " + found->second;
        }
        return result;
    }

private:
    std::map<std::string, std::string> parts_{};
};

}  // namespace generator
