// SPDX-License-Identifier: MIT
// The settings that a chain of sessions shares: the code's, completed by environment and profile.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/config/resolved.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/lazy.hpp>
#include <awsxx/core/name_resolver.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/system_clock.hpp>
#include <awsxx/core/system_processes.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/curl_options.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/clock_skew.hpp>
#include <awsxx/runtime/endpoint.hpp>
#include <awsxx/runtime/kept_warnings.hpp>
#include <awsxx/runtime/settings.hpp>
#include <awsxx/runtime/shared_parts.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::runtime {

class configuration;
class discovered_endpoint;
class identity;

/// How a session makes what gives other proofs than its own keys. Null: it cannot.
struct provider_makers {
    /// Who gives bearer tokens for a service, by its signing name; null: nobody does.
    std::shared_ptr<credentials_provider> (*tokens)(
        const std::shared_ptr<const configuration>& from, std::string_view signing_name){};
    /// Who gives the keys of sessions at a directory bucket of S3, got with those of `caller`.
    std::shared_ptr<credentials_provider> (*bucket_session)(
        const std::shared_ptr<const identity>& caller, const model::service& at,
        std::string_view bucket){};
    /// Where operations like `of` are that the service tells the address of.
    std::shared_ptr<discovered_endpoint> (*discovery)(const std::shared_ptr<const identity>& caller,
                                                      const model::operation& of){};
};

/// Settings whose environment and files are read when the first call needs them, once; a failure
/// to read them is not kept. Any number of threads may use it.
class configuration {
public:
    explicit configuration(settings choices, const provider_makers& makers = {})
        : choices_(without_empty_choices(std::move(choices))), makers_(makers) {
        outside_world& outside = choices_.outside;
        if (!outside.time) outside.time = std::make_shared<system_clock>();
        if (!outside.random) outside.random = std::make_shared<system_random>();
        if (!outside.environment) outside.environment = std::make_shared<system_environment>();
        if (!outside.files) outside.files = std::make_shared<system_files>();
        if (!outside.processes) outside.processes = std::make_shared<system_processes>();
        if (!outside.names) outside.names = std::make_shared<system_names>();
    }

    /// An empty text chooses nothing, as an empty variable does.
    static settings without_empty_choices(settings from) {
        for (auto* const one : {&from.region, &from.profile, &from.endpoint_url, &from.auth_schemes,
                                &from.sigv4a_regions, &from.app_id, &from.ca_bundle})
            if (*one && (*one)->empty()) one->reset();
        std::erase_if(from.endpoint_urls, [](const auto& one) { return one.second.empty(); });
        return from;
    }

    const settings& choices() const noexcept { return choices_; }
    const outside_world& outside() const noexcept { return choices_.outside; }
    const provider_makers& makers() const noexcept { return makers_; }
    /// How far the computer's clock is off, as the answers tell.
    clock_skew& skew() const noexcept { return skew_; }

    /// What the sessions of a chain share beside this.
    shared_parts& shared() const noexcept { return shared_; }

    /// Tells of something that fails no call, once; `warnings` keeps it.
    void warn(channel on, const std::string& what) const {
        if (warnings_.add(what) && choices_.observer.wants(on)) choices_.observer.note(on, what);
    }
    /// What `warn` was told; what reading the settings had to say is in `resolved`.
    std::vector<std::string> warnings() const { return warnings_.all(); }

    /// Everything, read.
    expected<const config::resolved*> resolved() const {
        bool first = false;
        auto known = resolved_.get([&] {
            first = true;
            return read();
        });
        if (!known) return std::move(known).error();
        if (first) tell((**known)->warnings);  // who listens may ask back
        return (*known)->get();
    }

    /// What can be read of it even where something is wrong. Not kept in that case.
    std::shared_ptr<const config::resolved> examined() const {
        if (resolved()) return *resolved_.peek();
        return config::examine(code(), choices_.outside.environment, *choices_.outside.files);
    }

    /// What decides on where a service is, for a session with this region of its own, if it has one.
    expected<endpoint_inputs> endpoint_inputs_for(
        const model::service& service, const std::optional<std::string>& own_region) const {
        auto known = resolved();
        if (!known) return std::move(known).error();
        const config::resolved& all = **known;
        auto region = service.region.empty()
                          ? region_of(own_region)
                          : config::read_region({std::string(service.region), "code"});
        if (!region) return std::move(region).error();
        auto url = all.endpoint_url(service.id);
        if (!url) return std::move(url).error();
        endpoint_inputs inputs{.region = std::move(region->name.value),
                               .region_source = std::move(region->name.source),
                               .fips = region->fips || all.fips.value,
                               .dual_stack = all.dual_stack.value,
                               .url = std::move(url->value),
                               .url_source = std::move(url->source),
                               .flags_from_code = choices_.use_fips.value_or(false) ||
                                                  choices_.use_dual_stack.value_or(false),
                               .more = all.hosts};
        if (auto fine = check_endpoint_inputs(service, inputs); !fine)
            return std::move(fine).error();
        return inputs;
    }

