// SPDX-License-Identifier: MIT
// What examples in the documentation take for granted: the names that stand for a user's own.
#pragma once

#include <awsxx/accounts/account.hpp>
#include <awsxx/accounts/async_places.hpp>
#include <awsxx/accounts/organization.hpp>
#include <awsxx/accounts/places.hpp>
#include <awsxx/accounts/start_for_each.hpp>
#include <awsxx/appsync/echostream.hpp>
#include <awsxx/async.hpp>
#include <awsxx/auth/presign.hpp>
#include <awsxx/auth/sigv4.hpp>
#include <awsxx/awsxx.hpp>
#include <awsxx/cognito/identity_pool.hpp>
#include <awsxx/credentials/instance_region.hpp>
#include <awsxx/crypto/certificate.hpp>
#include <awsxx/crypto/private_key.hpp>
#include <awsxx/prepared_call.hpp>
#include <awsxx/testing/fake_aws.hpp>
#include <awsxx/testing/fake_clock.hpp>

#include <coroutine>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace context {

using returned = awsxx::expected<void>;

/// A coroutine type of the user's.
struct task {
    struct promise_type {
        task get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::abort(); }
    };
};

struct secret_store {
    awsxx::expected<awsxx::credentials> read(std::string_view name);
};

extern secret_store vault;
extern awsxx::session base;
extern awsxx::event_loop loop;
extern awsxx::accounts::account home;
extern std::vector<awsxx::accounts::account> all_accounts;
awsxx::accounts::job<std::string> look(const awsxx::accounts::regional_account& place,
                                       const awsxx::accounts::job_context& context);
extern std::shared_ptr<awsxx::credentials_provider> env;
extern std::shared_ptr<awsxx::credentials_provider> dev;
extern std::shared_ptr<awsxx::testing::fake_clock> time;
extern std::shared_ptr<awsxx::testing::fake_aws> cloud;
extern awsxx::credentials keys;
extern awsxx::http::request request;
extern awsxx::http::request draft;
extern awsxx::http::request out;
extern awsxx::auth::signing how;
extern awsxx::auth::signing_rules rules;
extern awsxx::instant now;
extern std::string payload;
extern std::string region;
extern std::string anchor;
extern std::string profile;
extern std::string role;
extern std::string pem;
extern awsxx::expected<awsxx::crypto::certificate> certificate;
extern awsxx::expected<awsxx::crypto::private_key> key;
extern std::shared_ptr<const awsxx::runtime::configuration> configuration;
awsxx::expected<awsxx::secret> ask_for_pin();
extern std::string text;

void hash(std::string_view bytes);
void hand_out(const std::string& link);
template <class T>
void show(const T& what);

}  // namespace context
