// SPDX-License-Identifier: MIT
// Gets the credentials of the selected profile through the CLI's cache, and tells key and source.
#include <awsxx/session.hpp>

#include <cstdlib>
#include <iostream>

int main() {
    awsxx::settings choices;
    choices.credentials_cache.mode = awsxx::credentials_files::use::read_write;
    const auto keys = awsxx::session(choices).try_fetch_credentials();
    if (!keys) {
        std::cerr << keys.error() << '\n';
        return EXIT_FAILURE;
    }
    std::cout << (*keys)->access_key_id << ' ' << (*keys)->source << '\n';
    return EXIT_SUCCESS;
}
