// SPDX-License-Identifier: MIT
// Writes XML element by element, straight into a string.
#pragma once

#include <awsxx/codec/xml_text.hpp>
#include <awsxx/core/version.hpp>

#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::codec::xml {

/// Appends elements to a string, without blanks between them. What may stand where is the caller's
/// care, and that names are names.
///
///     xml::writer out(text);
///     out.open("a");
///     out.attribute("b", "1 < 2");
///     out.text("hi");
///     out.close("a");            // <a b="1 &lt; 2">hi</a>
class writer {
public:
    explicit writer(std::string& out) noexcept : out_(out) {}

    void open(std::string_view name) {
        finish_tag();
        out_ += '<';
        out_ += name;
        in_tag_ = true;
    }
    /// Of the element that was opened last, before anything is in it.
    /// False: the value cannot be written in XML.
    bool attribute(std::string_view name, std::string_view value) {
        out_ += ' ';
        out_.append(name).append("=\"");
        if (!append_text(out_, value)) return false;
        out_ += '"';
        return true;
    }
    /// False: it cannot be written in XML.
    bool text(std::string_view value) {
        if (value.empty()) return true;
        finish_tag();
        return append_text(out_, value);
    }
    void close(std::string_view name) {
        if (in_tag_)
            out_ += "/>";
        else
            out_.append("</").append(name).append(">");
        in_tag_ = false;
    }

private:
    void finish_tag() {
        if (in_tag_) out_ += '>';
        in_tag_ = false;
    }

    std::string& out_;
    bool in_tag_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI::codec::xml
