// SPDX-License-Identifier: MIT
// The proof that a password or a device is known, without sending it: Cognito's variant of SRP-6a.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/big_number.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/sha256.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::cognito {

/// What the service asks for in the challenges PASSWORD_VERIFIER and DEVICE_PASSWORD_VERIFIER.
struct srp_challenge {
    std::string group{};         ///< The pool's name without its region, or the device group key.
    std::string user{};          ///< USER_ID_FOR_SRP, or the device key.
    std::string salt{};          ///< Hexadecimal.
    std::string srp_b{};         ///< Hexadecimal.
    std::string secret_block{};  ///< Base64.
};

/// The answer to it.
struct srp_proof {
    std::string timestamp{};  ///< As it was signed.
    std::string signature{};  ///< PASSWORD_CLAIM_SIGNATURE.
};

/// What ConfirmDevice takes, in base64.
struct srp_verifier {
    std::string verifier{};
    std::string salt{};
};

namespace detail::srp {

using number = crypto::big_number;

/// What both sides have in common.
struct group {
    number n{};
    number g{};
    number k{};
};

inline number hashed(const secret& first, const secret& second) {
    crypto::sha256 hash;
    hash.update(first.expose());
    hash.update(second.expose());
    crypto::sha256_digest digest = hash.finish();
    number value = number::from_bytes(crypto::as_text(digest));
    wipe(digest.data(), digest.size());
    return value;
}

/// The generator is 2, although RFC 5054 has 5 with this prime.
inline group cognito_group() {
    group made{number::prime_3072(), number(2), {}};
    made.k = hashed(made.n.signed_bytes(), made.g.signed_bytes());
    return made;
}

/// Who proves, and with what.
struct claim {
    std::string_view group{};
    std::string_view user{};
    const secret& password;
};

inline number private_key(const number& salt, const claim& of) {
    crypto::sha256 inner;
    for (const std::string_view part : {of.group, of.user, std::string_view(":")})
        inner.update(part);
    inner.update(of.password.expose());
    crypto::sha256_digest digest = inner.finish();
    number x = hashed(salt.signed_bytes(), secret(crypto::as_text(digest)));
    wipe(digest.data(), digest.size());
    return x;
}

/// Both of this side's numbers.
struct key_pair {
    number own{};
    number shown{};  ///< A
};

/// All that comes of a challenge, in the letters of RFC 5054.
struct values {
    number u{};
    number x{};
    number s{};
    secret key{};
};

inline error refused(const char* what) {
    return {.kind = error_kind::malformed_answer,
            .code = "UnsafeSrpValue",
            .message = std::string("the login was given up: ") + what};
}
inline error unreadable(const char* what) {
    return {.kind = error_kind::malformed_answer,
            .code = "MalformedSrpValue",
            .message = std::string("the service's ") + what};
}

/// HKDF with SHA-256 of 16 bytes.
inline secret derived(const secret& salt, const secret& input) {
    constexpr std::size_t size = 16;
    const crypto::hmac_key outer(salt.expose());
    crypto::sha256_digest digest = outer.sign(input.expose());
    const crypto::hmac_key inner(crypto::as_text(digest));
    digest = inner.sign(std::string_view("Caldera Derived Key\x01", 20));
    secret key(crypto::as_text(digest).substr(0, size));
    wipe(digest.data(), digest.size());
    return key;
}

/// Checks the service's number before anything is done that depends on the password.
inline expected<values> compute(const group& in, const key_pair& own, const srp_challenge& asked,
                                const secret& password) {
    const number salt = number::from_hex(asked.salt);
    const number b = number::from_hex(asked.srp_b);
    if (!salt) return unreadable("SALT is no hexadecimal number");
    if (!b) return unreadable("SRP_B is no hexadecimal number");
    if (b.mod(in.n).is_zero()) return refused("SRP_B is zero");
    values found;
    found.u = hashed(own.shown.signed_bytes(), b.signed_bytes());
    if (found.u.is_zero()) return refused("the hash of both public values is zero");
    found.x = private_key(salt, {asked.group, asked.user, password});
    const number known = in.k * in.g.power_mod(found.x, in.n);
    const number base = b.minus_mod(known, in.n);
    found.s = base.power_mod(own.own + found.u * found.x, in.n);
    if (found.s.is_zero()) return refused("the shared value is zero");
    found.key = derived(found.u.signed_bytes(), found.s.signed_bytes());
    return found;
}

}  // namespace detail::srp

