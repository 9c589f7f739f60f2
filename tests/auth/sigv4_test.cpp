// SPDX-License-Identifier: MIT
#include <awsxx/auth/sigv4.hpp>
#include <awsxx/http/parse_uri.hpp>

#include <awsxx/auth/presign.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/http/uri.hpp>

#include <support/catch.hpp>
#include <support/signing_samples.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

using namespace awsxx;
using test::sample_keys;
using test::sample_request;
using test::sample_signing;

namespace {

// --- cases from tests/data/sigv4: request.txt, how.txt -> canonical.txt, signature.txt ------------

std::string content(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct sample {
    http::request draft{};
    credentials keys{};
    std::map<std::string, std::string> words{};
    auth::signing how{};

    explicit sample(const std::filesystem::path& folder) {
        read_request(content(folder / "request.txt"));
        std::istringstream lines(content(folder / "how.txt"));
        for (std::string name, rest; lines >> name && std::getline(lines >> std::ws, rest);)
            words[name] = rest;
        const std::string& key = words["key"];
        keys.access_key_id = key.substr(0, key.find(' '));
        keys.secret_access_key = key.substr(key.find(' ') + 1);
        keys.session_token = words["token"];
        how.region = words["region"];
        how.service = words["service"];
        how.when = parse_date(words["time"], date_format::basic)->to_instant();
        how.rules = auth::rules_for(how.service);
    }
    sample(const sample&) = delete;
    sample& operator=(const sample&) = delete;

private:
    void read_request(const std::string& text) {
        const std::size_t end = text.find("\n\n");
        std::istringstream lines(text.substr(0, end));
        std::string url;
        lines >> draft.method >> url;
        draft.target = *http::parse_uri(url);
        std::string line;
        std::getline(lines, line);
        while (std::getline(lines, line))
            draft.headers.add(line.substr(0, line.find(':')), line.substr(line.find(':') + 1));
        draft.body = text.substr(end + 2);
    }
};

std::string presigned_signature(sample& of, const std::string& canonical) {
    const auto link =
        auth::presign(of.draft, of.keys, of.how, seconds(std::stoi(of.words["expires"])));
    REQUIRE(link);
    http::request sent = *link;
    if (!sent.headers.contains("host")) sent.headers.add("host", host_header(sent.target));
    if (of.words["payload"] == "unsigned") of.how.payload = auth::unsigned_payload;
    CHECK(*auth::canonical_request_text(sent, of.how) + "\n" == canonical);
    return link->target.query.substr(link->target.query.find("X-Amz-Signature=") + 16);
}

std::string header_signature(const sample& of, const std::string& canonical) {
    http::request out;
    REQUIRE(auth::sign(of.draft, of.keys, of.how, out));
    CHECK(*auth::canonical_request_text(out, of.how) + "\n" == canonical);
    const std::string line(*out.headers.find("Authorization"));
    return line.substr(line.size() - 64);
}

std::string authorization(const http::request& signed_request) {
    return std::string(signed_request.headers.find("Authorization").value_or("none"));
}

std::string refusal_of(const http::request& draft, const credentials& keys,
                       const auth::signing& how) {
    http::request out;
    const auto done = auth::sign(draft, keys, how, out);
    REQUIRE(!done);
    CHECK(done.error().kind == error_kind::invalid_argument);
    CHECK(to_string(done.error()).find("SECRET") == std::string::npos);
    return done.error().message;
}

/// Signs when all else is gone: after main, and after the thread's caches.
struct signs_at_the_end {
    ~signs_at_the_end() {
        http::request out;
        if (!auth::sign(sample_request(), sample_keys(), sample_signing(), out)) std::abort();
        if (*out.headers.find("Authorization") != expected) std::abort();
    }
    std::string expected;
};

}  // namespace

TEST_CASE("sigv4: the cases in tests/data") {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(AWSXX_TEST_DATA_DIR "/sigv4")) {
        CAPTURE(entry.path().filename().string());
        sample one(entry.path());
        const std::string canonical = content(entry.path() / "canonical.txt");
        const std::string signature = one.words.count("expires") != 0
                                          ? presigned_signature(one, canonical)
                                          : header_signature(one, canonical);
        CHECK(signature + "\n" == content(entry.path() / "signature.txt"));
        ++count;
    }
    CHECK(count > 30);
}

TEST_CASE("sigv4: what is added is ready to be sent") {
    http::request draft = sample_request();
    draft.headers.add("Accept", "*/*");
    auto keys = sample_keys();
    keys.session_token = "token";
    http::request out;
    REQUIRE(auth::sign(draft, keys, sample_signing(), out));

    std::vector<std::string> names;
    for (const auto field : out.headers) names.emplace_back(field.name);
    CHECK(names == std::vector<std::string>{"Accept", "host", "x-amz-date", "x-amz-security-token",
                                            "Authorization"});
    CHECK(out.headers.find("host") == "example.amazonaws.com");
    CHECK(out.headers.find("x-amz-date") == "20150830T123600Z");
    CHECK(authorization(out).find("AWS4-HMAC-SHA256 "
                                  "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                                  "SignedHeaders=accept;host;x-amz-date;x-amz-security-token, "
                                  "Signature=") == 0);
}

