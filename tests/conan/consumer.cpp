// SPDX-License-Identifier: MIT
// What a user's first program needs: the headers, and everything that they need to link. It makes
// a call that leads nowhere: nobody listens at port 1.
#include <awsxx/awsxx.hpp>

#include <iostream>

int main() {
    const awsxx::session session(
        awsxx::credentials{.access_key_id = "AKID", .secret_access_key = awsxx::secret("none")},
        {.region = "eu-central-1",
         .endpoint_url = "http://127.0.0.1:1",
         .max_attempts = 1,
         .proxies = awsxx::http::proxy_settings{}});
    const auto who = session.try_whoami();
    std::cout << "awsxx " << AWSXX_VERSION_STRING << '\n';
    return !who && who.error().kind == awsxx::error_kind::network ? 0 : 1;
}
