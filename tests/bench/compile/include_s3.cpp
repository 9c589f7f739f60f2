// SPDX-License-Identifier: MIT
// A file that knows the shapes of S3 and calls nothing.
#include <awsxx/services/s3.hpp>

int main() {}