TEST_CASE("sigv4: signing what was signed comes to the same, with nothing twice") {
    auto keys = sample_keys();
    keys.session_token = "token";
    auto how = sample_signing();
    how.rules = auth::rules_for("s3");
    http::request once;
    http::request twice;
    REQUIRE(auth::sign(sample_request(), keys, how, once));
    REQUIRE(auth::sign(once, keys, how, twice));
    CHECK(authorization(twice) == authorization(once));
    CHECK(twice.headers.size() == once.headers.size());
}

TEST_CASE("sigv4: other keys leave nothing of the first ones") {
    auto first = sample_keys();
    first.session_token = "token";
    http::request out;
    http::request again;
    REQUIRE(auth::sign(sample_request(), first, sample_signing(), out));
    REQUIRE(auth::sign(out, sample_keys(), sample_signing(), again));
    CHECK(!again.headers.contains("x-amz-security-token"));
    http::request fresh;
    REQUIRE(auth::sign(sample_request(), sample_keys(), sample_signing(), fresh));
    CHECK(authorization(again) == authorization(fresh));
}

TEST_CASE("sigv4: a Date header is dropped in favour of x-amz-date") {
    http::request draft = sample_request();
    draft.headers.add("Date", "Sun, 30 Aug 2015 12:36:00 GMT");
    http::request out;
    REQUIRE(auth::sign(draft, sample_keys(), sample_signing(), out));
    CHECK(!out.headers.contains("date"));
    CHECK(out.headers.contains("x-amz-date"));
}

TEST_CASE("sigv4: a token may be sent without being signed") {
    auto keys = sample_keys();
    auto how = sample_signing();
    http::request without;
    REQUIRE(auth::sign(sample_request(), keys, how, without));
    keys.session_token = "token";
    how.rules.sign_token = false;
    http::request out;
    REQUIRE(auth::sign(sample_request(), keys, how, out));
    CHECK(authorization(out) == authorization(without));
    CHECK(out.headers.find("x-amz-security-token") == "token");
    CHECK(*auth::canonical_request_text(out, how) == *auth::canonical_request_text(without, how));
}

TEST_CASE("sigv4: the token of an S3 Express session has a header of its own") {
    auto keys = sample_keys();
    keys.session_token = "token";
    auto how = sample_signing();
    how.rules = auth::rules_for("s3express");
    how.rules.s3_session = true;
    http::request out;
    REQUIRE(auth::sign(sample_request(), keys, how, out));
    CHECK(out.headers.find("x-amz-s3session-token") == "token");
    CHECK(!out.headers.contains("x-amz-security-token"));
    CHECK(authorization(out).find(";x-amz-s3session-token,") != std::string::npos);
}

TEST_CASE("sigv4: a body in memory is seen, not copied") {
    http::request draft = sample_request();
    draft.body = std::string(100, 'x');
    http::request out;
    REQUIRE(auth::sign(draft, sample_keys(), sample_signing(), out));
    CHECK(out.body.bytes().data() == draft.body.bytes().data());
    CHECK(out.body.size() == 100);
}

