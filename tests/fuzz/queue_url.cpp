// SPDX-License-Identifier: MIT
// No text makes the reader of queue URLs crash, and what it finds is a label of the URL's host.
#include <awsxx/http/host.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/recipes/sqs_region.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto region = awsxx::recipes::sqs::get_region_from_url(text);
    if (!region) return 0;
    const auto url = awsxx::http::parse_uri(text);
    if (!url || !awsxx::http::valid_host_label(*region)) std::abort();
    const bool told = ("." + url->host + ".").find("." + *region + ".") != std::string::npos;
    if (!told && url->host != "queue.amazonaws.com") std::abort();
    return 0;
}
