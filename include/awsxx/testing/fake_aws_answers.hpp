// SPDX-License-Identifier: MIT
// How the AWS look-alike words its answers: XML and JSON as the services send them.
#pragma once

#include <awsxx/codec/json_text.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::testing {

/// The protocol that a service answers in.
enum class fake_dialect : unsigned char { query, json, ec2 };

/// What every answer carries.
struct fake_envelope {
    fake_dialect dialect{};
    std::string operation{};
    std::string request_id{};
    instant now{};
};

/// A refusal by AWS, before it is worded for one protocol.
inline error fake_refusal(int status, std::string code, std::string message) {
    return {.http_status = status, .code = std::move(code), .message = std::move(message)};
}

namespace detail::fake_answers {

/// The same refusal has another name, and sometimes another status, in JSON services.
struct translation {
    std::string_view query;
    std::string_view json;
    int json_status;
};
inline constexpr translation translations[] = {
    {"AccessDenied", "AccessDeniedException", 403},
    {"ExpiredToken", "ExpiredTokenException", 400},
    {"IncompleteSignature", "IncompleteSignatureException", 400},
    {"InternalFailure", "InternalServerException", 500},
    {"InvalidAction", "UnknownOperationException", 400},
    {"InvalidClientTokenId", "UnrecognizedClientException", 400},
    {"MissingAuthenticationToken", "MissingAuthenticationTokenException", 400},
    {"SignatureDoesNotMatch", "InvalidSignatureException", 400},
    {"Throttling", "ThrottlingException", 400},
    {"ValidationError", "ValidationException", 400},
};

inline error in_json_words(error why) {
    for (const translation& known : translations) {
        if (why.code != known.query) continue;
        why.code = known.json;
        why.http_status = known.json_status;
        break;
    }
    return why;
}

inline http::response envelope(const fake_envelope& about, int status, std::string_view type) {
    http::response answer{.status = status};
    answer.headers.add("x-amzn-RequestId", about.request_id);
    answer.headers.add("Content-Type", type);
    answer.headers.add("Date", format_date(about.now, date_format::http_date));
    return answer;
}

}  // namespace detail::fake_answers

/// `text` as it stands between XML tags.
inline std::string xml_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            default: out += c;
        }
    }
    return out;
}

/// One XML element with text in it.
inline std::string xml_element(std::string_view name, std::string_view text) {
    std::string out;
    out.append("<").append(name).append(">").append(xml_text(text));
    return out.append("</").append(name).append(">");
}

/// `text` as a JSON string, in its quotes. What is not UTF-8 is left out as a whole.
inline std::string json_text(std::string_view text) {
    std::string out;
    if (!codec::json::append_string(out, text)) return "\"\"";
    return out;
}

/// A success. `content` is what stands in the result element, or the whole JSON object.
inline http::response fake_success(const fake_envelope& about, const std::string& content) {
    namespace words = detail::fake_answers;
    if (about.dialect == fake_dialect::json) {
        auto answer = words::envelope(about, 200, "application/x-amz-json-1.1");
        answer.body = content;
        return answer;
    }
    auto answer = words::envelope(about, 200, "text/xml");
    const std::string& name = about.operation;
    if (about.dialect == fake_dialect::ec2) {
        answer.body =
            "<" + name + "Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">\n" +
            xml_element("requestId", about.request_id) + content + "</" + name + "Response>\n";
        return answer;
    }
    answer.body = "<" + name + "Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n<" +
                  name + "Result>" + content + "</" + name + "Result>\n<ResponseMetadata>" +
                  xml_element("RequestId", about.request_id) + "</ResponseMetadata>\n</" + name +
                  "Response>\n";
    return answer;
}

/// A refusal in the words of the protocol.
inline http::response fake_failure(const fake_envelope& about, const error& why) {
    namespace words = detail::fake_answers;
    if (about.dialect == fake_dialect::json) {
        const error said = words::in_json_words(why);
        auto answer = words::envelope(about, said.http_status, "application/x-amz-json-1.1");
        answer.body = R"({"__type":)" + json_text(said.code) + R"(,"Message":)" +
                      json_text(said.message) + "}";
        return answer;
    }
    auto answer = words::envelope(about, why.http_status, "text/xml");
    if (about.dialect == fake_dialect::ec2) {
        answer.body = "<Response><Errors><Error>" + xml_element("Code", why.code) +
                      xml_element("Message", why.message) + "</Error></Errors>" +
                      xml_element("RequestID", about.request_id) + "</Response>\n";
        return answer;
    }
    answer.body = "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n<Error>" +
                  xml_element("Type", why.http_status < 500 ? "Sender" : "Receiver") +
                  xml_element("Code", why.code) + xml_element("Message", why.message) +
                  "</Error>\n" + xml_element("RequestId", about.request_id) +
                  "\n</ErrorResponse>\n";
    return answer;
}

}  // namespace awsxx::inline AWSXX_ABI::testing
