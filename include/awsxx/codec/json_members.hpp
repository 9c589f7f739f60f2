// SPDX-License-Identifier: MIT
// A JSON object as a list of members, for files that others write to as well.
#pragma once

#include <awsxx/codec/json_reader.hpp>
#include <awsxx/codec/json_text.hpp>
#include <awsxx/codec/json_walk.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::codec::json {

/// The members of an object in their order, each value as the text it is. What nobody knows stays
/// as it was when the object is written again. All is wiped when it goes.
///
///     auto all = json::members::parse(R"({"a":1,"b":{"c":[2]}})");
///     all->set("a", "7");
///     all->text();                // {"a":7,"b":{"c":[2]}}
class members {
public:
    /// Fails for what is no object as a whole. Of members that come twice the last one counts.
    static expected<members> parse(std::string_view text) {
        members all;
        reader in(text);
        in.open_object();
        for (std::string_view name; in.member(name);) {
            const std::string own(name);
            in.peek();
            const std::size_t begin = in.offset();
            if (!in.skip()) break;
            all.keep(own, text.substr(begin, in.offset() - begin));
        }
        if (!in.finish()) return failure_of(in);
        return all;
    }

    /// The value's text, or nothing. A name that differs in case is found if none is equal.
    std::optional<std::string_view> find(std::string_view name) const noexcept {
        const member* found = search(name);
        if (found == nullptr) return {};
        return found->value.expose();
    }
    /// The value if it is a string, without quotes and escapes.
    std::optional<secret> string(std::string_view name) const {
        const auto value = find(name);
        if (!value) return {};
        reader in(*value);
        std::string_view text;
        if (!in.string(text)) return {};
        return secret(text);
    }

    /// Gives a member a value that is JSON already; a new one comes last.
    void set(std::string_view name, std::string_view json) {
        const member* const alike = search(name);
        keep(alike == nullptr ? std::string(name) : alike->name, json);
    }
    /// The same for a string that is text yet. One that is not UTF-8 is left out.
    void set_string(std::string_view name, std::string_view text) {
        std::string json;
        json.reserve(text.size() * 2 + 2);
        if (append_string(json, text)) set(name, json);
        wipe(json);
    }

    /// The object, written. Wipe it where it holds secrets.
    std::string text() const {
        std::size_t size = 2;
        for (const member& one : all_) size += one.name.size() * 6 + one.value.expose().size() + 4;
        std::string out;
        out.reserve(size);  // never moved: nothing is left behind
        for (const member& one : all_) {
            out += out.empty() ? '{' : ',';
            append_string(out, one.name);
            out += ':';
            out += one.value.expose();
        }
        if (out.empty()) out += '{';
        out += '}';
        return out;  // not what += returns: that would be copied
    }

private:
    struct member {
        std::string name;
        secret value;
    };

    void keep(const std::string& name, std::string_view json) {
        for (member& one : all_)
            if (one.name == name) {
                one.value = secret(json);
                return;
            }
        all_.push_back({name, secret(json)});
    }

    const member* search(std::string_view name) const noexcept {
        const member* alike = nullptr;
        for (const member& one : all_) {
            if (one.name == name) return &one;
            if (alike == nullptr && text::equal_ignoring_case(one.name, name)) alike = &one;
        }
        return alike;
    }

    std::vector<member> all_{};
};

}  // namespace awsxx::inline AWSXX_ABI::codec::json
