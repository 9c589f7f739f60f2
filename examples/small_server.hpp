// SPDX-License-Identifier: MIT
// Stands for STS in examples that need a real socket: whoever asks is told the same name.
#pragma once

#include <awsxx/core/system_clock.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <iostream>
#include <memory>
#include <string>

#include "forked_server.hpp"

namespace example {

/// What GetCallerIdentity is answered with.
inline std::string identity_answer() {
    const std::string body =
        "<GetCallerIdentityResponse><GetCallerIdentityResult>"
        "<Arn>arn:aws:iam::111122223333:user/dev</Arn>"
        "</GetCallerIdentityResult></GetCallerIdentityResponse>";
    return "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

inline awsxx::credentials keys() {
    return {.access_key_id = "AKIDEXAMPLE",
            .secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"};
}

inline awsxx::settings settings_for(const forked_server& server) {
    awsxx::settings made{.region = "eu-west-1", .endpoint_url = server.url()};
    made.outside = awsxx::testing::isolated_world(std::make_shared<awsxx::system_clock>());
    return made;
}

/// Prints the answer. True if there is one.
inline bool print(const awsxx::expected<awsxx::sts::get_caller_identity::output>& who) {
    if (who)
        std::cout << "I am " << who->arn << '\n';
    else
        std::cout << "failed: " << who.error() << '\n';
    return who.has_value();
}

}  // namespace example
