// SPDX-License-Identifier: MIT
// Which protocol a service speaks, and what members are called in it.
#pragma once

#include "smithy_model.hpp"

#include <string>

namespace generator {

/// A protocol that the library speaks.
struct wire_format {
    std::string trait{};     ///< "aws.protocols#restXml"
    std::string header{};    ///< "rest_xml"
    std::string constant{};  ///< "rest_xml::protocol"
    bool rest{};             ///< Members have places in HTTP.
    bool xml{};              ///< The traits of XML count, in bodies or in answers.
    bool json{};             ///< The trait jsonName counts.
    bool names_body{};       ///< The element that is a body has the name of its shape.
    bool target{};           ///< The service's name goes over the wire.
    bool ec2{};              ///< Requests have names of their own.
};

/// The protocol of a service: JSON before XML and forms, CBOR only where there is nothing else.
const wire_format& choose_format(const smithy_model& model, const std::string& service);

/// What a member of the body is called; `in`: in requests.
std::string body_name(const wire_format& format, const shape_member& member, bool in);

/// Where HTTP has a member, as in the tables; empty: in the body, under `body_name`.
struct http_place {
    std::string place{};  ///< "header"
    std::string name{};
};
http_place place_of(const wire_format& format, const json& operation_http,
                    const shape_member& member);

/// True if a label of the path has slashes.
bool is_greedy(const json& operation_http, const std::string& label);

}  // namespace generator