    /// Where a service is, for such a session, as long as a call says nothing else.
    expected<resolved_endpoint> endpoint_of(const model::service& service,
                                            const std::optional<std::string>& own_region) const {
        auto inputs = endpoint_inputs_for(service, own_region);
        if (!inputs) return std::move(inputs).error();
        return find_endpoint(service, *inputs);
    }

    /// The region of such a session, as far as it is known without asking the instance.
    expected<config::region_choice> region_of(const std::optional<std::string>& own_region) const {
        if (own_region) return config::read_region({*own_region, "code"});
        const auto known = resolved();
        if (!known) return known.error();
        auto found = (*known)->region();
        if (found) return config::region_choice{*std::move(found)};
        const auto& last = choices_.region_source;
        if (auto told = last ? last->known() : std::nullopt)
            return config::read_region({*std::move(told), "instance metadata"});
        error why = std::move(found).error();
        why.message += last ? "; the instance has not told it"
                            : "; the instance is not asked, as settings name no region_source";
        return why;
    }

    /// What is to be done about a region that is missing; null: nothing can be.
    std::shared_ptr<renewal> search_for_region(const std::shared_ptr<const configuration>& self,
                                               const error& why) const {
        const auto& source = choices_.region_source;
        if (!source || why.code != "MissingRegion" || source->known()) return {};
        return source->search(self);
    }

    /// The limits of each attempt. Where code left the one for connecting alone, it is that of the
    /// defaults mode. https://docs.aws.amazon.com/sdkref/latest/guide/feature-smart-config-defaults.html
    http::limits limits(const config::resolved& all) const {
        http::limits found = choices_.limits;
        if (found.connect != http::limits().connect) return found;
        if (all.defaults_mode.value == "in-region") found.connect = milliseconds(1100);
        if (all.defaults_mode.value == "mobile") found.connect = milliseconds(30000);
        return found;
    }

    /// What connections are made with.
    expected<http::curl_options> network() const {
        auto known = resolved();
        if (!known) return std::move(known).error();
        http::curl_options options;
        options.proxies = (*known)->proxies;
        options.ca_file = (*known)->ca_bundle.value;
        options.insecure_skip_tls_verification = choices_.insecure_skip_tls_verification;
        options.http2 = choices_.http2;
        return options;
    }

private:
    expected<std::shared_ptr<const config::resolved>> read() const {
        return config::resolve(code(), choices_.outside.environment, *choices_.outside.files);
    }

    void tell(const std::vector<std::string>& warnings) const {
        if (!choices_.observer.wants(channel::configuration)) return;
        for (const std::string& warning : warnings)
            choices_.observer.note(channel::configuration, warning);
    }

    config::choices code() const {
        return {
            .profile = choices_.profile,
            .region = {choices_.region, choices_.region_order},
            .endpoint_url = choices_.endpoint_url,
            .endpoint_urls = choices_.endpoint_urls,
            .use_fips = choices_.use_fips,
            .use_dual_stack = choices_.use_dual_stack,
            .max_attempts = choices_.max_attempts,
            .retry_mode = choices_.retry_mode,
            .correct_clock_skew = choices_.correct_clock_skew,
            .app_id = choices_.app_id,
            .proxies = choices_.proxies,
            .ca_bundle = choices_.ca_bundle,
            .bodies = choices_.bodies,
            .hosts = {choices_.account_endpoints, choices_.disable_host_prefix, choices_.s3,
                      choices_.auth_schemes, choices_.sigv4a_regions, choices_.endpoint_discovery}};
    }

    settings choices_;
    provider_makers makers_;
    mutable clock_skew skew_{};
    mutable shared_parts shared_{};
    mutable kept_warnings warnings_{};
    lazy<std::shared_ptr<const config::resolved>> resolved_{};
};

/// The computer's clock, put right by what AWS's answers have taught.
class corrected_clock final : public clock {
public:
    explicit corrected_clock(std::shared_ptr<const configuration> from) : from_(std::move(from)) {}

    instant now() const noexcept override { return base().now() + from_->skew().current(); }
    steady_instant steady_now() const noexcept override { return base().steady_now(); }
    void sleep(milliseconds pause) override { base().sleep(pause); }

private:
    clock& base() const noexcept { return *from_->outside().time; }

    std::shared_ptr<const configuration> from_;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
