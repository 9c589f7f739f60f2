// SPDX-License-Identifier: MIT
// The region that an EC2 instance is in, as its metadata service tells it.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/imds_renewal.hpp>
#include <awsxx/credentials/imds_settings.hpp>
#include <awsxx/credentials/shared_renewal.hpp>
#include <awsxx/credentials/shared_search.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/region_source.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace detail::instance_region {

/// What was found, and the search that is under way. It outlives whoever began it.
struct memory {
    std::optional<std::string> found{};
    shared_search search{};
};
using shared_memory = std::shared_ptr<const guarded<memory>>;

/// One question: a token, then the region.
class fetch final : public imds_renewal {
public:
    fetch(imds_settings how, const std::shared_ptr<const runtime::configuration>& from,
          shared_memory to)
        : imds_renewal(std::move(how), from, std::make_shared<const guarded<imds_memory>>(),
                       "NoInstanceRegion"),
          to_(std::move(to)) {}

private:
    void ask_first() override {
        get("/latest/meta-data/placement/region",
            [this](const http::response& answer) { return hear(answer); });
    }
    expected<void> hear(const http::response& answer) {
        if (answer.status != 200) return metadata_refusal(answer);
        const std::string_view region = text::trimmed(answer.body);
        if (!http::valid_host_label(region))
            return odd(answer, "the name of the region is not one");
        to_->lock()->found = std::string(region);
        finish(std::make_shared<const credentials>());
        return {};
    }

    shared_memory to_;
};

/// Asks the service that code, environment and profile say.
class source final : public credentials_provider {
public:
    source(std::shared_ptr<const runtime::configuration> from, imds_options how, shared_memory to)
        : from_(std::move(from)), how_(std::move(how)), to_(std::move(to)) {}

    resolution resolve(instant) override {
        const auto known = from_->resolved();
        if (!known) return known.error();
        auto settings = find_imds_settings(how_, (*known)->looked_at());
        if (!settings) return std::move(settings).error();
        if (settings->disabled.value)
            return error{.kind = error_kind::not_configured,
                         .code = "NoInstanceRegion",
                         .message = settings->disabled.source + " is true"};
        return std::make_shared<fetch>(*std::move(settings), from_, to_);
    }

private:
    std::shared_ptr<const runtime::configuration> from_;
    imds_options how_;
    shared_memory to_;
};

}  // namespace detail::instance_region

/// Asks the metadata service of an EC2 instance (IMDSv2), where nothing else says the region.
///
///     awsxx::session base({.region_source = std::make_shared<awsxx::instance_region>()});
///
/// The first call that needs a region waits for the answer; elsewhere than on EC2 that may take as
/// long as the limits in `how` allow. Those who come meanwhile wait for the same answer, which is
/// kept. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html
class instance_region final : public region_source {
public:
    explicit instance_region(imds_options how = {}) : how_(std::move(how)) {}

    std::optional<std::string> known() const override { return memory_->lock()->found; }
    std::shared_ptr<renewal> search(
        const std::shared_ptr<const runtime::configuration>& from) override {
        return memory_->lock()->search.get([&] {
            return std::make_shared<shared_renewal>(
                std::make_shared<detail::instance_region::source>(from, how_, memory_),
                from->outside().time);
        });
    }

private:
    imds_options how_;
    detail::instance_region::shared_memory memory_ =
        std::make_shared<const guarded<detail::instance_region::memory>>();
};

}  // namespace awsxx::inline AWSXX_ABI
