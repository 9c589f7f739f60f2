// SPDX-License-Identifier: MIT
// What examples in comments of headers take for granted: the names that stand for a user's own.
#pragma once

#include "standard.hpp"

#include <awsxx/accounts/account.hpp>
#include <awsxx/accounts/job.hpp>
#include <awsxx/async.hpp>
#include <awsxx/awsxx.hpp>
#include <awsxx/credentials/web_identity.hpp>
#include <awsxx/crypto/certificate.hpp>
#include <awsxx/crypto/private_key.hpp>
#include <awsxx/testing/fake_aws.hpp>
#include <awsxx/testing/fake_clock.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace context {

using returned = awsxx::expected<void>;

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
