// SPDX-License-Identifier: MIT
// Where the requests of a service go, and what they are signed for: what rules make of settings.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/config/endpoint_settings.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/model/rules.hpp>
#include <awsxx/runtime/endpoint_arguments.hpp>
#include <awsxx/runtime/rule_evaluation.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::runtime {

/// What decides on an endpoint, beside the service and the call.
struct endpoint_inputs {
    std::string region{};
    std::string region_source{};  ///< Where the region was set, for errors.
    bool fips{};
    bool dual_stack{};
    /// An address that replaces AWS's own; empty: none.
    std::string url{};
    std::string url_source{};  ///< Where it was set, for errors.
    /// The code asks for `fips` or `dual_stack`, so that a `url` contradicts it. From the
    /// environment or a file they give way to the `url`.
    bool flags_from_code{};
    config::endpoint_settings more{};
};

/// How an endpoint wants requests to be proved.
enum class endpoint_scheme : unsigned char {
    usual,  ///< As the operation says.
    sigv4,
    sigv4a,      ///< Good for many regions.
    s3_express,  ///< Best signed with the keys of a session at a directory bucket.
    none,
    bearer,
};

/// An endpoint, found.
struct resolved_endpoint {
    http::uri base{};              ///< Its path ends without a slash, or is "/".
    std::string signing_region{};  ///< With `sigv4a`: regions, divided by commas, or "*".
    std::string signing_name{};
    bool custom{};          ///< Somebody's own address.
    bool hashes_streams{};  ///< Where others leave them to TLS.
    endpoint_scheme scheme{};
    auth::signing_rules signing{};
    std::vector<std::pair<std::string, std::string>> headers{};  ///< To be sent along.
    auth::features uses{};                                       ///< What AWS counts.
    std::string url{};                                           ///< As the rules have it.
};

/// What one call adds: where it is for other accounts or regions than its session.
struct call_inputs {
    const model::operation* what{};  ///< Null: none, the service as such.
    const void* in{};
    std::string_view account_id{};
    std::string_view region{};  ///< In place of the session's; empty: that.
    bool without_account{};     ///< The account is not known yet, and is not to be missed.
};

/// The rules that say where a service is.
AWSXX_ONCE model::rule_set rules_of(const model::service& service) noexcept;
/// Whether they ask for the account of the caller.
AWSXX_ONCE bool asks_for_account(const model::service& service);

/// Fails with `configuration` where region, URL and flags are missing, malformed or contradict each
/// other; the message says where each was set.
AWSXX_ONCE expected<void> check_endpoint_inputs(const model::service& service,
                                                const endpoint_inputs& from);

/// Finds endpoints, one after another, of which it says first whether they are known already.
class endpoint_search {
public:
    endpoint_search(const model::service& service, const endpoint_inputs& from);

    /// Fails with `configuration` where the rules do not allow what is asked, and with
    /// `invalid_argument` for members that cannot be part of an address. What `of` refers to has to
    /// live until the last question below.
    expected<void> run(const call_inputs& of);
    /// Whether `run` has found this one.
    bool found(const resolved_endpoint& one) const;
    /// What `run` has found.
    expected<resolved_endpoint> take() const;

private:
    struct scheme_view {
        endpoint_scheme scheme{};
        std::string_view name{};
        std::string_view region{};
        bool double_encode = true;
        bool normalize_path = true;
    };

    void give(const call_inputs& of);
    void give_s3();
    bool keeps_path_style() const;
    expected<void> choose_scheme(std::string_view region);
    void read_scheme(const rule_node& from);
    auth::features counted() const;

    const model::service& service_;
    const endpoint_inputs& inputs_;
    rule_evaluation rules_;
    endpoint_arguments arguments_{};
    scheme_view scheme_{};
    bool asks_for_mode_ = false;  ///< The rules, for that of endpoints by account.
};

/// Where a service is as long as a call says nothing else, by inputs that have been checked.
AWSXX_ONCE expected<resolved_endpoint> find_endpoint(const model::service& service,
                                                     const endpoint_inputs& from);
/// The same, with `check_endpoint_inputs` before.
AWSXX_ONCE expected<resolved_endpoint> resolve_endpoint(const model::service& service,
                                                        const endpoint_inputs& from);

}  // namespace awsxx::inline AWSXX_ABI::runtime
