// SPDX-License-Identifier: MIT
// How a call finds where it goes: compiled in every file that makes calls, or once a program.
#pragma once

#include <awsxx/auth/sigv4.hpp>
#include <awsxx/auth/sigv4a.hpp>
#include <awsxx/codec/presence.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/protocols/extra_parts.hpp>
#include <awsxx/protocols/host_prefix.hpp>
#include <awsxx/runtime/call_endpoint.hpp>
#include <awsxx/runtime/endpoint_source.hpp>
#include <awsxx/runtime/partitions.hpp>
#include <awsxx/runtime/proof.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

namespace detail::call_endpoint {

/// Whether a refusal of S3 can mean that the bucket is in another region.
inline bool speaks_of_region(const error& why, std::string_view method, std::string_view call) {
    const int status = why.http_status;
    if (status == 301 || status == 302 || status == 307) return true;
    if (method == "HEAD" && status == 400) return true;
    if (why.code == "IllegalLocationConstraintException") return call != "CreateBucket";
    return why.code == "PermanentRedirect" || why.code == "AuthorizationHeaderMalformed";
}

}  // namespace detail::call_endpoint

AWSXX_ONCE model::auth call_endpoint::auth() const noexcept {
    if (what_->auth != model::auth::sigv4) return what_->auth;
    if (entry_->route.by_token) return model::auth::bearer;
    if (endpoint_->scheme == endpoint_scheme::none) return model::auth::none;
    if (endpoint_->scheme == endpoint_scheme::bearer) return model::auth::bearer;
    return model::auth::sigv4;
}

AWSXX_ONCE expected<void> call_endpoint::find(const identity& who) {
    auto found = find_usual(who);
    const model::discovery_traits& traits = what_->discovery;
    if (!found || traits.operation.empty() || endpoint_->custom) return found;
    const endpoint_discovery wish = entry_->route.inputs.more.endpoint_discovery;
    if (wish == endpoint_discovery::disabled && traits.required)
        return error{.kind = error_kind::not_configured,
                     .code = "EndpointDiscoveryDisabled",
                     .message = std::string(what_->service->id) + " has to be asked where " +
                                std::string(what_->name) +
                                " is, and endpoint_discovery_enabled is false"};
    if (wish == endpoint_discovery::enabled || traits.required)
        discovery_ = who.discovery_of(*what_);
    return found;
}

AWSXX_ONCE std::shared_ptr<renewal> call_endpoint::search_for_address() {
    if (discovery_ == nullptr) return {};
    address_ = discovery_->known();
    return address_ ? nullptr : discovery_->search();
}

AWSXX_ONCE bool call_endpoint::loses_address(const error& why) {
    if (!address_ || lost_address_) return false;
    if (why.http_status != 421 && why.code != "InvalidEndpointException") return false;
    discovery_->forget(address_->host);
    return lost_address_ = true;
}

AWSXX_ONCE expected<void> call_endpoint::find_usual(const identity& who) {
    auto way = who.route_to(*what_->service);
    if (!way) return std::move(way).error();
    entry_ = *way;
    const route& to = entry_->route;
    endpoint_ = &to.endpoint;
    if (what_->endpoint_parameters.empty() || (to.by_account && !to.refusal)) {
        if (to.refusal) return *to.refusal;
        return {};
    }
    region_ = entry_->regions.find(bucket());
    return search({.what = what_, .in = in_, .region = region_, .without_account = true});
}

AWSXX_ONCE expected<void> call_endpoint::search(const call_inputs& of) {
    endpoint_search found(*what_->service, entry_->route.inputs);
    if (auto done = found.run(of); !done) return done;
    auto kept = entry_->endpoints.get(found, own_);
    if (!kept) return std::move(kept).error();
    endpoint_ = *kept;
    return {};
}

/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-APIs.html
AWSXX_ONCE bool call_endpoint::in_bucket_session() const noexcept {
    return endpoint_->scheme == endpoint_scheme::s3_express && what_->name != "HeadBucket";
}

