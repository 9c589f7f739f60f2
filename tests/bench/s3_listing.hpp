// SPDX-License-Identifier: MIT
// A page of S3 keys, read by tables, and from pugixml's elements, asked for by name.
#pragma once

#include <awsxx/codec/xml.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/value.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <pugixml.hpp>

namespace bench {

namespace model = awsxx::model;

struct object {
    std::optional<std::string> key{};
    std::optional<awsxx::timestamp> last_modified{};
    std::optional<std::string> e_tag{};
    std::optional<std::int64_t> size{};
    std::optional<std::string> storage_class{};
    template <class>
    struct wire;
};

struct listing {
    std::optional<std::string> name{};
    std::optional<std::string> prefix{};
    std::optional<int> max_keys{};
    std::optional<int> key_count{};
    std::optional<bool> is_truncated{};
    std::vector<object> contents{};
    std::optional<std::string> next_continuation_token{};
    template <class>
    struct wire;
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
template <class D>
struct object::wire {
    static constexpr model::field fields[] = {
        {"Key", &model::optional_text, offsetof(object, key)},
        {"LastModified", &model::optional_timestamp, offsetof(object, last_modified)},
        {"ETag", &model::optional_text, offsetof(object, e_tag)},
        {"Size", &model::optional_long, offsetof(object, size)},
        {"StorageClass", &model::optional_text, offsetof(object, storage_class)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct listing::wire {
    static constexpr model::type flat_objects{.kind = model::kind::list,
                                              .element = &object::wire<D>::type,
                                              .access = &model::list_access<std::vector<object>>,
                                              .flattened = true};
    static constexpr model::field fields[] = {
        {"Name", &model::optional_text, offsetof(listing, name)},
        {"Prefix", &model::optional_text, offsetof(listing, prefix)},
        {"MaxKeys", &model::optional_integer, offsetof(listing, max_keys)},
        {"KeyCount", &model::optional_integer, offsetof(listing, key_count)},
        {"IsTruncated", &model::optional_boolean, offsetof(listing, is_truncated)},
        {"Contents", &flat_objects, offsetof(listing, contents)},
        {"NextContinuationToken", &model::optional_text,
         offsetof(listing, next_continuation_token)},
    };
    static constexpr model::type type = model::structure(fields);
};
#pragma GCC diagnostic pop

/// S3's answer when it lists so many keys.
inline std::string page(std::size_t keys) {
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>bucket</Name>"
        "<Prefix>photos/</Prefix><MaxKeys>1000</MaxKeys><KeyCount>" +
        std::to_string(keys) + "</KeyCount><IsTruncated>true</IsTruncated>";
    for (std::size_t i = 0; i < keys; ++i) {
        const std::string number = std::to_string(100000 + i);
        text += "<Contents><Key>photos/2026/01/" + number + " &amp; friends.jpg</Key>" +
                "<LastModified>2026-01-15T10:22:33.000Z</LastModified>" +
                "<ETag>&quot;70ee1738b6b21e2c8a43f3a5ab0eee71&quot;</ETag><Size>" + number +
                "</Size><StorageClass>STANDARD</StorageClass></Contents>";
    }
    return text + "<NextContinuationToken>1ueGcxLPRx1Tr</NextContinuationToken></ListBucketResult>";
}

inline listing by_table(const std::string& text) {
    std::string own = text;  // an answer's body is its own
    const auto document = awsxx::codec::xml::document::parse_in_place(own);
    listing out;
    if (!document) std::abort();
    if (!awsxx::codec::xml::read(document->root(), listing::wire<void>::type, &out)) std::abort();
    return out;
}

inline void read_text(const pugi::xml_node& from, const char* name,
                      std::optional<std::string>& to) {
    if (const pugi::xml_node child = from.child(name)) to = child.child_value();
}

inline listing by_hand(const std::string& text) {
    pugi::xml_document document;
    if (!document.load_buffer(text.data(), text.size())) std::abort();
    const pugi::xml_node root = document.document_element();
    listing out;
    read_text(root, "Name", out.name);
    read_text(root, "Prefix", out.prefix);
    out.max_keys = root.child("MaxKeys").text().as_int();
    out.key_count = root.child("KeyCount").text().as_int();
    out.is_truncated = root.child("IsTruncated").text().as_bool();
    for (const pugi::xml_node one : root.children("Contents")) {
        object& to = out.contents.emplace_back();
        read_text(one, "Key", to.key);
        const auto when = awsxx::parse_date(one.child("LastModified").child_value(),
                                            awsxx::date_format::date_time);
        if (when) to.last_modified = *when;
        read_text(one, "ETag", to.e_tag);
        to.size = one.child("Size").text().as_llong();
        read_text(one, "StorageClass", to.storage_class);
    }
    read_text(root, "NextContinuationToken", out.next_continuation_token);
    return out;
}

inline bool same(const listing& a, const listing& b) {
    bool equal = a.contents.size() == b.contents.size() && a.name == b.name &&
                 a.next_continuation_token == b.next_continuation_token &&
                 a.max_keys == b.max_keys && a.is_truncated == b.is_truncated;
    for (std::size_t i = 0; equal && i < a.contents.size(); ++i)
        equal = a.contents[i].key == b.contents[i].key &&
                a.contents[i].e_tag == b.contents[i].e_tag &&
                a.contents[i].size == b.contents[i].size &&
                a.contents[i].last_modified == b.contents[i].last_modified;
    return equal;
}

}  // namespace bench
