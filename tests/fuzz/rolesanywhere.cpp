// SPDX-License-Identifier: MIT
// Any answer of IAM Roles Anywhere: refused, or credentials.
#include <awsxx/core/expected.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/services/rolesanywhere.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using op = awsxx::rolesanywhere::create_session;
    const auto& what = op::wire<void>::operation;
    awsxx::http::response answer{
        .status = 201, .headers = {}, .body = {reinterpret_cast<const char*>(bytes), size}};
    static_cast<void>(what.service->protocol->decode_error(what, answer));
    op::output out;
    static_cast<void>(what.service->protocol->decode(what, answer, &out));
    return 0;
}
