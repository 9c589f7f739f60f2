// SPDX-License-Identifier: MIT
// The larger parts of awsxx, for the one file that compiles them.
//
// Everything is in the headers, and each file that includes them compiles what it uses. A program
// of many files saves time when it defines AWSXX_COMPILED for all of them and has one, with nothing
// in it but this include.
#pragma once

#include <awsxx/accounts/account_source.hpp>
#include <awsxx/accounts/organization_source.hpp>
#include <awsxx/auth/provider_source.hpp>
#include <awsxx/http/curl_loop_source.hpp>
#include <awsxx/identity/identity_facts_source.hpp>
#include <awsxx/identity/plan_key_source.hpp>
#include <awsxx/identity/sts_doors_source.hpp>
#include <awsxx/protocols/aws_json_source.hpp>
#include <awsxx/protocols/aws_query_source.hpp>
#include <awsxx/protocols/ec2_query_source.hpp>
#include <awsxx/protocols/rest_json_source.hpp>
#include <awsxx/protocols/rest_xml_source.hpp>
#include <awsxx/protocols/rpc_v2_cbor_source.hpp>
#include <awsxx/runtime/call_endpoint_source.hpp>
#include <awsxx/runtime/endpoint_source.hpp>
#include <awsxx/runtime/event_loop_source.hpp>
#include <awsxx/runtime/explanation_source.hpp>
#include <awsxx/runtime/limiter_source.hpp>
#include <awsxx/runtime/rules_source.hpp>
#include <awsxx/session_async_source.hpp>
#include <awsxx/session_errands_source.hpp>
#include <awsxx/session_source.hpp>