AWSXX_ONCE expected<credentials_provider*> call_endpoint::source(const identity& who,
                                                                 model::auth how,
                                                                 const http::uri& target) const {
    if (how != model::auth::sigv4 || !in_bucket_session())
        return who.source_for(*what_, how, target);
    const model::service* const lasting = what_->service->copy_of;  // the session keeps it
    return who.session_at(lasting != nullptr ? *lasting : *what_->service,
                          argument_text(*what_, in_, "Bucket"));
}

AWSXX_ONCE std::string_view call_endpoint::bucket() const {
    if (what_->service->id != "S3") return {};
    const std::string_view name = argument_text(*what_, in_, "Bucket");
    return name.starts_with("arn:") ? std::string_view() : name;
}

AWSXX_ONCE expected<void> call_endpoint::encode(http::request& draft, random_source& random) {
    draft.target = endpoint_->base;
    std::string token;
    if (model::has_token(what_->input)) {
        const auto id = uuid(random);
        token.assign(id.data(), id.size());
    }
    auto encoded = what_->service->protocol->encode(*what_, in_, draft, token);
    if (!encoded) return encoded;
    for (const auto& [name, value] : endpoint_->headers) draft.headers.add(name, value);
    if (auto added = protocols::add_extra_parts(*what_, in_, draft); !added) return added;
    place_bucket(draft);
    if (!what_->region_copy.url.empty())
        if (auto done = begin_copy(draft); !done) return done;
    if (!takes_prefix()) return {};
    auto prefix = protocols::host_prefix_of(*what_, in_);
    if (!prefix) return std::move(prefix).error();
    prefix_ = *std::move(prefix);
    draft.target.host.insert(0, prefix_);
    return {};
}

/// A bucket of AWS's is created where it is asked for, unless the program says where. us-east-1
/// refuses to be named, and a directory bucket says its zone.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
AWSXX_ONCE void call_endpoint::place_bucket(http::request& draft) const {
    if (what_->name != "CreateBucket" || what_->service->id != "S3") return;
    const std::string& region = endpoint_->signing_region;
    if (endpoint_->custom || endpoint_->scheme == endpoint_scheme::s3_express) return;
    if (endpoint_->signing_name != "s3" || region == "us-east-1" || !draft.body.empty()) return;
    draft.body = "<CreateBucketConfiguration xmlns=\"" +
                 std::string(what_->service->xml_namespace) + "\"><LocationConstraint>" + region +
                 "</LocationConstraint></CreateBucketConfiguration>";
    draft.headers.set("Content-Type", "application/xml");
}

/// Rules that ask for the account put it into the host themselves.
AWSXX_ONCE bool call_endpoint::takes_prefix() const {
    if (what_->host_prefix.empty() || entry_->route.inputs.more.disable_host_prefix) return false;
    if (written_parameter(what_->endpoint_parameters, "RequiresAccountId") == "true") return false;
    const std::string& host = endpoint_->base.host;
    return !http::is_loopback(host) && !http::parse_address(host);
}

AWSXX_ONCE expected<void> call_endpoint::begin_copy(http::request& draft) {
    auto copy = std::make_unique<presigned_copy>();
    auto done = copy->begin(what_->region_copy, endpoint_->signing_region, draft);
    if (*copy) copy_ = std::move(copy);
    return done;
}

