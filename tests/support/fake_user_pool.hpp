// SPDX-License-Identifier: MIT
// A user pool in memory that verifies proofs as Cognito does, with devices and challenges.
#pragma once

#include <awsxx/cognito/secret_hash.hpp>
#include <awsxx/cognito/srp.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/testing/fake_clock.hpp>

#include <nlohmann/json.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace test {

/// Answers the requests of app clients. Not thread-safe, as a transport's function need not be.
class fake_user_pool {
public:
    using json = nlohmann::json;
    using number = awsxx::crypto::big_number;

    struct user {
        std::string password{};
        std::string id{};  ///< The pool's own name.
        bool disabled{};
        json challenges = json::array();  ///< Asked after the proof: {name, parameters, answers}.
    };
    struct known_device {
        std::string verifier{};  ///< Of the bytes, in base64.
        std::string salt{};
        bool remembered{};
    };

    std::string pool_name = "Pool1";
    std::string client_id = "client";
    std::string client_secret{};
    std::map<std::string, user> users{{"alice", {.password = "Passw0rd!", .id = "alice-id"}}};
    std::map<std::string, known_device> devices{};
    bool tracks_devices = false;
    bool confirms_devices = true;  ///< The user has to say so.
    bool rotates = false;
    bool has_get_tokens = true;
    int token_seconds = 3600;
    awsxx::milliseconds ahead{};  ///< Of the client's clock.
    std::string srp_b{};          ///< Sent instead of the right one.
    std::set<std::string> refresh_tokens{};
    std::vector<std::string> calls{};  ///< "InitiateAuth USER_SRP_AUTH"
    std::vector<json> inputs{};
    std::shared_ptr<awsxx::testing::fake_clock> time =
        std::make_shared<awsxx::testing::fake_clock>();

    /// The token is good, and not beyond its end.
    bool is_live(const std::string& token) const {
        const auto found = access_.find(token);
        return found != access_.end() && time->now() < found->second;
    }
    void kill_access_tokens() { access_.clear(); }

    awsxx::http::response answer(const awsxx::http::request& to) {
        auto said = answered(to);
        said.headers.add("Date",
                         awsxx::format_date(time->now() + ahead, awsxx::date_format::http_date));
        return said;
    }

private:
    awsxx::http::response answered(const awsxx::http::request& to) {
        const std::string target(to.headers.find("X-Amz-Target").value_or(""));
        const std::string name = target.substr(target.find('.') + 1);
        const json input = json::parse(std::string(to.body.bytes()));
        calls.push_back(name);
        inputs.push_back(input);
        if (name == "InitiateAuth") {
            calls.back() += " " + input.value("AuthFlow", "");
            return initiate(input);
        }
        if (name == "RespondToAuthChallenge") {
            calls.back() += " " + input.value("ChallengeName", "");
            return respond(input);
        }
        if (name == "GetTokensFromRefreshToken" && has_get_tokens) return get_tokens(input);
        if (name == "ConfirmDevice") return confirm(input);
        if (name == "UpdateDeviceStatus") {
            devices.at(input.at("DeviceKey")).remembered = true;
            return ok(json::object());
        }
        if (name == "AssociateSoftwareToken")
            return ok({{"SecretCode", "JBSWY3DPEHPK3PXP"}, {"Session", "associated"}});
        if (name == "VerifySoftwareToken")
            return ok({{"Status", input.at("UserCode") == "123456" ? "SUCCESS" : "ERROR"},
                       {"Session", "verified"}});
        if (name == "RevokeToken") {
            refresh_tokens.erase(input.at("Token").get<std::string>());
            return ok(json::object());
        }
        return fault("UnknownOperationException", "no such operation");
    }

    struct proof {
        number a, b, v;
        std::string group, user, block, shown_b;
    };

    static awsxx::http::response ok(const json& body) {
        return {.status = 200, .body = body.dump()};
    }
    static awsxx::http::response fault(const char* type, const std::string& message) {
        return {.status = 400, .body = json{{"__type", type}, {"message", message}}.dump()};
    }
    static awsxx::http::response refused() {
        return fault("NotAuthorizedException", "Incorrect username or password.");
    }
    static number read(const std::string& base64) {
        return number::from_bytes(*awsxx::crypto::from_base64(base64));
    }

    bool wrong_hash(const json& in, const std::string& name) const {
        if (client_secret.empty()) return in.contains("SECRET_HASH");
        return in.value("SECRET_HASH", "") !=
               awsxx::cognito::secret_hash(name, client_id, client_secret);
    }

