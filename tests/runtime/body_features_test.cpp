// SPDX-License-Identifier: MIT
#include <awsxx/runtime/body_features.hpp>

#include <support/catch.hpp>

#include <string>

using namespace awsxx;
using auth::feature;
using auth::features;

namespace {

const config::body_rules usual{};

features counted(const model::operation& what, const char* header, const char* value,
                 const config::body_rules& rules = usual) {
    http::request draft;
    draft.headers.add(header, value);
    return runtime::uses_of_bodies(what, rules, draft);
}

}  // namespace

TEST_CASE("body features: a call that knows no checksums counts none") {
    CHECK(counted({.name = "Plain"}, "x-amz-checksum-crc32", "AAAAAA==").empty());
}

TEST_CASE("body features: the checksum of a request is counted, and how it was chosen") {
    const model::operation put{.name = "Put", .checksums = {.algorithm_member = 0}};
    CHECK(counted(put, "x-amz-checksum-sha256", "x") ==
          (feature::request_sha256 | feature::request_checksum_when_supported));
    CHECK(counted(put, "x-amz-trailer", "x-amz-checksum-crc64nvme") ==
          (feature::request_crc64 | feature::request_checksum_when_supported));
    config::body_rules sparing;
    sparing.request_checksums.use = config::checksum_use::when_required;
    CHECK(counted(put, "x-other", "", sparing) == feature::request_checksum_when_required);
}

TEST_CASE("body features: so is whether answers are checked, and compression") {
    const model::operation get{.name = "Get", .checksums = {.validation_member = 0}};
    CHECK(counted(get, "x-other", "") == feature::answer_checksum_when_supported);
    CHECK(counted({.name = "Log", .compressed = true}, "Content-Encoding", "gzip") ==
          feature::gzip_request);
    CHECK(counted({.name = "Log", .compressed = true}, "Content-Encoding", "br").empty());
}
