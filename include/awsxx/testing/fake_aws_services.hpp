// SPDX-License-Identifier: MIT
// What the AWS look-alike's services do for a caller whom they know.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/services/identitystore.hpp>
#include <awsxx/testing/fake_aws_answers.hpp>
#include <awsxx/testing/fake_aws_directory.hpp>
#include <awsxx/testing/fake_aws_identity.hpp>
#include <awsxx/testing/fake_aws_request.hpp>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::testing {

/// AssumeRole, AssumeRoleWithWebIdentity, GetSessionToken, GetFederationToken, GetCallerIdentity and
/// ListGroups. Of other operations it knows what a program makes up.
/// Not safe to share between threads; `fake_aws` sees to that.
class fake_services {
public:
    fake_identities identities{};
    fake_directory directory{};
    std::set<std::pair<std::string, std::string>> denied{};  ///< Actions, and to whom.
    /// What a program makes up for further actions.
    using reply = std::function<expected<std::string>(const fake_request&, const fake_key&)>;
    std::map<std::string, reply> replies{};
    std::set<std::pair<std::string, std::string>> disabled_regions{};  ///< By account.

    /// Why the caller is not known where the request went; nothing: it is.
    std::optional<error> unknown_there(const fake_request& asked, const fake_key& caller) const {
        if (!disabled_regions.contains({std::string(account_of(caller.arn)), asked.region}))
            return {};
        if (asked.dialect == fake_dialect::ec2)
            return fake_refusal(401, "AuthFailure",
                                "AWS was not able to validate the provided access credentials");
        return fake_refusal(403, "InvalidClientTokenId",
                            "The security token included in the request is invalid");
    }

    /// The content of the answer, or why there is none.
    expected<std::string> serve(const fake_request& asked, const fake_key& caller, instant now) {
        const std::string action = asked.service + ":" + asked.operation;
        if (denied.contains({action, caller.arn}) || denied.contains({action, caller.role}))
            return fake_refusal(403, "AccessDenied",
                                "User: " + caller.arn + " is not authorized to perform: " + action +
                                    " with an explicit deny in an identity-based policy");
        if (action == "sts:AssumeRole") return assume_role(asked, caller, now);
        if (action == "sts:GetSessionToken") return session_token(asked, caller, now);
        if (action == "sts:GetFederationToken") return federation_token(asked, caller, now);
        if (action == "sts:GetCallerIdentity") return caller_identity(caller);
        if (action == "identitystore:ListGroups") return list_groups(asked);
        if (const auto made_up = replies.find(action); made_up != replies.end())
            return made_up->second(asked, caller);
        return fake_refusal(400, "InvalidAction",
                            "Could not find operation " + asked.operation + " for version " +
                                asked.field("Version"));
    }

    /// The same for AssumeRoleWithWebIdentity, which nobody signs.
    expected<std::string> serve_token(const fake_request& asked, instant now) {
        const auto made =
            identities.assume(secret(asked.field("WebIdentityToken")), assumption_in(asked), now);
        if (!made) return made.error();
        return session_text(*made);
    }

private:
    static fake_assumption assumption_in(const fake_request& asked) {
        fake_assumption what{.role_arn = asked.field("RoleArn"),
                             .session_name = asked.field("RoleSessionName"),
                             .external_id = asked.field("ExternalId"),
                             .source_identity = asked.field("SourceIdentity"),
                             .mfa_serial = asked.field("SerialNumber"),
                             .mfa_code = asked.field("TokenCode")};
        if (const std::string duration = asked.field("DurationSeconds"); !duration.empty())
            what.duration = seconds(text::parse_number<int>(duration).value_or(0));
        return what;
    }

    expected<std::string> assume_role(const fake_request& asked, const fake_key& caller,
                                      instant now) {
        const auto made = identities.assume(caller, assumption_in(asked), now);
        if (!made) return made.error();
        return session_text(*made);
    }

    expected<std::string> session_token(const fake_request& asked, const fake_key& caller,
                                        instant now) {
        const auto made = identities.session_token(caller, assumption_in(asked), now);
        if (!made) return made.error();
        return keys_text(*made);
    }

    expected<std::string> federation_token(const fake_request& asked, const fake_key& caller,
                                           instant now) {
        const auto made =
            identities.federate(caller, asked.field("Name"), assumption_in(asked), now);
        if (!made) return made.error();
        return "<FederatedUser>" + xml_element("FederatedUserId", made->user_id) +
               xml_element("Arn", made->arn) + "</FederatedUser>" + keys_text(*made);
    }

    static std::string keys_text(const fake_key& made) {
        return "<Credentials>" + xml_element("AccessKeyId", made.access_key_id) +
               xml_element("SecretAccessKey", made.secret_access_key.expose()) +
               xml_element("SessionToken", made.session_token.expose()) +
               xml_element("Expiration", format_date(*made.expiration, date_format::date_time)) +
               "</Credentials>";
    }

    static std::string session_text(const fake_key& made) {
        std::string text = "<AssumedRoleUser>" + xml_element("AssumedRoleId", made.user_id) +
                           xml_element("Arn", made.arn) + "</AssumedRoleUser>" + keys_text(made);
        if (!made.source_identity.empty())
            text += xml_element("SourceIdentity", made.source_identity);
        return text;
    }

    static std::string caller_identity(const fake_key& caller) {
        return xml_element("Arn", caller.arn) + xml_element("UserId", caller.user_id) +
               xml_element("Account", account_of(caller.arn));
    }

    // The service's table read backwards: requests are decoded, answers encoded.
    expected<std::string> list_groups(const fake_request& asked) const {
        const model::operation& table = identitystore::list_groups::wire<void>::operation;
        const model::operation reversed{.name = table.name,
                                        .service = table.service,
                                        .input = table.output,
                                        .output = table.input};
        const model::protocol& protocol = *table.service->protocol;
        identitystore::list_groups in;
        http::response question{.status = 200, .body = std::string(asked.sent.body.bytes())};
        if (!protocol.decode(reversed, question, &in))
            return fake_refusal(400, "SerializationException", "");
        const auto page = directory.list(in);
        if (!page) return page.error();
        http::request answer;
        const auto written = protocol.encode(reversed, &*page, answer, {});
        if (!written) return written.error();
        return std::string(answer.body.bytes());
    }
};

}  // namespace awsxx::inline AWSXX_ABI::testing
