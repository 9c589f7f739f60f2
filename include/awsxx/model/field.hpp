// SPDX-License-Identifier: MIT
// Tables that say what a structure looks like in memory and on the wire, for codecs to walk.
#pragma once

#include <awsxx/core/timestamp.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/access.hpp>
#include <awsxx/model/value.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::model {

/// What lies at an address.
enum class kind : unsigned char {
    boolean,         ///< bool
    integer,         ///< int (8, 16 and 32 bits on the wire), or an open_int_enum
    long_,           ///< std::int64_t
    float_,          ///< float
    double_,         ///< double
    text,            ///< std::string, or an open_enum
    sensitive,       ///< secret
    blob,            ///< std::string of bytes
    sensitive_blob,  ///< secret of bytes
    timestamp,       ///< awsxx::timestamp
    document,        ///< any JSON, in the type that `access` reads and writes
    stream,          ///< http::body: what a request carries as a whole
    optional,        ///< std::optional, maybe or box of `element`
    list,            ///< std::vector of `element`
    map,             ///< std::map from std::string to `element`
    structure,       ///< an aggregate with `fields`
};

struct field;
struct type;

/// A namespace that an XML element declares: `xmlns="uri"` or `xmlns:prefix="uri"`.
struct xml_namespace {
    std::string_view uri{};
    std::string_view prefix{};
};

/// A C++ type as codecs see it.
struct type {
    model::kind kind{};
    date_format format{};           ///< Timestamps: `unspecified` is what the place asks for.
    const model::type* element{};   ///< Of an optional, a list or a map.
    const model::access* access{};  ///< Of an optional, a list or a map.
    const field* fields{};          ///< Of a structure.
    std::size_t field_count{};
    std::string_view element_name{};  ///< A list's or map's own; empty: the protocol's.
    bool flattened{};                 ///< A list or map without an element around its entries.
    bool sparse{};                    ///< A list or map whose entries may be null: optionals.
    std::string_view key_name{};      ///< What a map calls its keys in XML and forms; empty: key.
    std::string_view value_name{};    ///< What a map calls its values there; empty: value.
    std::string_view media_type{};    ///< Of text or bytes that are a whole body; empty: any.
    std::string_view xml_name{};      ///< What an element is called that is a whole body.
    const model::xml_namespace* xml_space{};  ///< Declared by the element.
    const model::xml_namespace* key_space{};  ///< Declared by the keys of a map.
    const model::xml_namespace*
        element_space{};    ///< By the entries of a list, the values of a map.
    bool exclusive{};       ///< A union: exactly one member is there.
    std::size_t unknown{};  ///< Of a union: where the name of a member lies that it does not know.
};

/// What a table says of a member beside its type; combine with `|`.
using traits = std::uint16_t;
inline constexpr traits required = 1;           ///< Sent even if empty.
inline constexpr traits idempotency_token = 2;  ///< Made up where it is absent, once a call.
inline constexpr traits xml_attribute = 4;      ///< In the start tag of its structure's element.
inline constexpr traits answers_only = 8;       ///< Another name of a member: it is never sent so.
inline constexpr traits last_segment = 16;      ///< Of a label: only what follows its last slash.
/// Answers in XML have text so, and it is decoded; a header with an object's path is sent so.
inline constexpr traits percent_encoded = 32;
/// A header with the bytes of a key, which go in base64 with their MD5 in the header NAME-MD5. If
/// the program has set that one, the key is in base64 already.
inline constexpr traits customer_key = 64;

/// A label that may be empty: it is sent as `-` then, which stands for the caller's account.
inline constexpr traits own_account = 128;

/// Where an HTTP request or answer has a member. Protocols without such places have all in the body.
enum class place : unsigned char {
    body,            ///< One member of the body among others.
    header,          ///< The value of a header.
    prefix_headers,  ///< A map: a header for each entry; the field's name begins the headers'.
    query,           ///< A parameter of the query; lists repeat it.
    query_map,       ///< A map of text or lists of text: parameters that no other member has.
    label,           ///< One segment of the path.
    greedy_label,    ///< A part of the path that may have slashes.
    payload,         ///< The whole body.
    status,          ///< The status of the answer.
    event_header,    ///< A header of the event.
    event_payload,   ///< The whole payload of the event.
};

/// True for the places that only requests have; in answers their members are in the body.
constexpr bool is_for_requests_only(place where) noexcept {
    return where == place::query || where == place::query_map || where == place::label ||
           where == place::greedy_label;
}

/// The type of a member: a type's address or, for the templates below, the type itself. A shape
/// may hold itself, so that only the address may be asked for while the table is made.
class shape_of_member {
public:
    constexpr shape_of_member() = default;
    constexpr shape_of_member(const type* shape) noexcept : shape_(shape) {}
    constexpr shape_of_member(const type& shape) noexcept : shape_(&shape) {}
    constexpr const type* operator->() const noexcept { return shape_; }
    constexpr const type& operator*() const noexcept { return *shape_; }
    constexpr operator const type*() const noexcept { return shape_; }

private:
    const type* shape_ = nullptr;
};

