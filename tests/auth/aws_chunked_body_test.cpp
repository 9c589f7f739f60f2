// SPDX-License-Identifier: MIT
#include <awsxx/auth/aws_chunked_body.hpp>  // first: it must compile on its own
#include <awsxx/http/parse_uri.hpp>

#include <awsxx/auth/sigv4.hpp>
#include <awsxx/auth/sigv4a.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/http/body_pause.hpp>
#include <awsxx/http/uri.hpp>

#include <support/catch.hpp>
#include <support/signing_samples.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace awsxx;
using auth::chunk_signatures;

namespace {

// --- the example of the S3 manual ---------------------------------------------------------------

struct upload {
    http::request draft{.method = "PUT"};
    credentials keys{.access_key_id = "AKIAIOSFODNN7EXAMPLE",
                     .secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
    auth::signing how{.region = "us-east-1",
                      .service = "s3",
                      .when = parse_date("20130524T000000Z", date_format::basic)->to_instant(),
                      .rules = auth::rules_for("s3")};
    http::request out{};

    upload() {
        draft.target = *http::parse_uri("https://s3.amazonaws.com/examplebucket/chunkObject.txt");
        draft.headers.add("x-amz-storage-class", "REDUCED_REDUNDANCY");
        draft.body = std::string(66560, 'a');
    }

    /// The encoded body, behind a signature of the request.
    std::string send(const auth::chunking& cut) {
        const auto chunks = auth::chunk_body(draft, cut);
        REQUIRE(chunks);
        return send_again(**chunks);
    }
    std::string send_again(auth::aws_chunked_body& chunks) {
        REQUIRE(auth::sign(draft, keys, how, out));
        auto chain = auth::signature_chain::after(out, keys, how);
        REQUIRE(chain);
        chunks.sign_with(*std::move(chain));
        return all_of(out.body);
    }
    /// Reads in odd portions.
    static std::string all_of(const http::body& from, std::size_t portion = 1777) {
        std::string bytes;
        std::string room(portion, '\0');
        for (;;) {
            const auto got = from.source()->read(std::span(room));
            REQUIRE(got);
            if (*got == 0) break;
            bytes.append(room, 0, *got);
        }
        CHECK(bytes.size() == from.size());
        return bytes;
    }
};

/// "x-amz-checksum-count": how many bytes went by, in five digits.
class counting_trailer final : public http::trailer_source {
public:
    std::span<const http::trailer> trailers() const noexcept override { return {&one_, 1}; }
    void restart() override { count_ = 0; }
    void update(std::string_view bytes) override { count_ += bytes.size(); }
    expected<std::string> value(std::size_t) override {
        std::string digits = std::to_string(count_);
        return std::string(5 - std::min<std::size_t>(5, digits.size()), '0') + digits;
    }

private:
    http::trailer one_{.name = "x-amz-checksum-count", .value_size = 5};
    std::size_t count_ = 0;
};

std::shared_ptr<http::trailer_source> fixed(std::vector<http::fixed_trailers::field> fields) {
    return std::make_shared<http::fixed_trailers>(std::move(fields));
}

http::request with_body(http::body body) {
    http::request draft = test::sample_request();
    draft.body = std::move(body);
    return draft;
}

std::string sample(std::size_t size) {
    std::string made(size, 'x');
    for (std::size_t i = 0; i < size; ++i) made[i] = static_cast<char>('a' + i % 23);
    return made;
}

}  // namespace

TEST_CASE("aws-chunked: signed chunks are those of the example in the S3 manual") {
    upload one;
    one.draft.headers.add("Content-Length", "66824");
    const std::string sent = one.send({.signatures = chunk_signatures::sigv4});

    CHECK(one.out.headers.find("authorization")
              ->ends_with("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"));
    const std::string expected =
        "10000;chunk-signature="
        "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n" +
        std::string(65536, 'a') +
        "\r\n400;chunk-signature="
        "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n" +
        std::string(1024, 'a') +
        "\r\n0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n"
        "\r\n";
    CHECK(sent.size() == 66824);
    CHECK((sent == expected));
}

TEST_CASE("aws-chunked: the trailer is signed as in the example of the S3 manual") {
    upload one;
    const std::string sent = one.send({.signatures = chunk_signatures::sigv4,
                                       .trailers = fixed({{"x-amz-checksum-crc32c", "sOO8/Q=="}})});

    CHECK(one.out.headers.find("authorization")
              ->ends_with("106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e"));
    CHECK(sent.ends_with(
        "\r\n0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n"
        "x-amz-checksum-crc32c:sOO8/Q==\r\n"
        "x-amz-trailer-signature:"
        "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n"
        "\r\n"));
}

TEST_CASE("aws-chunked: a stream is sent as the same bytes in memory are") {
    for (const auto kind : {chunk_signatures::none, chunk_signatures::sigv4}) {
        const auto sent = [&](http::body body) {
            upload one;
            one.draft.body = std::move(body);
            return one.send({.signatures = kind,
                             .chunk_size = 8192,
                             .trailers = std::make_shared<counting_trailer>()});
        };
        const std::string bytes = sample(9000);
        const std::string whole = sent(bytes);
        CHECK((sent(http::body::view(bytes)) == whole));
        CHECK(
            (sent(http::body::stream(std::make_shared<test::text_source>(bytes), 9000)) == whole));
        CHECK(whole.find("\r\nx-amz-checksum-count:09000\r\n") != std::string::npos);
    }
}

TEST_CASE("aws-chunked: without signatures there are sizes, data and the trailer") {
    http::request draft = with_body(sample(8194));
    const auto chunks = auth::chunk_body(
        draft, {.chunk_size = 8192, .trailers = std::make_shared<counting_trailer>()});
    REQUIRE(chunks);
    for (const std::size_t portion : {std::size_t{1}, std::size_t{8192}, std::size_t{100000}}) {
        CHECK((upload::all_of(draft.body, portion) ==
               "2000\r\n" + sample(8192) + "\r\n2\r\n" + sample(8194).substr(8192) +
                   "\r\n0\r\nx-amz-checksum-count:08194\r\n\r\n"));
        REQUIRE((*chunks)->rewind());
    }
}

TEST_CASE("aws-chunked: no bytes are a body, too") {
    http::request draft = with_body({});
    REQUIRE(auth::chunk_body(draft, {.trailers = std::make_shared<counting_trailer>()}));
    CHECK(upload::all_of(draft.body) == "0\r\nx-amz-checksum-count:00000\r\n\r\n");
}

TEST_CASE("aws-chunked: several trailers are sent in their order and signed by name") {
    const auto signature = [](std::vector<http::fixed_trailers::field> fields) {
        upload one;
        const std::string sent =
            one.send({.signatures = chunk_signatures::sigv4, .trailers = fixed(std::move(fields))});
        return std::pair(std::string(*one.out.headers.find("x-amz-trailer")),
                         sent.substr(sent.size() - 68));
    };
    upload one;
    const std::string sent = one.send(
        {.signatures = chunk_signatures::sigv4, .trailers = fixed({{"x-b", "2"}, {"x-a", "1"}})});
    CHECK(sent.find("\r\nx-b:2\r\nx-a:1\r\nx-amz-trailer-signature:") != std::string::npos);
    CHECK(signature({{"x-b", "2"}, {"x-a", "1"}}).first == "x-b,x-a");
    CHECK(signature({{"x-b", "2"}}).second != signature({{"x-b", "3"}}).second);
}

TEST_CASE("aws-chunked: another attempt is signed anew and sends the same bytes otherwise") {
    upload one;
    one.draft.body = http::body::stream(std::make_shared<test::text_source>(sample(20000)), 20000);
    const auto chunks = auth::chunk_body(
        one.draft,
        {.signatures = chunk_signatures::sigv4, .trailers = std::make_shared<counting_trailer>()});
    REQUIRE(chunks);
    const std::string first = one.send_again(**chunks);
    REQUIRE((*chunks)->rewind());
    const std::string same = upload::all_of(one.out.body);
    REQUIRE((*chunks)->rewind());
    one.how.when += seconds(1);
    const std::string later = one.send_again(**chunks);

    CHECK((first == same));
    CHECK((first != later));
    CHECK(first.size() == later.size());
}

TEST_CASE("aws-chunked: for several regions, signatures are filled up to one length") {
    upload one;
    const auto chunks = auth::chunk_body(one.draft, {.signatures = chunk_signatures::sigv4a});
    REQUIRE(chunks);
    one.how.region = "*";
    REQUIRE(auth::sign_sigv4a(one.draft, one.keys, one.how, one.out));
    auto chain = auth::sigv4a_chain_after(one.out, one.keys, one.how);
    REQUIRE(chain);
    (*chunks)->sign_with(*std::move(chain));

    const std::string sent = upload::all_of(one.out.body);

    CHECK(one.out.headers.find("x-amz-content-sha256") ==
          "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD");
    CHECK(sent.substr(5 + 17 + 144, 2) == "\r\n");
    CHECK(sent.size() == (*chunks)->size());
}

TEST_CASE("aws-chunked: chunks that follow no signature of their kind are not sent") {
    upload one;
    const auto chunks = auth::chunk_body(one.draft, {.signatures = chunk_signatures::sigv4a});
    REQUIRE(chunks);
    char room[10];
    CHECK((*chunks)->read(room).error().code == "NotSigned");
    REQUIRE(auth::sign(one.draft, one.keys, one.how, one.out));
    (*chunks)->sign_with(*auth::signature_chain::after(one.out, one.keys, one.how));
    REQUIRE((*chunks)->rewind());
    CHECK((*chunks)->read(room).error().code == "NotSigned");
}

TEST_CASE("aws-chunked: a stream that ends early fails, and one that cannot start again says so") {
    for (const auto kind : {chunk_signatures::none, chunk_signatures::sigv4}) {
        upload one;
        const auto source = std::make_shared<test::text_source>(sample(9000), false);
        one.draft.body = http::body::stream(source, 9001);
        const auto chunks = auth::chunk_body(
            one.draft, {.signatures = kind, .chunk_size = 8192, .trailers = fixed({{"x-a", "1"}})});
        REQUIRE(chunks);
        REQUIRE(auth::sign(one.draft, one.keys, one.how, one.out));
        (*chunks)->sign_with(*auth::signature_chain::after(one.out, one.keys, one.how));
        std::string room(20000, '\0');
        auto got = (*chunks)->read(std::span(room));
        while (got && *got != 0) got = (*chunks)->read(std::span(room));
        REQUIRE_FALSE(got);
        CHECK(got.error().code == "BodyTooShort");
        CHECK_FALSE((*chunks)->rewind());
    }
}

TEST_CASE("aws-chunked: a trailer that is not as long as it said is refused") {
    class liar final : public http::trailer_source {
    public:
        explicit liar(std::string told) : told_(std::move(told)) {}
        std::span<const http::trailer> trailers() const noexcept override { return {&one_, 1}; }
        void restart() override {}
        void update(std::string_view) override {}
        expected<std::string> value(std::size_t) override { return told_; }

    private:
        http::trailer one_{.name = "x-amz-checksum-crc32", .value_size = 2};
        std::string told_;
    };
    for (const char* told : {"", "abc", "a\n", "a "}) {
        http::request draft = with_body(sample(3));
        const auto chunks = auth::chunk_body(draft, {.trailers = std::make_shared<liar>(told)});
        REQUIRE(chunks);
        std::string room(100, '\0');
        const auto got = (*chunks)->read(std::span(room));
        REQUIRE_FALSE(got);
        CHECK(got.error().code == "BadTrailer");
    }
}

TEST_CASE("aws-chunked: what cannot be cut leaves the draft as it was") {
    http::request draft = with_body(sample(3));
    CHECK_FALSE(auth::chunk_body(draft, {}));
    CHECK_FALSE(auth::chunk_body(draft, {.chunk_size = 100, .trailers = fixed({{"x-a", "1"}})}));
    CHECK(draft.body.bytes() == "abc");
    CHECK(draft.headers.empty());
    draft.body = http::body::stream(std::shared_ptr<http::body_source>(), 3);
    CHECK_FALSE(auth::chunk_body(draft, {.trailers = fixed({{"x-a", "1"}})}));
}

TEST_CASE("aws-chunked: nobody needs keys for unsigned chunks") {
    http::request draft = with_body(sample(3));
    REQUIRE(auth::chunk_body(draft, {.trailers = fixed({{"x-a", "1"}})}));
    CHECK(draft.headers.find("x-amz-content-sha256") == "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    http::request out;
    auto how = test::sample_signing();
    how.rules = auth::rules_for("s3");
    REQUIRE(auth::sign(draft, test::sample_keys(), how, out));
    CHECK(out.headers.find("x-amz-content-sha256") == "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    CHECK(upload::all_of(out.body) == "3\r\nabc\r\n0\r\nx-a:1\r\n\r\n");
}

TEST_CASE("aws-chunked: a stream is asked whether it is ready, but not behind its end") {
    class shy_source final : public http::body_source {
    public:
        bool ready(http::body_pause&) override { return is_ready; }
        expected<std::size_t> read(std::span<char> room) override {
            REQUIRE(is_ready);
            is_ready = false;
            room[0] = 'x';
            return std::size_t{1};
        }
        bool rewind() override { return true; }
        bool is_ready = true;
    };
    struct nowhere final : http::body_pause {
        http::resumption later() override { return {}; }
    };
    const auto source = std::make_shared<shy_source>();
    const auto chunks = auth::aws_chunked_body::make(http::body::stream(source, 2),
                                                     {.trailers = fixed({{"x-a", "1"}})});
    REQUIRE(chunks);
    nowhere here;
    std::string sent;
    std::string room(100, '\0');
    for (int i = 0; i < 2; ++i) {
        CHECK((*chunks)->ready(here));
        sent.append(room, 0, *(*chunks)->read(std::span(room)));
        if (i == 0) CHECK_FALSE((*chunks)->ready(here));
        if (i == 0) source->is_ready = true;
    }
    CHECK((*chunks)->ready(here));
    sent.append(room, 0, *(*chunks)->read(std::span(room)));
    CHECK(sent == "2\r\nxx\r\n0\r\nx-a:1\r\n\r\n");
}