TEST_CASE("sigv4: a stream is hashed and rewound") {
    const std::string bytes(100'000, 'x');
    http::request draft = sample_request();
    draft.body = bytes;
    http::request expected;
    REQUIRE(auth::sign(draft, sample_keys(), sample_signing(), expected));
    const auto source = std::make_shared<test::text_source>(bytes);
    draft.body = http::body::stream(source, bytes.size());
    http::request out;
    REQUIRE(auth::sign(draft, sample_keys(), sample_signing(), out));
    CHECK(authorization(out) == authorization(expected));
    CHECK(source->position() == 0);
    CHECK(out.body.source() == source.get());
}

TEST_CASE("sigv4: streams to S3 are left to TLS where there is TLS") {
    http::request draft = sample_request();
    const auto source = std::make_shared<test::text_source>("bytes");
    draft.body = http::body::stream(source, 5);
    auto how = sample_signing();
    how.rules = auth::rules_for("s3");
    http::request out;
    REQUIRE(auth::sign(draft, sample_keys(), how, out));
    CHECK(out.headers.find("x-amz-content-sha256") == "UNSIGNED-PAYLOAD");
    CHECK(source->reads() == 0);

    draft.target.scheme = "http";
    REQUIRE(auth::sign(draft, sample_keys(), how, out));
    CHECK(out.headers.find("x-amz-content-sha256") ==
          "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9");
}

TEST_CASE("sigv4: a body may be left to TLS whatever it is") {
    http::request draft = sample_request();
    draft.body = std::string("bytes");
    auto how = sample_signing();
    how.rules.body = auth::body_rule::not_over_tls;
    http::request out;
    REQUIRE(auth::sign(draft, sample_keys(), how, out));
    CHECK(out.headers.find("x-amz-content-sha256") == "UNSIGNED-PAYLOAD");
    draft.target.scheme = "http";
    const http::request plain = [&] {
        http::request made;
        REQUIRE(auth::sign(draft, sample_keys(), sample_signing(), made));
        return made;
    }();
    REQUIRE(auth::sign(draft, sample_keys(), how, out));
    CHECK(authorization(out) == authorization(plain));
}

TEST_CASE("sigv4: a stream that cannot be read twice, or ends early, is refused") {
    http::request draft = sample_request();
    const auto once = std::make_shared<test::text_source>("bytes", false);
    draft.body = http::body::stream(once, 5);
    CHECK(refusal_of(draft, sample_keys(), sample_signing()).find("cannot be rewound") !=
          std::string::npos);
    CHECK(once->reads() == 0);
    draft.body = http::body::stream(std::make_shared<test::text_source>("bytes"), 7);
    CHECK(refusal_of(draft, sample_keys(), sample_signing()) ==
          "the body ends 2 bytes before its length");
    draft.body = http::body::stream(std::shared_ptr<http::body_source>(), 7);
    CHECK(refusal_of(draft, sample_keys(), sample_signing()) == "the body's stream is null");
}

TEST_CASE("sigv4: the caller's words stand in for the hash and are sent") {
    auto how = sample_signing();
    how.payload = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    http::request out;
    REQUIRE(auth::sign(sample_request(), sample_keys(), how, out));
    CHECK(out.headers.find("x-amz-content-sha256") == "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    CHECK(
        auth::canonical_request_text(out, how)->ends_with("\n"
                                                          "STREAMING-UNSIGNED-PAYLOAD-TRAILER"));
}

TEST_CASE("sigv4: a hash that the draft carries is believed") {
    const auto source = std::make_shared<test::text_source>("bytes", false);
    http::request draft = sample_request();
    draft.body = http::body::stream(source, 5);
    draft.headers.add("X-Amz-Content-Sha256",
                      "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9");
    http::request out;
    REQUIRE(auth::sign(draft, sample_keys(), sample_signing(), out));
    CHECK(auth::canonical_request_text(out, sample_signing())
              ->ends_with("\n277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"));
    CHECK(source->reads() == 0);
}

TEST_CASE("sigv4: what would not arrive as signed is refused and named") {
    const auto keys = sample_keys();
    const auto how = sample_signing();
    http::request draft = sample_request();
    draft.headers.add("X-Note", "a\r\nX-Amz-Acl: public-read");
    CHECK(refusal_of(draft, keys, how) ==
          "header X-Note has a line break or another control character in its value");
    draft = sample_request();
    draft.headers.add("X Note", "a");
    CHECK(refusal_of(draft, keys, how) == "a header name has a character that none may have");
    draft = sample_request();
    draft.headers.add("", "a");
    CHECK(refusal_of(draft, keys, how) == "a header has no name");
    draft = sample_request();
    draft.method = "GET /\nPUT";
    CHECK(refusal_of(draft, keys, how) == "the method is not a word");
    draft = sample_request();
    draft.target.path = "/a b";
    CHECK(refusal_of(draft, keys, how) == "the path is not percent-encoded");
    draft.target.path = "a";
    CHECK(refusal_of(draft, keys, how) == "the path does not begin with a slash");
    draft = sample_request();
    draft.target.query = "a=b\nc";
    CHECK(refusal_of(draft, keys, how) == "the query is not percent-encoded");
    draft.target.query = "a=%4";
    CHECK(refusal_of(draft, keys, how) == "the query has a % without two hexadecimal digits");
    draft = sample_request();
    draft.target.host.clear();
    CHECK(refusal_of(draft, keys, how) == "the request names no host");
}

TEST_CASE("sigv4: a scope that would be another one when read is refused") {
    auto how = sample_signing();
    for (const char* wrong : {"us/east", "us east", "us-east-1\n", "-us", "us-", "ü"}) {
        how.region = wrong;
        CHECK(refusal_of(sample_request(), sample_keys(), how) ==
              "the region is not made of letters, digits and hyphens");
    }
    how.region = "";
    CHECK(refusal_of(sample_request(), sample_keys(), how) == "no region is given");
    how = sample_signing();
    how.service = "s3/aws4_request";
    CHECK(refusal_of(sample_request(), sample_keys(), how) ==
          "the service is not made of letters, digits and hyphens");
    how.service = "";
    CHECK(refusal_of(sample_request(), sample_keys(), how) == "no service is given");
    how = sample_signing();
    how.when = instant(std::chrono::sys_days(std::chrono::year(10000) / 1 / 1));
    CHECK(refusal_of(sample_request(), sample_keys(), how) ==
          "the time is not within the years 1 to 9999");
    how.when = instant::max();
    CHECK(refusal_of(sample_request(), sample_keys(), how) ==
          "the time is not within the years 1 to 9999");
}

TEST_CASE("sigv4: keys that cannot be ones are refused without being shown") {
    auto keys = sample_keys();
    keys.access_key_id = "";
    CHECK(refusal_of(sample_request(), keys, sample_signing()) == "the access key id is empty");
    for (const char* wrong : {"AKID\n", "AK ID", "AKID/x", "AK\xc3\xbc"}) {
        keys.access_key_id = wrong;
        CHECK(refusal_of(sample_request(), keys, sample_signing()) ==
              "the access key id has a character that none may have");
    }
    keys = sample_keys();
    keys.secret_access_key = "";
    CHECK(refusal_of(sample_request(), keys, sample_signing()) == "the secret key is empty");
    keys.secret_access_key = "SECRET\n";
    CHECK(refusal_of(sample_request(), keys, sample_signing()) ==
          "the secret key has a line break or another control character in it");
    keys = sample_keys();
    keys.session_token = "SECRET\nTOKEN";
    CHECK(refusal_of(sample_request(), keys, sample_signing()) ==
          "header x-amz-security-token has a line break or another control character in its value");
}

TEST_CASE("sigv4: a failure does not spoil the next signature") {
    http::request out;
    REQUIRE(auth::sign(sample_request(), sample_keys(), sample_signing(), out));
    const std::string good = authorization(out);
    http::request bad = sample_request();
    bad.headers.add("a:b", "c");
    REQUIRE(!auth::sign(bad, sample_keys(), sample_signing(), out));
    REQUIRE(auth::sign(sample_request(), sample_keys(), sample_signing(), out));
    CHECK(authorization(out) == good);
}

TEST_CASE("sigv4: threads that sign with many keys do not mix them up") {
    const auto work = [](int id) {
        std::vector<std::string> made;
        http::request out;
        for (int i = 0; i < 40; ++i) {
            auto keys = sample_keys();
            keys.secret_access_key = "secret of " + std::to_string((id + i) % 20);
            static_cast<void>(auth::sign(sample_request(), keys, sample_signing(), out));
            made.push_back(authorization(out));
        }
        return made;
    };
    std::vector<std::vector<std::string>> made(8);
    std::vector<std::thread> threads;
    for (std::size_t id = 0; id < made.size(); ++id)
        threads.emplace_back([&, id] { made[id] = work(static_cast<int>(id)); });
    for (auto& thread : threads) thread.join();
    std::set<std::string> different;
    for (std::size_t id = 0; id < made.size(); ++id) {
        different.insert(made[id].begin(), made[id].end());
        for (std::size_t i = 0; i + 1 < 40 && id + 1 < made.size(); ++i)
            CHECK(made[id][i + 1] == made[id + 1][i]);
    }
    CHECK(different.size() == 20);
}

TEST_CASE("sigv4: signing works in destructors of static and thread-local objects") {
    http::request out;
    REQUIRE(auth::sign(sample_request(), sample_keys(), sample_signing(), out));
    static signs_at_the_end at_exit;  // checked when the program ends
    at_exit.expected = authorization(out);
    std::thread([] {
        static thread_local signs_at_the_end of_thread;  // made before the cache, so gone after it
        of_thread.expected = at_exit.expected;
        http::request other;
        CHECK(auth::sign(sample_request(), sample_keys(), sample_signing(), other));
    }).join();
}

TEST_CASE("sigv4: a body source that signs other requests while it is read does no harm") {
    class signing_source final : public test::text_source {
    public:
        using text_source::text_source;
        expected<std::size_t> read(std::span<char> room) override {
            http::request other = sample_request();
            other.headers.add("zz", "top");
            http::request signed_other;
            REQUIRE(auth::sign(other, sample_keys(), sample_signing(), signed_other));
            return text_source::read(room);
        }
    };
    http::request draft = sample_request();
    draft.body = std::string("bytes");
    http::request expected;
    REQUIRE(auth::sign(draft, sample_keys(), sample_signing(), expected));
    draft.body = http::body::stream(std::make_shared<signing_source>("bytes"), 5);
    http::request out;
    REQUIRE(auth::sign(draft, sample_keys(), sample_signing(), out));
    CHECK(authorization(out) == authorization(expected));
}
