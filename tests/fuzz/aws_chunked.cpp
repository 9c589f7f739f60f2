// SPDX-License-Identifier: MIT
// Cuts bodies of any length into chunks, reads them in any portions and puts them together again.
#include <awsxx/auth/aws_chunked_body.hpp>
#include <awsxx/auth/sigv4.hpp>

#include <support/signing_samples.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using awsxx::auth::chunk_signatures;

void require(bool holds) {
    if (!holds) std::abort();
}

/// The next bytes of the input as a number; 0 at its end.
class numbers {
public:
    explicit numbers(std::string_view from) : from_(from) {}
    bool at_end() const { return from_.empty(); }
    std::size_t next(std::size_t bytes) {
        std::size_t number = 0;
        for (; bytes > 0 && !from_.empty(); --bytes, from_.remove_prefix(1))
            number = number << 8 | static_cast<unsigned char>(from_.front());
        return number;
    }

private:
    std::string_view from_;
};

std::string_view line(std::string_view& rest) {
    const std::size_t end = rest.find("\r\n");
    require(end != std::string_view::npos);
    const std::string_view head = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    return head;
}

/// Undoes the coding as a server would.
std::string decoded(std::string_view rest, bool is_signed, bool has_trailer) {
    std::string body;
    for (;;) {
        const std::string_view head = line(rest);
        require(is_signed == (head.find(";chunk-signature=") != std::string_view::npos));
        const std::size_t size = std::strtoul(std::string(head).c_str(), nullptr, 16);
        if (size == 0) break;
        require(rest.size() > size + 1 && rest.substr(size, 2) == "\r\n");
        body.append(rest.substr(0, size));
        rest.remove_prefix(size + 2);
    }
    if (has_trailer) require(line(rest) == "x-amz-checksum-crc32:AAAAAA==");
    if (has_trailer && is_signed) require(line(rest).starts_with("x-amz-trailer-signature:"));
    require(rest == "\r\n");
    return body;
}

std::string read_all(awsxx::auth::aws_chunked_body& from, numbers& input) {
    std::string all;
    for (;;) {
        std::string room(input.at_end() ? 4096 : input.next(2) % 20000 + 1, '\0');
        const auto got = from.read(std::span(room));
        require(got.has_value() && *got <= room.size());
        all.append(room, 0, *got);
        if (*got == 0) return all;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    numbers input({reinterpret_cast<const char*>(data), size});
    const std::size_t choices = input.next(1);
    const bool is_signed = (choices & 1) != 0;
    const bool has_trailer = (choices & 2) != 0;
    const std::size_t length = input.next(2) % 20000;
    std::string body(length, '\0');
    for (std::size_t i = 0; i < length; ++i) body[i] = static_cast<char>(i * 31 % 251);

    awsxx::auth::chunking how{
        .signatures = is_signed ? chunk_signatures::sigv4 : chunk_signatures::none,
        .chunk_size = input.next(2)};
    using trailers = awsxx::http::fixed_trailers;
    if (has_trailer)
        how.trailers = std::make_shared<trailers>(
            std::vector<trailers::field>{{"x-amz-checksum-crc32", "AAAAAA=="}});
    auto draft = test::sample_request();
    draft.body = body;
    if ((choices & 4) != 0)
        draft.body = awsxx::http::body::stream(std::make_shared<test::text_source>(body), length);
    const auto chunks = awsxx::auth::chunk_body(draft, how);
    const bool may = how.chunk_size >= awsxx::auth::smallest_chunk && (is_signed || has_trailer);
    require(chunks.has_value() == may);
    if (!may) return 0;

    awsxx::http::request out;
    require(awsxx::auth::sign(draft, test::sample_keys(), test::sample_signing(), out).has_value());
    (*chunks)->sign_with(
        *awsxx::auth::signature_chain::after(out, test::sample_keys(), test::sample_signing()));
    const std::string encoded = read_all(**chunks, input);
    require(encoded.size() == out.body.size());
    require(decoded(encoded, is_signed, has_trailer) == body);
    require((*chunks)->rewind());
    require(read_all(**chunks, input) == encoded);
    return 0;
}