    json begin_proof(const std::string& a, const std::string& group, const std::string& who,
                     const awsxx::cognito::srp_verifier& stored) {
        namespace srp = awsxx::cognito::detail::srp;
        const auto in = srp::cognito_group();
        proof made{
            number::from_hex(a), number::random(256), read(stored.verifier), group, who, {}, {}};
        made.shown_b =
            std::string((in.k * made.v + in.g.power_mod(made.b, in.n)).mod(in.n).hex().expose());
        made.block = awsxx::crypto::to_base64("block " + std::to_string(++last_));
        json parameters{{"SALT", awsxx::crypto::to_hex(*awsxx::crypto::from_base64(stored.salt))},
                        {"SRP_B", srp_b.empty() ? made.shown_b : srp_b},
                        {"SECRET_BLOCK", made.block}};
        const std::string block = made.block;
        proofs_.emplace(block, std::move(made));
        return parameters;
    }

    bool proved(const json& in) {
        namespace srp = awsxx::cognito::detail::srp;
        const auto found = proofs_.find(in.value("PASSWORD_CLAIM_SECRET_BLOCK", ""));
        if (found == proofs_.end()) return false;
        const proof one = std::move(found->second);
        proofs_.erase(found);
        const auto group = srp::cognito_group();
        const number b = number::from_hex(one.shown_b);
        const number u = srp::hashed(one.a.signed_bytes(), b.signed_bytes());
        const number s =
            (one.a * one.v.power_mod(u, group.n)).mod(group.n).power_mod(one.b, group.n);
        const awsxx::crypto::hmac_key key(
            srp::derived(u.signed_bytes(), s.signed_bytes()).expose());
        const std::string when = in.at("TIMESTAMP");
        const std::string message =
            one.group + one.user + *awsxx::crypto::from_base64(one.block) + when;
        return when == awsxx::cognito::srp_timestamp(time->now() + ahead) &&
               in.at("PASSWORD_CLAIM_SIGNATURE") ==
                   awsxx::crypto::to_base64(awsxx::crypto::as_text(key.sign(message)));
    }

    awsxx::http::response initiate(const json& input) {
        const json in = input.value("AuthParameters", json::object());
        const std::string flow = input.at("AuthFlow");
        if (input.at("ClientId") != client_id)
            return fault("ResourceNotFoundException", "User pool client does not exist.");
        if (flow == "REFRESH_TOKEN_AUTH") {
            const std::string token = in.value("REFRESH_TOKEN", "");
            if (wrong_hash(in, owner_[token])) return fault("NotAuthorizedException", "SecretHash");
            return refreshed(token);
        }
        const std::string typed = in.value("USERNAME", "");
        if (wrong_hash(in, typed)) return fault("NotAuthorizedException", "SecretHash");
        const auto found = users.find(typed);
        if (found == users.end()) return refused();
        const user& who = found->second;
        if (who.disabled) return fault("NotAuthorizedException", "User is disabled.");
        if (in.contains("DEVICE_KEY") && devices.count(in.at("DEVICE_KEY")) == 0)
            return fault("ResourceNotFoundException", "Device does not exist.");
        current_ = typed;
        device_ = in.value("DEVICE_KEY", "");
        asked_ = 0;
        if (flow == "USER_PASSWORD_AUTH")
            return in.at("PASSWORD") == who.password ? next() : refused();
        if (flow == "USER_AUTH" || (flow == "CUSTOM_AUTH" && !in.contains("SRP_A"))) return next();
        const auto stored = awsxx::cognito::make_srp_verifier(pool_name, who.id, who.password);
        json parameters = begin_proof(in.at("SRP_A"), pool_name, who.id, *stored);
        parameters["USERNAME"] = who.id;
        parameters["USER_ID_FOR_SRP"] = who.id;
        return ok({{"ChallengeName", "PASSWORD_VERIFIER"}, {"ChallengeParameters", parameters}});
    }

