// SPDX-License-Identifier: MIT
// Whole numbers of thousands of bits, for protocols whose numbers are secrets.
#pragma once

#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/openssl_end.hpp>
#include <awsxx/crypto/openssl_guard.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <openssl/bn.h>

namespace awsxx::inline AWSXX_ABI::crypto {

namespace detail::big_number {

struct end {
    void operator()(BIGNUM* one) const noexcept { BN_clear_free(one); }
    void operator()(BN_CTX* one) const noexcept { BN_CTX_free(one); }
};
using context = std::unique_ptr<BN_CTX, end>;

}  // namespace detail::big_number

/// A number from 0 up, or none: what could not be read or computed. To compute with none gives
/// none, so that the last result tells of all.
///
/// It is wiped when it goes. Powers take as long for one exponent as for another of its size.
class big_number {
public:
    /// None.
    big_number() = default;
    explicit big_number(unsigned word) : big_number(fresh()) {
        if (number_ && BN_set_word(number_.get(), word) != 1) number_.reset();
    }
    /// Big-endian; no byte at all is 0.
    static big_number from_bytes(std::string_view bytes) {
        big_number made;
        if (bytes.size() > largest) return made;
        made = fresh();
        const auto* from = reinterpret_cast<const unsigned char*>(bytes.data());
        if (made && !BN_bin2bn(from, static_cast<int>(bytes.size()), made.number_.get()))
            made.number_.reset();
        return made;
    }
    /// Digits of either case, in any number but 0. None if there is anything else.
    static big_number from_hex(std::string_view digits) {
        if (digits.empty() || digits.size() > 2 * largest) return {};
        std::string even(digits.size() % 2, '0');
        even.reserve(digits.size() + 1);
        even += digits;
        auto bytes = crypto::from_hex(even);
        wipe(even);
        if (!bytes) return {};
        big_number made = from_bytes(*bytes);
        wipe(*bytes);
        return made;
    }
    /// Any number of at most that many bits, from OpenSSL's generator for secrets.
    static big_number random(int bits) {
        big_number made = fresh();
        const detail::error_queue_guard guard;
        if (made &&
            BN_priv_rand(made.number_.get(), bits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) != 1)
            made.number_.reset();
        return made;
    }
    /// The prime of group 15 of RFC 3526, which has 3072 bits.
    static big_number prime_3072() {
        big_number made = fresh();
        if (made && BN_get_rfc3526_prime_3072(made.number_.get()) == nullptr) made.number_.reset();
        return made;
    }

    /// There is one.
    explicit operator bool() const noexcept { return number_ != nullptr; }
    /// True of none, too, for whoever must not go on with either.
    bool is_zero() const noexcept { return !number_ || BN_is_zero(number_.get()); }

    /// As few big-endian bytes as hold it; none of 0.
    secret bytes() const { return written(0); }
    /// The same with a zero byte in front if the top bit were set, and of 0: the form of signed
    /// numbers, as Java writes them.
    secret signed_bytes() const {
        const bool sign = !number_ || BN_num_bits(number_.get()) % 8 == 0;
        return written(sign ? 1 : 0);
    }
    /// Lower-case digits without leading zeros; "0" of 0.
    secret hex() const {
        const secret all = bytes();
        secret digits(to_hex(all.expose()));
        const std::string_view text = digits.expose();
        if (text.empty()) return "0";
        return text.front() == '0' ? secret(text.substr(1)) : digits;
    }

    friend big_number operator+(const big_number& a, const big_number& b) {
        return computed(a, b, a,
                        [](BIGNUM* to, const big_number& x, const big_number& y, const big_number&,
                           BN_CTX*) { return BN_add(to, x.number_.get(), y.number_.get()); });
    }
    friend big_number operator*(const big_number& a, const big_number& b) {
        return computed(
            a, b, a,
            [](BIGNUM* to, const big_number& x, const big_number& y, const big_number&,
               BN_CTX* in) { return BN_mul(to, x.number_.get(), y.number_.get(), in); });
    }
    /// What is left of it, divided by `modulus`; none for 0.
    big_number mod(const big_number& modulus) const {
        return computed(
            *this, modulus, modulus,
            [](BIGNUM* to, const big_number& x, const big_number& m, const big_number&,
               BN_CTX* in) { return BN_nnmod(to, x.number_.get(), m.number_.get(), in); });
    }
    /// `*this - less`, from 0 up to the modulus.
    big_number minus_mod(const big_number& less, const big_number& modulus) const {
        return computed(*this, less, modulus,
                        [](BIGNUM* to, const big_number& x, const big_number& y,
                           const big_number& m, BN_CTX* in) {
                            return BN_mod_sub(to, x.number_.get(), y.number_.get(), m.number_.get(),
                                              in);
                        });
    }
    /// `*this` to that power; the modulus has to be odd.
    big_number power_mod(const big_number& exponent, const big_number& modulus) const {
        return computed(*this, exponent, modulus,
                        [](BIGNUM* to, const big_number& x, const big_number& y,
                           const big_number& m, BN_CTX* in) {
                            return BN_mod_exp_mont_consttime(to, x.number_.get(), y.number_.get(),
                                                             m.number_.get(), in, nullptr);
                        });
    }

private:
    static constexpr std::size_t largest = 2048;  // bytes

    static big_number fresh() {
        big_number made;
        outlive_main();
        if (openssl_is_over()) return made;
        made.number_.reset(BN_new());
        if (made) BN_set_flags(made.number_.get(), BN_FLG_CONSTTIME);
        return made;
    }

    template <class Compute>
    static big_number computed(const big_number& a, const big_number& b, const big_number& modulus,
                               Compute compute) {
        if (!a || !b || !modulus) return {};
        const detail::error_queue_guard guard;
        big_number result = fresh();
        const detail::big_number::context in(BN_CTX_new());
        if (!result || !in || compute(result.number_.get(), a, b, modulus, in.get()) != 1)
            return {};
        return result;
    }

    secret written(std::size_t zeros) const {
        const std::size_t size =
            number_ ? (static_cast<std::size_t>(BN_num_bits(number_.get())) + 7) / 8 : 0;
        std::string text(zeros + size, '\0');
        if (number_)
            BN_bn2binpad(number_.get(), reinterpret_cast<unsigned char*>(text.data() + zeros),
                         static_cast<int>(size));
        return secret(std::move(text));
    }

    std::unique_ptr<BIGNUM, detail::big_number::end> number_{};
};

}  // namespace awsxx::inline AWSXX_ABI::crypto
