// SPDX-License-Identifier: MIT
// The few operations that tell about accounts, apart from services whose headers are many times as long.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/model/access.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/model/standard_rules.hpp>
#include <awsxx/protocols/aws_json.hpp>
#include <awsxx/protocols/aws_query.hpp>
#include <awsxx/protocols/ec2_query.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts::calls {

inline constexpr model::service ec2_traits{
    .id = "EC2",
    .endpoint_prefix = "ec2",
    .version = "2016-11-15",
    .protocol = &ec2_query::protocol,
    .xml_namespace = "http://ec2.amazonaws.com/doc/2016-11-15",
    .rules = {model::standard_rules::gov_validated, "ec2"}};

inline constexpr model::service iam_traits{
    .id = "IAM",
    .endpoint_prefix = "iam",
    .version = "2010-05-08",
    .protocol = &aws_query::protocol,
    .xml_namespace = "https://iam.amazonaws.com/doc/2010-05-08/",
    .rules = {model::standard_rules::one_host, "iam"}};

inline constexpr model::service ssm_traits{.id = "SSM",
                                           .endpoint_prefix = "ssm",
                                           .version = "2014-11-06",
                                           .target = "AmazonSSM",
                                           .protocol = &aws_json::protocol_1_1,
                                           .rules = {model::standard_rules::gov_validated, "ssm"}};

/// A region as EC2 has it.
struct region {
    std::string region_name{};
    std::string opt_in_status{};
    template <class>
    struct wire;
};

/// What `describe_regions` answers.
struct describe_regions_result {
    std::vector<calls::region> regions{};
    template <class>
    struct wire;
};

/// The operation DescribeRegions of EC2.
struct describe_regions {
    std::optional<bool> all_regions{};

    using output = calls::describe_regions_result;
    template <class>
    struct wire;
};

/// One page of `list_account_aliases`.
struct list_account_aliases_response {
    std::vector<std::string> account_aliases{};
    template <class>
    struct wire;
};

/// The operation ListAccountAliases of IAM. There is one alias at most.
struct list_account_aliases {
    using output = calls::list_account_aliases_response;
    template <class>
    struct wire;
};

/// A parameter of Systems Manager.
struct parameter {
    std::string value{};
    template <class>
    struct wire;
};

/// One page of `get_parameters_by_path`.
struct get_parameters_by_path_result {
    std::vector<calls::parameter> parameters{};
    std::optional<std::string> next_token{};
    template <class>
    struct wire;
};

/// The operation GetParametersByPath of Systems Manager.
struct get_parameters_by_path {
    std::string path{};
    std::optional<std::string> next_token{};

    using output = calls::get_parameters_by_path_result;
    template <class>
    struct wire;
};

template <class D>
struct region::wire {
    static constexpr model::field fields[] = {
        {"optInStatus", &model::text, offsetof(calls::region, opt_in_status)},
        {"regionName", &model::text, offsetof(calls::region, region_name)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
inline constexpr model::type region_list{.kind = model::kind::list,
                                         .element = &calls::region::wire<D>::type,
                                         .access = &model::list_access<std::vector<calls::region>>,
                                         .element_name = "item"};

template <class D>
struct describe_regions_result::wire {
    static constexpr model::field fields[] = {
        {"regionInfo", &region_list<D>, offsetof(calls::describe_regions_result, regions)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct describe_regions::wire {
    static constexpr model::field fields[] = {
        {"AllRegions", &model::optional_boolean, offsetof(calls::describe_regions, all_regions)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"DescribeRegions", &ec2_traits, &type,
                                                &output::wire<D>::type};
};

template <class D>
struct list_account_aliases_response::wire {
    static constexpr model::field fields[] = {
        {"AccountAliases", &model::text_list,
         offsetof(calls::list_account_aliases_response, account_aliases)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct list_account_aliases::wire {
    static constexpr model::type type = model::empty_structure;
    static constexpr model::operation operation{"ListAccountAliases", &iam_traits, &type,
                                                &output::wire<D>::type};
};

template <class D>
struct parameter::wire {
    static constexpr model::field fields[] = {
        {"Value", &model::text, offsetof(calls::parameter, value)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct get_parameters_by_path_result::wire {
    static constexpr model::field fields[] = {
        {"Parameters", model::list_of<calls::parameter, D>,
         offsetof(calls::get_parameters_by_path_result, parameters)},
        {"NextToken", &model::optional_text,
         offsetof(calls::get_parameters_by_path_result, next_token)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct get_parameters_by_path::wire {
    static constexpr model::field fields[] = {
        {"Path", &model::text, offsetof(calls::get_parameters_by_path, path), model::required},
        {"NextToken", &model::optional_text, offsetof(calls::get_parameters_by_path, next_token)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"GetParametersByPath", &ssm_traits, &type,
                                                &output::wire<D>::type};
    static constexpr auto input_token = &calls::get_parameters_by_path::next_token;
    static constexpr auto output_token = &calls::get_parameters_by_path_result::next_token;
    static constexpr auto items = &calls::get_parameters_by_path_result::parameters;
};

}  // namespace awsxx::inline AWSXX_ABI::accounts::calls
