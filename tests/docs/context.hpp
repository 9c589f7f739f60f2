// SPDX-License-Identifier: MIT
// What examples in the documentation take for granted: the names that stand for a user's own.
#pragma once

#include <awsxx/awsxx.hpp>

#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace context {

extern std::shared_ptr<awsxx::credentials_provider> env;
extern std::shared_ptr<awsxx::credentials_provider> dev;
extern awsxx::http::request request;

struct secret_store {
    awsxx::expected<awsxx::credentials> read(std::string_view name);
};
extern secret_store vault;

}  // namespace context
