// SPDX-License-Identifier: MIT
#include <awsxx/protocols/copy_source.hpp>

#include <support/catch.hpp>

using namespace awsxx;
using protocols::encoded_copy_source;

TEST_CASE("copy source: keys are encoded, slashes and the version are not") {
    CHECK(encoded_copy_source("photos/a") == "photos/a");
    CHECK(encoded_copy_source("photos/a b/\xC3\xBC+%") == "photos/a%20b/%C3%BC%2B%25");
    CHECK(encoded_copy_source("photos/a b?versionId=x.y-z") == "photos/a%20b?versionId=x.y-z");
    CHECK(encoded_copy_source("photos/a?b") == "photos/a%3Fb");
    CHECK(encoded_copy_source("") == "");
}

TEST_CASE("copy source: what looks like a version within a key is a part of it") {
    CHECK(encoded_copy_source("photos/a?versionId=7/b") == "photos/a%3FversionId%3D7/b");
    CHECK(encoded_copy_source("photos/a?versionId=7?versionId=8") ==
          "photos/a%3FversionId%3D7?versionId=8");
}
