// SPDX-License-Identifier: MIT
// The service that a request without a table is for, as one of its operations.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/raw.hpp>
#include <awsxx/runtime/global_services.hpp>
#include <awsxx/runtime/request_scope.hpp>

#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// An operation that lives as long as one call.
class raw_operation {
public:
    explicit raw_operation(const request_scope& scope) {
        service_.id = service_.endpoint_prefix = service_.signing_name = scope.service;
        service_.protocol = &raw::protocol;
        service_.region = scope.region;
        const global_service* known = find_global_service(scope.service);
        if (known != nullptr && scope.region.empty()) {
            service_.rules = {known->rules, service_.endpoint_prefix};
            service_.region = known->region;
        }
        operation_.name = scope.operation.empty() ? std::string_view("request") : scope.operation;
        operation_.service = &service_;
        if (scope.with_token) operation_.auth = model::auth::bearer;
        if (scope.is_unsigned) operation_.auth = model::auth::none;
    }
    raw_operation(const raw_operation&) = delete;
    raw_operation& operator=(const raw_operation&) = delete;
    ~raw_operation() = default;

    const model::operation& get() const noexcept { return operation_; }

private:
    model::service service_{};
    model::operation operation_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
