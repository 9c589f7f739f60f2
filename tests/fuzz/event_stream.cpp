// SPDX-License-Identifier: MIT
// Any bytes as an event stream: nothing crashes, pieces do not matter, and what was read is written
// as it was.
#include <awsxx/codec/event_decoder.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

using namespace awsxx;
namespace stream = codec::event_stream;

namespace {

/// The checks made right, so that what lies behind them is reached.
std::string with_checks(std::string_view bytes) {
    std::string mended(bytes);
    if (mended.size() < stream::frame_bytes) return mended;
    const auto put = [&](std::size_t at, std::uint64_t number) {
        for (std::size_t i = 0; i < 4; ++i)
            mended[at + i] = static_cast<char>((number >> (24 - 8 * i)) & 0xff);
    };
    put(0, mended.size());
    put(8, crypto::crc32_of(std::string_view(mended).substr(0, 8)));
    put(mended.size() - 4, crypto::crc32_of(std::string_view(mended).substr(0, mended.size() - 4)));
    return mended;
}

struct outcome {
    std::string written{};
    bool broken = false;
    bool operator==(const outcome&) const = default;
};

outcome read(std::string_view bytes, std::size_t piece) {
    stream::decoder decoder;
    outcome found;
    for (; !bytes.empty() && !found.broken; bytes.remove_prefix(std::min(piece, bytes.size()))) {
        decoder.feed(bytes.substr(0, piece));
        auto next = decoder.next();
        for (; next && *next; next = decoder.next())
            if (!stream::append(**next, found.written)) std::abort();
        found.broken = !next;
    }
    return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (const std::string& one : {std::string(bytes), with_checks(bytes)}) {
        const outcome whole = read(one, one.size() + 1);
        if (whole != read(one, 3)) std::abort();
        if (!one.starts_with(whole.written)) std::abort();
    }
    return 0;
}
