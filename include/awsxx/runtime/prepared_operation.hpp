// SPDX-License-Identifier: MIT
// An operation with one input, whose request is encoded by the first call and copied by all others.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/model/operation.hpp>

#include <atomic>
#include <memory>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Another operation as `call` sees it. Always used with the same input, which does not change.
/// What has to differ from call to call is encoded as ever: idempotency tokens, streamed bodies,
/// and what goes to another place than the first call did. Any number of threads may use it.
class prepared_operation {
public:
    /// `what` lives as long as this.
    explicit prepared_operation(const model::operation& what) noexcept
        : encoder_{what, this}, service_(*what.service), protocol_(*what.service->protocol) {
        protocol_.encode = &prepared_operation::encode;
        service_.protocol = &protocol_;
        if (service_.copy_of == nullptr) service_.copy_of = what.service;
        origin_ = &what;
        encoder_.service = &service_;
    }
    prepared_operation(const prepared_operation&) = delete;
    prepared_operation& operator=(const prepared_operation&) = delete;
    ~prepared_operation() {
        const std::unique_ptr<parts> last(ready_.load(std::memory_order_acquire));
        if (last) last->request.body.wipe();
    }

    const model::operation& get() const noexcept { return encoder_; }
    /// A call has encoded it.
    bool is_ready() const noexcept { return ready_.load(std::memory_order_relaxed) != nullptr; }

private:
    struct seen_by_call : model::operation {
        prepared_operation* owner;
    };
    /// What the protocol made of an endpoint.
    struct parts {
        http::uri endpoint{};
        http::request request{};
    };

    static expected<void> encode(const model::operation& what, const void* in, http::request& draft,
                                 const std::string& token) {
        auto& self = *static_cast<const seen_by_call&>(what).owner;
        const parts* const ready = self.ready_.load(std::memory_order_acquire);
        if (ready == nullptr) return self.encode_first(in, draft, token);
        if (!(draft.target == ready->endpoint)) return self.encode_anew(in, draft, token);
        draft.method = ready->request.method;
        draft.target.path = ready->request.target.path;
        draft.target.query = ready->request.target.query;
        for (const auto& [name, value] : ready->request.headers) draft.headers.add(name, value);
        draft.body = http::body::view(ready->request.body.bytes());
        return {};
    }
    expected<void> encode_anew(const void* in, http::request& draft,
                               const std::string& token) const {
        return origin_->service->protocol->encode(*origin_, in, draft, token);
    }
    expected<void> encode_first(const void* in, http::request& draft, const std::string& token) {
        http::uri endpoint = draft.target;
        auto done = encode_anew(in, draft, token);
        if (!done || !token.empty() || !draft.body.in_memory()) return done;
        auto made = std::make_unique<parts>(parts{std::move(endpoint), draft});
        parts* none = nullptr;
        if (ready_.compare_exchange_strong(none, made.get(), std::memory_order_acq_rel))
            static_cast<void>(made.release());
        else
            made->request.body.wipe();
        return done;
    }

    seen_by_call encoder_;
    model::service service_;
    model::protocol protocol_;
    const model::operation* origin_ = nullptr;
    std::atomic<parts*> ready_{nullptr};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
