// SPDX-License-Identifier: MIT
// A program that only signs: it is linked with OpenSSL's libcrypto and nothing else.
#include <awsxx/auth/sigv4.hpp>

int main() {}
