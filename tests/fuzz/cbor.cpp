// SPDX-License-Identifier: MIT
// Any bytes as CBOR: nothing crashes, and what was read is written and read again the same.
#include <awsxx/codec/cbor.hpp>
#include <awsxx/model/clear.hpp>
#include <awsxx/protocols/cbor_error.hpp>

#include <support/shapes.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace awsxx;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

template <class Shape>
void travel(std::string_view bytes, bool is_cbor) {
    const model::type& shape = test::type_of<Shape>;
    Shape first;
    if (!codec::cbor::read_answer(bytes, shape, &first)) return;
    demand(is_cbor);
    std::string once;
    std::string twice;
    demand(codec::cbor::write(shape, &first, once).has_value());
    Shape second;
    const auto again = codec::cbor::read_answer(once, shape, &second);
    demand(again && again->empty());
    demand(codec::cbor::write(shape, &second, twice).has_value());
    demand(once == twice);
    model::clear(shape, &second);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    codec::cbor::reader in(bytes);
    const bool is_cbor = in.skip() && in.finish();
    travel<test::zoo>(bytes, is_cbor);
    travel<test::tree>(bytes, is_cbor);
    http::response answer{.status = 400, .body = std::string(bytes)};
    answer.headers.add("smithy-protocol", "rpc-v2-cbor");
    (void)protocols::read_cbor_error(answer);
    return 0;
}
