// SPDX-License-Identifier: MIT
// An XML document as elements to walk over; the only header that knows pugixml.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <pugixml.hpp>

namespace awsxx::inline AWSXX_ABI::codec::xml {

namespace detail::xml_document {

/// pugixml's node, which tells without a call whether it is there.
struct node : pugi::xml_node {
    node(pugi::xml_node other) noexcept : xml_node(other) {}
    bool is_there() const noexcept { return _root != nullptr; }
};

}  // namespace detail::xml_document

/// An element of a document, or none. Valid as long as its document.
class element {
public:
    element() noexcept = default;

    explicit operator bool() const noexcept { return name_ != nullptr; }

    /// Its name without the prefix of a namespace.
    std::string_view name() const noexcept { return without_prefix(full_name()); }
    /// Its name with the prefix.
    const char* full_name() const noexcept { return name_ == nullptr ? "" : name_; }

    /// The text directly in it. Uses `scratch` only where comments or CDATA cut it in pieces.
    std::string_view text(std::string& scratch) const {
        if (asked(node_.first_child()).is_there()) return joined(scratch);
        return node_.value();
    }
    std::string text() const {
        std::string scratch;
        return std::string(text(scratch));
    }

    /// True if its start tag has attributes.
    bool has_attributes() const noexcept { return !node_.first_attribute().empty(); }
    /// The value of an attribute, null data if there is none. `xsi:type` finds `type` under any
    /// prefix: documents choose prefixes freely.
    std::string_view attribute(std::string_view wanted) const noexcept {
        const bool any_prefix = wanted.find(':') != std::string_view::npos;
        for (const pugi::xml_attribute one : node_.attributes()) {
            const std::string_view name = one.name();
            if (name == wanted || (any_prefix && name.find(':') != std::string_view::npos &&
                                   without_prefix(name) == without_prefix(wanted)))
                return one.value();
        }
        return {};
    }

    element first_child() const noexcept { return element_from(node_.first_child()); }
    element next_sibling() const noexcept { return element_from(node_.next_sibling()); }

    /// The first child of that name.
    element child(std::string_view wanted) const noexcept {
        element at = first_child();
        while (at && at.name() != wanted) at = at.next_sibling();
        return at;
    }

private:
    using asked = detail::xml_document::node;

    friend class document;
    element(pugi::xml_node node, const char* name) noexcept : node_(node), name_(name) {}

    AWSXX_COLD std::string_view joined(std::string& scratch) const {
        scratch = node_.value();  // what comes before any other piece
        for (const pugi::xml_node piece : node_.children())
            if (is_text(piece)) scratch += piece.value();
        return scratch;
    }
    static bool is_text(const pugi::xml_node& node) noexcept {
        return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
    }
    /// The node itself or the first element behind it. Of what is parsed, elements alone have names.
    static element element_from(pugi::xml_node node) noexcept {
        for (;; node = node.next_sibling()) {
            const char* const name = node.name();
            if (*name != '\0') return {node, name};
            if (!asked(node).is_there()) return {};
        }
    }
    static std::string_view without_prefix(std::string_view name) noexcept {
        return name.substr(name.find(':') + 1);
    }

    pugi::xml_node node_{};
    const char* name_ = nullptr;
};

/// A parsed document. Document types, and with them entities of its own, are refused.
class document {
public:
    /// Parses a copy of `text`.
    static expected<document> parse(std::string_view text) {
        document result;
        const auto how =
            result.tree_.load_buffer(text.data(), text.size(), rules, pugi::encoding_utf8);
        return finished(result, how, text.find('\0'));
    }
    /// Parses `text` where it is, which takes less time and memory. The text is used up and has
    /// to live as long as the document.
    static expected<document> parse_in_place(std::string& text) {
        const std::size_t zero = text.find('\0');  // parsing puts more of them there
        document result;
        const auto how =
            result.tree_.load_buffer_inplace(text.data(), text.size(), rules, pugi::encoding_utf8);
        return finished(result, how, zero);
    }

    element root() const noexcept { return element::element_from(tree_.document_element()); }

private:
    // Text that is nothing but spaces is kept where it is all there is: it may be an object's name.
    static constexpr unsigned rules = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
                                      pugi::parse_wconv_attribute | pugi::parse_ws_pcdata_single |
                                      pugi::parse_doctype | pugi::parse_embed_pcdata;

    static expected<document> finished(document& made, const pugi::xml_parse_result& how,
                                       std::size_t zero) {
        if (zero != std::string_view::npos)
            return refused("byte " + std::to_string(zero) + ": a zero byte");
        if (!how) return refused("byte " + std::to_string(how.offset) + ": " + how.description());
        for (const pugi::xml_node node : made.tree_.children())
            if (node.type() == pugi::node_doctype) return refused("it has a document type");
        return std::move(made);
    }
    AWSXX_COLD static error refused(std::string why) {
        return {.kind = error_kind::malformed_answer,
                .code = "MalformedXml",
                .message = std::move(why)};
    }

    pugi::xml_document tree_{};
};

}  // namespace awsxx::inline AWSXX_ABI::codec::xml