/// "Tue May 7 00:09:40 UTC 2030": in English whatever the locale, the day without a zero in front.
inline std::string srp_timestamp(instant when) {
    const std::string date = format_date(when, date_format::http_date);  // Tue, 07 May 2030 ...
    const auto part = [&](std::size_t at, std::size_t size) { return " " + date.substr(at, size); };
    const std::string day = date[5] == '0' ? part(6, 1) : part(5, 2);
    return date.substr(0, 3) + part(8, 3) + day + part(17, 8) + " UTC" + part(12, 4);
}

/// One side of one exchange: a secret number, and the public one that goes with it.
///
/// The secret numbers are wiped when it goes. To be used for one challenge.
class srp_exchange {
public:
    /// Fails with `NoEntropy` where OpenSSL has no random numbers.
    static expected<srp_exchange> begin() {
        constexpr int bits = 1024;
        return of(detail::srp::number::random(bits));
    }
    /// With a secret number that was chosen before, as tests do.
    static expected<srp_exchange> begin_with(const secret& hex) {
        return of(detail::srp::number::from_hex(hex.expose()));
    }

    /// SRP_A: hexadecimal.
    std::string public_value() const { return std::string(pair_.shown.hex().expose()); }

    /// Proves that the password is known. `when`: the time as the service has it.
    ///
    /// Fails with `malformed_answer`: "MalformedSrpValue" for what is no number, "UnsafeSrpValue"
    /// for numbers that give the secret away. Nothing was computed with the password then.
    expected<srp_proof> prove(const srp_challenge& asked, const secret& password,
                              instant when) const {
        const auto block = crypto::from_base64(asked.secret_block);
        if (!block) return detail::srp::unreadable("SECRET_BLOCK is not base64");
        const auto found = detail::srp::compute(group_, pair_, asked, password);
        if (!found) return found.error();
        srp_proof made{.timestamp = srp_timestamp(when)};
        const std::string message = asked.group + asked.user + *block + made.timestamp;
        const crypto::hmac_key key(found->key.expose());
        made.signature = crypto::to_base64(crypto::as_text(key.sign(message)));
        return made;
    }

private:
    srp_exchange(detail::srp::group in, detail::srp::key_pair pair)
        : group_(std::move(in)), pair_(std::move(pair)) {}

    static expected<srp_exchange> of(detail::srp::number own) {
        detail::srp::group in = detail::srp::cognito_group();
        detail::srp::number a = own.mod(in.n);
        detail::srp::number shown = in.g.power_mod(a, in.n);
        if (a.is_zero() || shown.is_zero())
            return error{.code = "NoEntropy",
                         .message = "OpenSSL has no random number for a login"};
        return srp_exchange(std::move(in), {std::move(a), std::move(shown)});
    }

    detail::srp::group group_;
    detail::srp::key_pair pair_;
};

/// What the service keeps of a device's password. `salt`: hexadecimal.
inline expected<srp_verifier> make_srp_verifier(std::string_view group, std::string_view user,
                                                const secret& password, std::string_view salt) {
    namespace srp = detail::srp;
    const srp::number number = srp::number::from_hex(salt);
    if (!number) return srp::unreadable("salt is no hexadecimal number");
    const srp::group in = srp::cognito_group();
    const srp::number v = in.g.power_mod(srp::private_key(number, {group, user, password}), in.n);
    if (v.is_zero())
        return error{.code = "NoMemory", .message = "OpenSSL could not compute a verifier"};
    return srp_verifier{crypto::to_base64(v.signed_bytes().expose()),
                        crypto::to_base64(number.signed_bytes().expose())};
}

/// The same with a salt of its own.
inline expected<srp_verifier> make_srp_verifier(std::string_view group, std::string_view user,
                                                const secret& password) {
    constexpr int bits = 128;
    const auto salt = crypto::big_number::random(bits);
    if (!salt) return error{.code = "NoEntropy", .message = "OpenSSL has no random number"};
    return make_srp_verifier(group, user, password, salt.hex().expose());
}

}  // namespace awsxx::inline AWSXX_ABI::cognito
