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

/// Makes one text of those that comments, instructions and CDATA cut in pieces.
struct text_joiner : pugi::xml_tree_walker {
    bool for_each(pugi::xml_node& node) override {
        if (!is_text(node) || !is_text(node.next_sibling())) return true;
        std::string whole = node.value();
        while (is_text(node.next_sibling())) {
            whole += node.next_sibling().value();
            node.parent().remove_child(node.next_sibling());
        }
        return node.set_value(whole.c_str());
    }
    static bool is_text(const pugi::xml_node& node) noexcept {
        return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
    }
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

    /// The text directly in it: of several texts between child elements the first.
    std::string_view text() const noexcept { return node_.child_value(); }

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
        const bool pieces = may_have_pieces(text);
        const auto how =
            result.tree_.load_buffer(text.data(), text.size(), rules(pieces), pugi::encoding_utf8);
        return finished(result, how, text.find('\0'), pieces);
    }
    /// Parses `text` where it is, which takes less time and memory. The text is used up and has
    /// to live as long as the document.
    static expected<document> parse_in_place(std::string& text) {
        document result;
        const bool pieces = may_have_pieces(text);
        const std::size_t zero = text.find('\0');  // parsing puts more of them there
        const auto how = result.tree_.load_buffer_inplace(text.data(), text.size(), rules(pieces),
                                                          pugi::encoding_utf8);
        return finished(result, how, zero, pieces);
    }

    element root() const noexcept { return element::element_from(tree_.document_element()); }

private:
    /// True if there are comments, CDATA or, behind the declaration, instructions.
    static bool may_have_pieces(std::string_view text) noexcept {
        constexpr std::size_t behind_declaration = 5;  // a byte order mark, `<?`
        return has_tag(text, '!', 1) || has_tag(text, '?', behind_declaration);
    }
    static bool has_tag(std::string_view text, char mark, std::size_t from) noexcept {
        for (std::size_t at = text.find(mark, from); at != std::string_view::npos;
             at = text.find(mark, at + 1))
            if (text[at - 1] == '<') return true;
        return false;
    }

    /// Text that is nothing but spaces is kept where it is all there is: it may be an object's
    /// name. Where text may come in pieces any of them may be spaces.
    static constexpr unsigned rules(bool pieces) noexcept {
        return pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
               pugi::parse_wconv_attribute | pugi::parse_doctype |
               (pieces ? pugi::parse_ws_pcdata
                       : pugi::parse_ws_pcdata_single | pugi::parse_embed_pcdata);
    }

    static expected<document> finished(document& made, const pugi::xml_parse_result& how,
                                       std::size_t zero, bool pieces) {
        if (zero != std::string_view::npos)
            return refused("byte " + std::to_string(zero) + ": a zero byte");
        if (!how) return refused("byte " + std::to_string(how.offset) + ": " + how.description());
        for (const pugi::xml_node node : made.tree_.children())
            if (node.type() == pugi::node_doctype) return refused("it has a document type");
        detail::xml_document::text_joiner joiner;
        if (pieces && !made.tree_.traverse(joiner)) return refused("no memory for its text");
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