    awsxx::http::response respond(const json& input) {
        const json in = input.value("ChallengeResponses", json::object());
        const std::string name = input.at("ChallengeName");
        const user& who = users.at(current_);
        const bool by_typed_name = in.value("USERNAME", "") == current_ && asked_ == 0 &&
                                   name != "PASSWORD_VERIFIER" && name != "DEVICE_SRP_AUTH";
        if (in.value("USERNAME", "") != who.id && !by_typed_name)
            return fault("UserNotFoundException", "User does not exist.");
        if (wrong_hash(in, in.value("USERNAME", "")))
            return fault("NotAuthorizedException", "SecretHash");
        if (name == "PASSWORD_VERIFIER" || name == "DEVICE_PASSWORD_VERIFIER") {
            if (!proved(in)) return refused();
            if (name == "DEVICE_PASSWORD_VERIFIER" || device_.empty()) return next();
            return ok({{"ChallengeName", "DEVICE_SRP_AUTH"},
                       {"Session", "device session"},
                       {"ChallengeParameters", json::object()}});
        }
        if (name == "DEVICE_SRP_AUTH") {
            if (input.value("Session", "") != "device session") return refused();
            const auto& kept = devices.at(device_);
            json parameters =
                begin_proof(in.at("SRP_A"), "-group", device_, {kept.verifier, kept.salt});
            parameters["DEVICE_KEY"] = device_;
            return ok({{"ChallengeName", "DEVICE_PASSWORD_VERIFIER"},
                       {"ChallengeParameters", parameters}});
        }
        const json& expected = who.challenges.at(asked_ - 1);
        if (expected.at("name") != name) return fault("InvalidParameterException", "not that");
        if (expected.contains("session") && expected.at("session") != input.value("Session", ""))
            return fault("NotAuthorizedException", "Invalid session for the user.");
        for (const auto& [key, value] : expected.at("answers").items())
            if (in.value(key, "") != value.get<std::string>())
                return fault("CodeMismatchException", "Invalid code or answer");
        if (name == "NEW_PASSWORD_REQUIRED") users.at(current_).password = in.at("NEW_PASSWORD");
        return next();
    }

    /// The next challenge of the user's, or the tokens.
    awsxx::http::response next() {
        const user& who = users.at(current_);
        if (asked_ < who.challenges.size()) {
            const json& one = who.challenges.at(asked_++);
            json reply{{"ChallengeName", one.at("name")},
                       {"Session", "session " + std::to_string(asked_)},
                       {"ChallengeParameters", one.value("parameters", json::object())}};
            if (one.contains("available")) reply["AvailableChallenges"] = one.at("available");
            return ok(reply);
        }
        json result = tokens(who.id);
        const std::string refresh = "refresh-" + std::to_string(++last_);
        refresh_tokens.insert(refresh);
        owner_[refresh] = who.id;
        result["RefreshToken"] = refresh;
        if (tracks_devices && device_.empty())
            result["NewDeviceMetadata"] = {
                {"DeviceKey", "eu-west-1_device" + std::to_string(last_)},
                {"DeviceGroupKey", "-group"}};
        return ok({{"AuthenticationResult", result}, {"ChallengeParameters", json::object()}});
    }

    json tokens(const std::string& name) {
        const auto part = [](const json& of) {
            return awsxx::crypto::to_base64(of.dump(), awsxx::crypto::base64_alphabet::url);
        };
        const std::string serial = std::to_string(++last_);
        const std::string head = part({{"alg", "RS256"}, {"kid", "k"}}) + ".";
        const std::string access =
            head + part({{"username", name}, {"token_use", "access"}, {"jti", serial}}) + ".c2ln";
        access_[access] = time->now() + std::chrono::seconds(token_seconds);
        return {{"AccessToken", access},
                {"IdToken", head + part({{"token_use", "id"}, {"jti", serial}}) + ".c2ln"},
                {"TokenType", "Bearer"},
                {"ExpiresIn", token_seconds}};
    }

    awsxx::http::response get_tokens(const json& in) {
        if (in.value("ClientSecret", "") != client_secret)
            return fault("NotAuthorizedException", "client secret");
        return refreshed(in.value("RefreshToken", ""));
    }
    awsxx::http::response refreshed(const std::string& token) {
        if (refresh_tokens.count(token) == 0)
            return fault("NotAuthorizedException", "Refresh Token has expired");
        json result = tokens(owner_[token]);
        if (rotates) {
            refresh_tokens.erase(token);
            const std::string fresh = "refresh-" + std::to_string(++last_);
            refresh_tokens.insert(fresh);
            owner_[fresh] = owner_[token];
            result["RefreshToken"] = fresh;
        }
        return ok({{"AuthenticationResult", result}});
    }

    awsxx::http::response confirm(const json& in) {
        const json& config = in.at("DeviceSecretVerifierConfig");
        devices[in.at("DeviceKey")] = {.verifier = config.at("PasswordVerifier"),
                                       .salt = config.at("Salt")};
        return ok({{"UserConfirmationNecessary", confirms_devices}});
    }

    std::map<std::string, proof> proofs_{};
    std::map<std::string, awsxx::instant> access_{};
    std::map<std::string, std::string> owner_{};
    std::string current_{};
    std::string device_{};
    std::size_t asked_ = 0;
    int last_ = 0;
};

}  // namespace test
