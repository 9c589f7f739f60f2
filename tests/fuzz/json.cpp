// SPDX-License-Identifier: MIT
// Any bytes as JSON: nothing crashes, and what was read is written and read again the same.
#include <awsxx/codec/json.hpp>
#include <awsxx/codec/json_walk.hpp>
#include <awsxx/codec/json_writer.hpp>
#include <awsxx/model/clear.hpp>
#include <awsxx/protocols/json_error.hpp>

#include <support/shapes.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace awsxx;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

/// Writes everything down as JSON again.
class copier {
public:
    explicit copier(std::string& out) : out_(out) {}
    void null() { out_.raw("null"); }
    void boolean(bool value) { out_.raw(value ? "true" : "false"); }
    void number(std::string_view digits) { out_.raw(digits); }
    void string(std::string_view text) { demand(out_.string(text)); }
    void open_object() { out_.open_object(); }
    void close_object() { out_.close_object(); }
    void open_array() { out_.open_array(); }
    void close_array() { out_.close_array(); }
    void member(std::string_view name) { demand(out_.member(name)); }

private:
    codec::json::writer out_;
};

std::string copied(std::string_view text) {
    std::string copy;
    copier handler(copy);
    if (!codec::json::walk(text, handler)) copy.clear();
    return copy;
}

template <class Shape>
void travel(std::string_view text, bool is_json) {
    const model::type& shape = test::type_of<Shape>;
    Shape first;
    if (!codec::json::read(text, shape, &first)) return;
    demand(is_json);
    std::string once;
    std::string twice;
    if (!codec::json::write(shape, &first, once)) return;  // a date beyond the calendar
    Shape second;
    demand(codec::json::read(once, shape, &second).has_value());
    demand(codec::json::write(shape, &second, twice).has_value());
    demand(once == twice);
    model::clear(shape, &second);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string copy = copied(text);
    if (!copy.empty()) demand(copied(copy) == copy);
    travel<test::zoo>(text, !copy.empty());
    travel<test::tree>(text, !copy.empty());
    (void)awsxx::protocols::read_json_error({.status = 400, .body = std::string(text)});
    return 0;
}
