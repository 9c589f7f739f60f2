// SPDX-License-Identifier: MIT
// What STS says to those who ask it for credentials.
#pragma once

#include <awsxx/http/message.hpp>

#include <string>

namespace test {

/// Credentials that end on 2026-01-01 at one o'clock; `operation` as in "AssumeRole".
inline awsxx::http::response sts_answer(const std::string& operation, const std::string& key) {
    const std::string user =
        operation.starts_with("AssumeRole")
            ? "<AssumedRoleUser><AssumedRoleId>AROA:s</AssumedRoleId>"
              "<Arn>arn:aws:sts::111122223333:assumed-role/audit/s</Arn></AssumedRoleUser>"
            : "";
    return {.status = 200,
            .body = "<" + operation +
                    "Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><" + operation +
                    "Result>" + user + "<Credentials><AccessKeyId>" + key +
                    "</AccessKeyId><SecretAccessKey>planted-secret</SecretAccessKey>"
                    "<SessionToken>planted-token</SessionToken>"
                    "<Expiration>2026-01-01T01:00:00Z</Expiration></Credentials></" +
                    operation + "Result></" + operation + "Response>"};
}

/// A refusal with one of AWS's codes.
inline awsxx::http::response sts_refusal(int status, const std::string& code) {
    return {.status = status,
            .body = "<ErrorResponse><Error><Type>Sender</Type><Code>" + code +
                    "</Code><Message>no</Message></Error></ErrorResponse>"};
}

}  // namespace test
