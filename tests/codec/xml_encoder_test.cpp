// SPDX-License-Identifier: MIT
#include <awsxx/codec/xml.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

using namespace awsxx;

namespace {

// clang-format off: one line a member, however long
struct grantee {
    std::optional<std::string> type{};
    std::optional<std::string> id{};
    std::vector<std::string> tags{};
    std::map<std::string, std::string> notes{};
};
constexpr model::xml_namespace xsi{"http://www.w3.org/2001/XMLSchema-instance", "xsi"};
constexpr model::xml_namespace notes{"urn:notes"};
constexpr model::xml_namespace keys{"urn:keys"};
constexpr model::xml_namespace values{"urn:values", "v"};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
constexpr model::type tag_list{.kind = model::kind::list,
                               .element = &model::text,
                               .access = model::text_list.access,
                               .element_name = "Tag",
                               .element_space = &values};
constexpr model::type note_map{.kind = model::kind::map,
                               .element = &model::text,
                               .access = model::text_map<>.access,
                               .flattened = true,
                               .key_name = "K",
                               .value_name = "V",
                               .xml_space = &notes,
                               .key_space = &keys,
                               .element_space = &values};
constexpr model::field fields[] = {
    {"ID", &model::optional_text, offsetof(grantee, id)},
    {"Tags", &tag_list, offsetof(grantee, tags)},
    {"Note", &note_map, offsetof(grantee, notes)},
    {"xsi:type", &model::optional_text, offsetof(grantee, type), model::xml_attribute},
};
#pragma GCC diagnostic pop
constexpr model::type grantee_type{
    .kind = model::kind::structure, .fields = fields, .field_count = 4, .xml_space = &xsi};
// clang-format on

grantee read(std::string_view text) {
    grantee out;
    const auto document = codec::xml::document::parse(text);
    REQUIRE(document);
    REQUIRE(codec::xml::read(document->root(), grantee_type, &out));
    return out;
}

}  // namespace

TEST_CASE("xml encoder: attributes come first, namespaces where the table has them") {
    const grantee in{
        .type = "User \"x\"", .id = "a<b", .tags = {"t1", ""}, .notes = {{"k", "v"}, {"l", "w"}}};
    std::string out;
    REQUIRE(codec::xml::write({"Grantee"}, {&grantee_type, &in}, out));

    CHECK(out ==
          "<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
          "xsi:type=\"User &quot;x&quot;\"><ID>a&lt;b</ID>"
          "<Tags><Tag xmlns:v=\"urn:values\">t1</Tag><Tag xmlns:v=\"urn:values\"/></Tags>"
          "<Note xmlns=\"urn:notes\"><K xmlns=\"urn:keys\">k</K><V "
          "xmlns:v=\"urn:values\">v</V></Note>"
          "<Note xmlns=\"urn:notes\"><K xmlns=\"urn:keys\">l</K><V "
          "xmlns:v=\"urn:values\">w</V></Note></Grantee>");
    const grantee again = read(out);
    CHECK(again.type == in.type);
    CHECK(again.tags == in.tags);
    CHECK(again.notes == in.notes);
}

TEST_CASE("xml encoder: an attribute is found under any prefix") {
    CHECK(read("<G xmlns:i='urn:i' i:type='User'/>").type == "User");
    CHECK_FALSE(read("<G type='User'/>").type);
}

TEST_CASE("xml encoder: what is written is read again the same") {
    test::zoo full = test::full_zoo();
    full.gaps = {"one"};
    std::string once;
    REQUIRE(codec::xml::write({"Zoo"}, {&test::type_of<test::zoo>, &full}, once));
    const auto document = codec::xml::document::parse(once);
    REQUIRE(document);
    test::zoo second;
    REQUIRE(codec::xml::read(document->root(), test::type_of<test::zoo>, &second));
    std::string twice;
    REQUIRE(codec::xml::write({"Zoo"}, {&test::type_of<test::zoo>, &second}, twice));

    CHECK(once == twice);
}

TEST_CASE("xml encoder: what XML has no way to write is named") {
    const test::zoo z{.labels = {{"a", std::string("\x01", 1)}}};
    std::string out;
    const auto done = codec::xml::write({"Zoo"}, {&test::type_of<test::zoo>, &z}, out);

    REQUIRE_FALSE(done);
    CHECK(done.error().message == "at Labels.a: no text of XML's");
}
