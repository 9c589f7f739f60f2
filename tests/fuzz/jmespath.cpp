// SPDX-License-Identifier: MIT
// Any text as an expression on any document: nothing crashes or goes on for ever.
#include <awsxx/codec/jmespath.hpp>
#include <awsxx/codec/jmespath_json.hpp>
#include <awsxx/codec/jmespath_model.hpp>

#include <support/shapes.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace awsxx;
namespace path = codec::jmespath;

namespace {

const test::zoo& some_zoo() {
    static const test::zoo zoo = [] {
        test::zoo made;
        made.name = "Tierpark";
        made.pets = {{.name = "Tom", .kind = "CAT"}, {.name = "Rex", .kind = "DOG", .age = 7}};
        made.stars["one"] = {.name = "Mia", .age = 2};
        return made;
    }();
    return zoo;
}

/// Says the same twice.
void search(const path::expression& what, const path::value& in) {
    path::memory room;
    const auto once = path::search(what, in, room);
    const auto again = path::search(what, in, room);
    if (once.has_value() != again.has_value()) std::abort();
    if (!once) return;
    std::string first;
    std::string second;
    if (path::append_json(*once, first, 1'000'000))
        (void)path::append_json(*again, second, 1'000'000);
    if (first.size() < 1'000'000 && first.find("NaN") == std::string::npos && !second.empty() &&
        first != second)
        std::abort();
}

}  // namespace

/// A first line is a document, the rest the expression.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t line = text.find('\n');
    const bool split = line != std::string_view::npos;
    const auto expression = path::parse(split ? text.substr(line + 1) : text);
    if (!expression) return 0;
    path::memory room;
    const auto document = path::from_json(split ? text.substr(0, line) : "{}", room);
    if (document) search(*expression, *document);
    search(*expression, path::value_of(test::type_of<test::zoo>, &some_zoo()));
    return 0;
}
