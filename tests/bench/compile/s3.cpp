// SPDX-License-Identifier: MIT
// A program that holds a session and makes one call of S3.
#include <awsxx/services/s3.hpp>
#include <awsxx/session.hpp>

int main() {
    const awsxx::session base;
    const auto page = base.try_call(awsxx::s3::list_objects_v2{.bucket = "planets"});
    return page && !page->contents.empty() ? 0 : 1;
}
