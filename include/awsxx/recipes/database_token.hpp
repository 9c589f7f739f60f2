// SPDX-License-Identifier: MIT
// Passwords that stand in for an identity at AWS's databases and caches.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/percent.hpp>
#include <awsxx/recipes/presigned_token.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes {

namespace detail::database_token {

inline error refused(const char* why) {
    return {.kind = error_kind::invalid_argument, .code = "InvalidLogin", .message = why};
}

/// A place that is logged in to.
struct door {
    std::string_view scheme = "https";
    std::string_view host{};
    std::uint16_t port{};
};

template <class By>
expected<presigned_token> token(const door& at, std::string query, token_request what,
                                const By& by) {
    const std::uint16_t own_port = at.scheme == "https" ? 443 : 80;
    auto target =
        token_address(at.scheme, at.host, at.port == 0 ? own_port : at.port, std::move(query));
    if (!target) return std::move(target).error();
    what.request.target = *std::move(target);
    return address_token(what, by);
}

}  // namespace detail::database_token

/// Whom RDS or Aurora lets in: a database user that may log in by IAM.
struct rds_login {
    std::string host{};  ///< The instance's, cluster's or proxy's own name; no alias.
    std::uint16_t port{};
    std::string user{};
    std::string region{};  ///< The database's; empty: the session's.
};

/// The password for RDS, Aurora or RDS Proxy, good for 15 minutes.
///
///     const awsxx::session base;
///     const auto password = awsxx::recipes::rds_token(
///         {.host = "db.example.com", .port = 5432, .user = "app"}, base);
///
/// `by` is a session, or keys and a time as `keys_at`. Fails with `invalid_argument` without host,
/// port or user. The connection has to use TLS.
/// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.Connecting.html
template <class By>
expected<presigned_token> rds_token(const rds_login& to, const By& by) {
    namespace own = detail::database_token;
    if (to.port == 0) return own::refused("a login to RDS needs the port");
    if (to.user.empty()) return own::refused("a login to RDS needs the database user");
    return own::token({.host = to.host, .port = to.port},
                      "Action=connect&DBUser=" + http::encoded(to.user),
                      {.service = "rds-db", .region = to.region}, by);
}

/// Whom Aurora DSQL lets in.
struct dsql_login {
    std::string host{};    ///< The cluster's endpoint.
    std::string region{};  ///< The cluster's; empty: the session's.
    bool admin{};          ///< As the role "admin" and not as one of your own.
    seconds valid{900};    ///< To 7 days.
};

/// The password for Aurora DSQL. `by` is a session or `keys_at`.
/// https://docs.aws.amazon.com/aurora-dsql/latest/userguide/SECTION_authentication-token.html
template <class By>
expected<presigned_token> dsql_token(const dsql_login& to, const By& by) {
    return detail::database_token::token(
        {.host = to.host}, to.admin ? "Action=DbConnectAdmin" : "Action=DbConnect",
        {.service = "dsql", .region = to.region, .valid = to.valid}, by);
}

/// Whom ElastiCache or MemoryDB lets in: a user that authenticates by IAM.
struct cache_login {
    std::string name{};    ///< The cache's or replication group's name, not its address.
    std::string user{};    ///< The user's id.
    std::string region{};  ///< The cache's; empty: the session's.
    bool serverless{};     ///< ElastiCache Serverless.
};

namespace detail::database_token {

template <class By>
expected<presigned_token> cache_token(const char* service, const cache_login& to, const By& by) {
    if (to.user.empty()) return refused("a login to a cache needs the user");
    std::string query = "Action=connect&User=" + http::encoded(to.user);
    if (to.serverless) query += "&ResourceType=ServerlessCache";
    const std::string name = text::lowered(to.name);
    return token({.scheme = "http", .host = name}, std::move(query),
                 {.service = service, .region = to.region}, by);
}

}  // namespace detail::database_token

/// The password for ElastiCache, good for 15 minutes. `by` is a session or `keys_at`.
/// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
template <class By>
expected<presigned_token> elasticache_token(const cache_login& to, const By& by) {
    return detail::database_token::cache_token("elasticache", to, by);
}

/// The password for MemoryDB, good for 15 minutes. `by` is a session or `keys_at`.
/// https://docs.aws.amazon.com/memorydb/latest/devguide/auth-iam.html
template <class By>
expected<presigned_token> memorydb_token(const cache_login& to, const By& by) {
    return detail::database_token::cache_token("memorydb", to, by);
}

}  // namespace awsxx::inline AWSXX_ABI::recipes
