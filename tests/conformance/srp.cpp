// SPDX-License-Identifier: MIT
// The suite srp: the proofs of users and devices, and every number on the way to them.
#include <awsxx/cognito/pool_id.hpp>
#include <awsxx/cognito/secret_hash.hpp>
#include <awsxx/cognito/srp.hpp>
#include <awsxx/core/date.hpp>

#include "suites.hpp"

#include <string>

namespace conformance {

namespace {

namespace cognito = awsxx::cognito;
namespace numbers = awsxx::cognito::detail::srp;

std::string text(const json& input, const char* name) { return input.value(name, std::string()); }

json output(const cognito::srp_proof& proof, const cognito::srp_verifier& stored,
            const numbers::values& found) {
    return {{"signature", proof.signature},
            {"timestamp", proof.timestamp},
            {"verifier", stored.verifier},
            {"u", std::string(found.u.hex().expose())},
            {"x", std::string(found.x.hex().expose())},
            {"S", std::string(found.s.hex().expose())},
            {"K", awsxx::crypto::to_hex(found.key.expose())}};
}

/// Who logs in where; a device stands in for both.
awsxx::expected<cognito::srp_challenge> challenge(const std::string& mode, const json& input) {
    cognito::srp_challenge asked{.group = text(input, "device_group_key"),
                                 .user = text(input, "device_key"),
                                 .salt = text(input, "salt"),
                                 .srp_b = text(input, "srp_b"),
                                 .secret_block = text(input, "secret_block")};
    if (mode == "device") return asked;
    const auto pool = cognito::parse_pool_id(text(input, "user_pool_id"));
    if (!pool) return pool.error();
    asked.group = pool->name;
    asked.user = text(input, "username");
    return asked;
}

}  // namespace

json srp(const std::string& mode, const json& input) {
    if (mode != "user" && mode != "device") return answer::unsupported("no mode " + mode);
    const awsxx::secret password(text(input, "password"));
    const awsxx::secret own(text(input, "a"));
    const auto asked = challenge(mode, input);
    if (!asked) return answer::failure(asked.error());
    const auto when = awsxx::parse_date(text(input, "time"), awsxx::date_format::date_time);
    if (!when) return answer::failure(when.error());
    const auto exchange = cognito::srp_exchange::begin_with(own);
    if (!exchange) return answer::failure(exchange.error());
    const auto proof = exchange->prove(*asked, password, when->to_instant());
    if (!proof) return answer::failure(proof.error());
    const auto stored =
        cognito::make_srp_verifier(asked->group, asked->user, password, asked->salt);
    if (!stored) return answer::failure(stored.error());
    const auto found = numbers::compute(numbers::cognito_group(),
                                        {numbers::number::from_hex(own.expose()),
                                         numbers::number::from_hex(exchange->public_value())},
                                        *asked, password);
    if (!found) return answer::failure(found.error());
    json out = output(*proof, *stored, *found);
    out["A"] = exchange->public_value();
    const std::string secret = text(input, "client_secret");
    if (!secret.empty())
        out["secret_hash"] =
            cognito::secret_hash(text(input, "username"), text(input, "client_id"), secret);
    return answer::output(std::move(out));
}

}  // namespace conformance
