// SPDX-License-Identifier: MIT
// What a user's first program needs: the headers, and everything that they need to link.
#include <awsxx/awsxx.hpp>

#include <iostream>

int main() {
    const awsxx::session session;
    std::cout << "awsxx " << AWSXX_VERSION_STRING << '\n';
}