/// For the endpoint of the same call in the region of the source. One of AWS's own that the
/// program has set is the target's; anybody else's is for all regions.
AWSXX_ONCE expected<void> call_endpoint::sign_copy(const credentials& keys, instant when,
                                                   http::request& draft) const {
    endpoint_inputs inputs = entry_->route.inputs;
    const partition& ours = partition_of(inputs.region);
    for (const std::string_view domain : {ours.dns_suffix, ours.dual_stack_suffix})
        if (http::is_in_domain(endpoint_->base.host, domain)) inputs.url.clear();
    endpoint_search search(*what_->service, inputs);
    const auto found = search.run(
        {.what = what_, .in = in_, .account_id = keys.account_id, .region = copy_->source()});
    const auto there = found ? search.take() : expected<resolved_endpoint>(found.error());
    if (!there)
        return caused_by({.kind = there.error().kind,
                          .code = "NoSourceEndpoint",
                          .message = "a copy from " + copy_->source()},
                         there.error());
    return copy_->finish(keys,
                         {.region = there->signing_region,
                          .service = there->signing_name,
                          .when = when,
                          .rules = there->signing},
                         there->base, draft);
}

AWSXX_ONCE expected<void> call_endpoint::settle(const credentials& keys, instant when,
                                                http::request& draft) {
    if (copy_)
        if (auto done = sign_copy(keys, when, draft); !done) return done;
    if (entry_->route.by_account)
        if (auto done = follow_account(keys, draft); !done) return done;
    if (address_) follow_discovery(draft);
    introduce(draft, keys.via);
    return {};
}

AWSXX_ONCE expected<void> call_endpoint::follow_account(const credentials& keys,
                                                        http::request& draft) {
    const resolved_endpoint* const before = endpoint_;
    auto kept = std::move(own_);  // as long as `before` is needed
    auto done =
        search({.what = what_, .in = in_, .account_id = keys.account_id, .region = region_});
    if (!done) {
        own_ = std::move(kept);
        return done;
    }
    if (endpoint_ != before) aim(before->base, draft);
    return {};
}

AWSXX_ONCE void call_endpoint::follow_discovery(http::request& draft) const {
    const bool there = !address_->host.empty();
    draft.target.host = there ? address_->host : prefix_ + endpoint_->base.host;
    draft.target.port = there ? address_->port : endpoint_->base.port;
}

AWSXX_ONCE expected<void> call_endpoint::prove(const http::request& draft, const credentials& by,
                                               instant when, http::request& out) const {
    if (this->auth() == model::auth::bearer) return put_token(draft, by, out);
    const auto sign =
        endpoint_->scheme == endpoint_scheme::sigv4a ? &auth::sign_sigv4a : &auth::sign;
    return sign(draft, by, signing_at(when), out);
}

AWSXX_ONCE auth::signing call_endpoint::signing_at(instant when) const noexcept {
    auth::signing made{.region = endpoint_->signing_region,
                       .service = endpoint_->signing_name,
                       .when = when,
                       .rules = endpoint_->signing};
    made.rules.s3_session = in_bucket_session();
    if (what_->unsigned_payload) made.rules.body = auth::body_rule::not_over_tls;
    return made;
}

AWSXX_ONCE bool call_endpoint::redirect(const refusal& from, http::request& draft) {
    const std::string_view name = bucket();
    if (redirected_ || name.empty() || endpoint_->custom || !from.why.details) return false;
    if (endpoint_->scheme == endpoint_scheme::s3_express) return false;
    const std::string& region = from.why.details->region;
    if (!http::valid_host_label(region) || region == endpoint_->signing_region) return false;
    if (!detail::call_endpoint::speaks_of_region(from.why, from.method, what_->name)) return false;
    redirected_ = true;
    region_ = region;
    const http::uri old = endpoint_->base;
    if (!search({.what = what_, .in = in_, .region = region_})) return false;
    entry_->regions.learn(name, region_);
    aim(old, draft);
    return true;
}

/// What the operation has added to the path stays.
AWSXX_ONCE void call_endpoint::aim(const http::uri& old, http::request& draft) const {
    const http::uri& base = endpoint_->base;
    const std::size_t common = old.path == "/" ? 0 : old.path.size();
    std::string path = base.path == "/" ? std::string() : base.path;
    path.append(draft.target.path, common);
    draft.target.scheme = base.scheme;
    draft.target.host = prefix_ + base.host;
    draft.target.port = base.port;
    draft.target.path = path.empty() ? "/" : std::move(path);
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
