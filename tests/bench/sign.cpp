// SPDX-License-Identifier: MIT
// What a signature costs beside the hashing that none can do without.
//
// The baseline hashes what the signer hashes, and nothing else: SHA-256 of the body, SHA-256 of the
// finished canonical request, HMAC of the string to sign from two kept states; with OpenSSL's
// low-level functions, all texts laid out beforehand. Both must come to the same signature.
#include <awsxx/auth/sigv4.hpp>

#include <bench/measure.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <openssl/sha.h>

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace {

using digest = unsigned char[32];

/// One request, as a program would have it signed.
struct subject {
    const char* figure;
    awsxx::http::request draft{};
    awsxx::credentials keys{};
    awsxx::auth::signing how{};
    awsxx::http::request out{};

    void sign() {
        if (auto done = awsxx::auth::sign(draft, keys, how, out); !done) {
            std::fprintf(stderr, "%s: %s\n", figure, to_string(done.error()).c_str());
            std::exit(1);
        }
    }
    std::string_view signature() const {
        const std::string_view line = *out.headers.find("authorization");
        return line.substr(line.size() - 64);
    }
};

void hash(std::string_view text, digest& into) {
    SHA256_CTX state;
    SHA256_Init(&state);
    SHA256_Update(&state, text.data(), text.size());
    SHA256_Final(into, &state);
}

void hex(char* to, const digest& from) {
    static const char digits[] = "0123456789abcdef";
    for (std::size_t i = 0; i < sizeof from; ++i) {
        to[2 * i] = digits[from[i] >> 4];
        to[2 * i + 1] = digits[from[i] & 15];
    }
}

/// The hashing of a signature that was made before.
class floor_work {
public:
    floor_work(const subject& of)
        : body_(of.draft.body.bytes()),
          canonical_(*awsxx::auth::canonical_request_text(of.out, of.how)) {
        const auto key = awsxx::auth::derive_signing_key(of.keys.secret_access_key, of.how);
        const auto time = awsxx::auth::signing_time(key->date(), of.how.when);
        text_.append("AWS4-HMAC-SHA256\n").append(time.text()).append("\n");
        text_.append(key->scope).append("\n").append(64, '0');
        derive(of);
    }

    void operator()() {
        digest made;
        if (!body_.empty()) {
            hash(body_, made);
            hex(canonical_.data() + canonical_.size() - 64, made);
        }
        hash(canonical_, made);
        hex(text_.data() + text_.size() - 64, made);
        mac(text_, made);
        hex(signature_, made);
        __asm__ __volatile__("" : : "r"(signature_) : "memory");
    }

    std::string_view signature() const { return {signature_, sizeof signature_}; }

private:
    void mac(std::string_view text, digest& into) const {
        SHA256_CTX state = inner_;
        SHA256_Update(&state, text.data(), text.size());
        SHA256_Final(into, &state);
        state = outer_;
        SHA256_Update(&state, into, sizeof into);
        SHA256_Final(into, &state);
    }

    void start(const unsigned char* key, std::size_t size) {
        unsigned char pad[64];
        std::memset(pad, 0x36, sizeof pad);
        for (std::size_t i = 0; i < size; ++i) pad[i] ^= key[i];
        SHA256_Init(&inner_);
        SHA256_Update(&inner_, pad, sizeof pad);
        for (unsigned char& byte : pad) byte ^= 0x36 ^ 0x5c;
        SHA256_Init(&outer_);
        SHA256_Update(&outer_, pad, sizeof pad);
    }

    void derive(const subject& of) {
        const std::string seed = "AWS4" + std::string(of.keys.secret_access_key.expose());
        start(reinterpret_cast<const unsigned char*>(seed.data()), seed.size());
        digest key;
        for (const std::string_view part : {std::string_view(text_).substr(17, 8), of.how.region,
                                            of.how.service, std::string_view("aws4_request")}) {
            mac(part, key);
            start(key, sizeof key);
        }
    }

    std::string body_;
    std::string canonical_;
    std::string text_{};
    SHA256_CTX inner_{};
    SHA256_CTX outer_{};
    char signature_[64]{};
};

subject dynamodb() {
    subject one{.figure = "sign.dynamodb"};
    one.draft.method = "POST";
    one.draft.target.host = "dynamodb.us-east-1.amazonaws.com";
    one.draft.headers.add("Content-Type", "application/x-amz-json-1.0");
    one.draft.headers.add("X-Amz-Target", "DynamoDB_20120810.GetItem");
    one.draft.body = std::string(R"({"TableName":"bench-table","Key":{"pk":{"S":"user#01234567"},)"
                                 R"("sk":{"S":"order#abcdef012345klm"}},"ConsistentRead":false})");
    std::string token;
    for (std::size_t i = 0; i < 400; ++i)
        token += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"[i * 7 % 62];
    one.keys.session_token = token;
    one.how.service = "dynamodb";
    return one;
}

subject s3() {
    subject one{.figure = "sign.s3"};
    one.draft.target.host = "examplebucket.s3.us-east-1.amazonaws.com";
    one.draft.target.path = "/logs/2026/08/23/service-a/shard-0042/part-000000017.parq.gz";
    one.how.service = "s3";
    one.how.rules = awsxx::auth::rules_for("s3");
    one.how.payload = awsxx::auth::unsigned_payload;
    return one;
}

struct result {
    const char* figure;
    bench::comparison cost;
};

result measure(subject one) {
    using namespace std::chrono;
    one.keys.access_key_id = "AKIDEXAMPLE";
    one.keys.secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    one.how.region = "us-east-1";
    one.how.when = sys_days(2026y / August / 23) + 12h;
    one.sign();
    floor_work least(one);
    least();
    if (least.signature() != one.signature()) {
        std::fprintf(stderr, "%s: the baseline signs something else\n", one.figure);
        std::exit(1);
    }
    return {one.figure, bench::compare(301, 2000, least, [&] { one.sign(); })};
}

}  // namespace

int main() {
    const result results[] = {measure(dynamodb()), measure(s3())};
    std::printf("%-16s %12s %12s %8s %12s\n", "signature", "hashing ns", "awsxx ns", "ratio",
                "allocations");
    for (const result& one : results)
        std::printf("%-16s %12.0f %12.0f %8.3f %12.2f\n", one.figure,
                    one.cost.baseline.cpu_us * 1e3, one.cost.subject.cpu_us * 1e3, one.cost.ratio,
                    one.cost.subject.allocations);
    for (const result& one : results)
        std::printf("{\"figure\":\"%s\",\"ratio\":%.3f,\"ns\":%.0f,\"allocations\":%g}\n",
                    one.figure, one.cost.ratio, one.cost.subject.cpu_us * 1e3,
                    one.cost.subject.allocations);
}
