// SPDX-License-Identifier: MIT
// What a request asks of the AWS look-alike: which service and operation, with which form fields.
#pragma once

#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/percent.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/testing/fake_aws_answers.hpp>

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::testing {

/// A request as a service sees it before it looks at the signature.
struct fake_request {
    http::request sent{};
    fake_dialect dialect{};
    std::string service{};    ///< As in scopes of signatures; empty: unknown.
    std::string operation{};  ///< Empty: none is named.
    std::string region{};     ///< Where the host is; empty: the host does not tell.
    std::map<std::string, std::string> form{};  ///< The query, and the body of query services.

    /// A field of the form, or nothing.
    std::string field(const std::string& name) const {
        const auto found = form.find(name);
        return found == form.end() ? std::string() : found->second;
    }
};

namespace detail::fake_requests {

inline std::string form_decoded(std::string_view text) {
    std::string spaced(text);
    for (char& c : spaced)
        if (c == '+') c = ' ';
    auto plain = http::decoded(spaced);
    return plain ? *std::move(plain) : spaced;
}

inline void read_form(std::string_view text, std::map<std::string, std::string>& into) {
    while (!text.empty()) {
        std::string_view pair = text::take_until(text, '&');
        const std::string_view name = text::take_until(pair, '=');
        into.insert_or_assign(form_decoded(name), form_decoded(pair));
    }
}

/// The region in "sts.us-west-1.amazonaws.com"; the host without one is in us-east-1.
inline std::string region_in(std::string_view host) {
    if (host.find(".amazonaws.com") == std::string_view::npos) return {};
    text::take_until(host, '.');
    const std::string_view second = text::take_until(host, '.');
    return second == "amazonaws" ? "us-east-1" : std::string(second);
}

/// The service in "sts.us-west-1.amazonaws.com"; empty for hosts that are not told apart.
inline std::string service_in(std::string_view host) {
    if (host.find(".amazonaws.com") == std::string_view::npos) return {};
    const std::string_view name = text::take_until(host, '.');
    constexpr std::string_view known = "account ec2 iam identitystore organizations ssm sts";
    return text::lists_word(known, name) ? std::string(name) : std::string();
}

/// "ListRegions" for "/listRegions".
inline std::string operation_in(std::string_view path) {
    std::string name(path.substr(1));
    name[0] = text::upper(name[0]);
    return name;
}

}  // namespace detail::fake_requests

/// Finds out what is asked for, in forms, in JSON, and in JSON at a path of its own.
inline fake_request understood(http::request sent) {
    namespace rules = detail::fake_requests;
    fake_request what{.sent = std::move(sent)};
    if (!what.sent.headers.contains("host")) {
        std::string host;
        http::append_host_header(host, what.sent.target);
        what.sent.headers.add("host", host);
    }
    what.region = rules::region_in(what.sent.target.host);
    rules::read_form(what.sent.target.query, what.form);
    if (const auto target = what.sent.headers.find("X-Amz-Target")) {
        std::string_view rest = *target;
        what.dialect = fake_dialect::json;
        what.service = rules::service_in(what.sent.target.host);
        if (text::take_until(rest, '.') == "AWSIdentityStore") what.service = "identitystore";
        what.operation = rest;
        return what;
    }
    what.service = rules::service_in(what.sent.target.host);
    if (what.service == "account" && what.sent.target.path.size() > 1) {
        what.dialect = fake_dialect::json;
        what.operation = rules::operation_in(what.sent.target.path);
        return what;
    }
    if (what.service == "ec2") what.dialect = fake_dialect::ec2;
    rules::read_form(what.sent.body.bytes(), what.form);
    if (what.service != "ec2" && what.service != "iam") what.service = "sts";
    what.operation = what.field("Action");
    return what;
}

}  // namespace awsxx::inline AWSXX_ABI::testing
