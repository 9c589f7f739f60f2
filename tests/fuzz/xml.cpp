// SPDX-License-Identifier: MIT
// Any bytes as XML: nothing crashes, parsed from a copy or in place, as an answer or as an error.
#include <awsxx/codec/xml.hpp>
#include <awsxx/model/clear.hpp>
#include <awsxx/protocols/xml_error.hpp>

#include <support/shapes.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace awsxx;

namespace {

template <class Shape>
bool readable(const codec::xml::document& document) {
    Shape out;
    const model::type& shape = test::type_of<Shape>;
    const bool done = codec::xml::read(document.root(), shape, &out).has_value();
    std::string once;
    std::string twice;
    if (codec::xml::write({"Root"}, {&shape, &out}, once)) {  // else a date beyond the calendar
        const auto again = codec::xml::document::parse(once);
        Shape second;
        if (!again || !codec::xml::read(again->root(), shape, &second)) std::abort();
        if (!codec::xml::write({"Root"}, {&shape, &second}, twice) || once != twice) std::abort();
    }
    model::clear(shape, &out);
    return done;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::string mine(text);
    const auto copied = codec::xml::document::parse(text);
    const auto in_place = codec::xml::document::parse_in_place(mine);
    if (copied.has_value() != in_place.has_value()) std::abort();
    if (copied) {
        if (readable<test::zoo>(*copied) != readable<test::zoo>(*in_place)) std::abort();
        (void)readable<test::tree>(*copied);
    }
    (void)protocols::read_xml_error(text);
    return 0;
}
