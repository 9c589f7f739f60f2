// SPDX-License-Identifier: MIT
// The smallest program that needs all that the library stands on: it hashes, reads XML, and sends a request
// to port 1, where nobody listens.
#pragma once

#include <iostream>

int main() {
    const auto xml = awsxx::codec::xml::document::parse("<a><b>1</b></a>");
    const auto hash = awsxx::crypto::sha256_of("");
    awsxx::http::curl_transport transport;
    awsxx::http::request what{.method = "GET"};
    what.target.scheme = "http";
    what.target.host = "127.0.0.1";
    what.target.port = 1;
    const auto answer = transport.send(what, {});
    std::cout << "awsxx " << AWSXX_VERSION_STRING << '\n';
    const bool refused = !answer && answer.error().code == "ConnectionFailed";
    return xml && hash.size() == 32 && refused ? 0 : 1;
}