/// One member: its name on the wire, its type, and where in the structure it lies.
struct field {
    std::string_view name{};  ///< In the place it has: of the header, the parameter, the label.
    shape_of_member shape{};
    std::size_t offset{};
    model::traits traits{};
    model::place place{};
};

inline const void* member(const void* structure, const field& which) noexcept {
    return static_cast<const char*>(structure) + which.offset;
}
inline void* member(void* structure, const field& which) noexcept {
    return static_cast<char*>(structure) + which.offset;
}

/// The name of the member that came and that the union does not know.
inline std::string& unknown_member(const type& shape, void* choice) noexcept {
    return *reinterpret_cast<std::string*>(static_cast<char*>(choice) + shape.unknown);
}

/// The type of a structure with these members.
template <std::size_t N>
constexpr type structure(const field (&fields)[N]) noexcept {
    return {.kind = kind::structure, .fields = fields, .field_count = N};
}
/// The type of a union with these members; `unknown` is the offset of its `unknown_member`.
template <std::size_t N>
constexpr type choice(const field (&fields)[N], std::size_t unknown) noexcept {
    return {.kind = kind::structure,
            .fields = fields,
            .field_count = N,
            .exclusive = true,
            .unknown = unknown};
}
/// The type of a structure without members.
inline constexpr type empty_structure{.kind = kind::structure};

inline constexpr type boolean{.kind = kind::boolean};
inline constexpr type integer{.kind = kind::integer};
inline constexpr type long_integer{.kind = kind::long_};
inline constexpr type float_number{.kind = kind::float_};
inline constexpr type double_number{.kind = kind::double_};
inline constexpr type text{.kind = kind::text};
inline constexpr type sensitive{.kind = kind::sensitive};
inline constexpr type blob{.kind = kind::blob};
inline constexpr type sensitive_blob{.kind = kind::sensitive_blob};
inline constexpr type stream{.kind = kind::stream};
inline constexpr type timestamp{.kind = kind::timestamp};

/// The types of an optional, a list and a map that hold elements of the type `element`.
template <class Optional>
constexpr type optional_type(const type& element) noexcept {
    return {.kind = kind::optional, .element = &element, .access = &optional_access<Optional>};
}
template <class List>
constexpr type list_type(const type& element) noexcept {
    return {.kind = kind::list, .element = &element, .access = &list_access<List>};
}
template <class Map>
constexpr type map_type(const type& element) noexcept {
    return {.kind = kind::map, .element = &element, .access = &map_access<Map>};
}

/// A date that is written in this format wherever it is.
template <date_format Format>
inline constexpr type timestamp_as{.kind = kind::timestamp, .format = Format};

inline constexpr type optional_boolean = optional_type<std::optional<bool>>(boolean);
inline constexpr type optional_integer = optional_type<std::optional<int>>(integer);
inline constexpr type optional_long = optional_type<std::optional<std::int64_t>>(long_integer);
inline constexpr type optional_double = optional_type<std::optional<double>>(double_number);
inline constexpr type optional_text = optional_type<std::optional<std::string>>(text);
inline constexpr type optional_timestamp =
    optional_type<std::optional<awsxx::timestamp>>(timestamp);
inline constexpr type text_list = list_type<std::vector<std::string>>(text);
static_assert(
    settled<std::string, std::optional<bool>, std::optional<int>, std::optional<std::int64_t>,
            std::optional<float>, std::optional<double>, std::optional<std::string>,
            std::optional<awsxx::timestamp>, awsxx::timestamp, std::vector<std::string>>);
/// A template, as it costs more than all of the above and few shapes have maps.
template <class D = void>
inline constexpr type text_map = map_type<std::map<std::string, std::string>>(text);

/// The types of `std::vector<T>`, `std::map<std::string, T>`, `maybe<T>` and `box<T>`, T a shape.
template <class T, class D>
inline constexpr type list_of{.kind = kind::list,
                              .element = &T::template wire<D>::type,
                              .access = &list_access<std::vector<T>>};
template <class T, class D>
inline constexpr type map_of{.kind = kind::map,
                             .element = &T::template wire<D>::type,
                             .access = &map_access<std::map<std::string, T>>};
template <class T, class D>
inline constexpr type maybe_of{.kind = kind::optional,
                               .element = &T::template wire<D>::type,
                               .access = &optional_access<maybe<T>>};
template <class T, class D>
inline constexpr type box_of{.kind = kind::optional,
                             .element = &T::template wire<D>::type,
                             .access = &optional_access<box<T>>};

}  // namespace awsxx::inline AWSXX_ABI::model
