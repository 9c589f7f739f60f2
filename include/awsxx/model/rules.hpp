// SPDX-License-Identifier: MIT
// The endpoint rules of a service in the compact form that tools/rules makes and runtime/rules reads.
#pragma once

#include <awsxx/core/version.hpp>

#include <string_view>

namespace awsxx::inline AWSXX_ABI::model {

/// Where a service is, as a program for `runtime::rule_evaluation`. Its format is no interface:
/// docs/design/endpoint-rules.md.
struct rule_set {
    std::string_view code{};    ///< Empty: the service has the standard rules.
    std::string_view prefix{};  ///< What rules that several services share leave open in hosts.
};

namespace rule_code {

/// What the first byte says about how the rules are to be read.
enum class form : unsigned char { tree = 1, diagram = 2 };

/// The byte that begins an expression. Below `no` it is a variable; `text` and above are masks.
enum class op : unsigned char {
    no = 0x40,
    yes = 0x41,
    number = 0x42,     ///< A byte, from 0.
    long_text = 0x43,  ///< A number for the length, and as many bytes.
    prefix = 0x44,     ///< `rule_set::prefix`
    pieces = 0x45,     ///< A number of texts in a row.
    list = 0x46,       ///< A number of values.
    record = 0x47,     ///< A number of names, each with a value.
    assign = 0x48,     ///< A variable and the value that it gets.
    endpoint = 0x49,   ///< URL, headers, properties.
    is_set = 0x50,
    negated,
    attribute,  ///< A value, and a number of steps: fields or, from 0x40, indexes.
    string_equals,
    boolean_equals,
    valid_host_label,
    uri_encode,
    parse_url,
    substring,
    partition,
    parse_arn,
    virtual_hostable,
    split,
    coalesce,  ///< A number of values.
    if_else,
    text = 0x80,  ///< The length is in the lower six bits.
    see = 0xc0,   ///< The lower six bits and a byte are the place where it stands.
};

/// The upper two bits of the byte that begins a rule; the others count its conditions.
enum class rule : unsigned char { endpoint = 0, error = 1, tree = 2, see = 3 };

/// A member of what a partition, an ARN or a URL is taken apart to.
enum class field : unsigned char {
    name,
    dns_suffix,
    dual_stack_suffix,
    supports_fips,
    supports_dual_stack,
    global_region,
    partition,
    service,
    region,
    account,
    resource,
    scheme,
    authority,
    path,
    normalized_path,
    is_ip,
};
inline constexpr unsigned char first_index = 0x40;     ///< A step to an element of a list.
inline constexpr unsigned char first_from_end = 0x60;  ///< The same, counted from its end.

/// The type of a parameter in the lower two bits, and what else is known of it.
enum class parameter : unsigned char {
    text = 0,
    flag = 1,
    list = 2,
    required = 4,
    has_default = 8
};

/// What a parameter is filled with where the call does not say.
enum class builtin : unsigned char {
    none,
    region,
    use_fips,
    use_dual_stack,
    endpoint,
    account_id,
    account_id_mode,
    credential_scope,
    s3_force_path_style,
    s3_accelerate,
    s3_use_global_endpoint,
    s3_use_arn_region,
    s3_disable_multi_region_access_points,
    s3_disable_express_session_auth,
    s3_control_use_arn_region,
    sts_use_global_endpoint,
};
inline constexpr int builtin_count = 16;

/// References in a decision diagram: to a node, or with these bits.
inline constexpr unsigned result_bit = 0x8000;
inline constexpr unsigned negated_bit = 0x4000;

}  // namespace rule_code

}  // namespace awsxx::inline AWSXX_ABI::model
