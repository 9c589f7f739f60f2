// SPDX-License-Identifier: MIT
// Carries values between the JSON of cases and structures, by shape and table side by side.
#pragma once

#include <awsxx/model/field.hpp>

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace conformance {

class shape_values {
public:
    explicit shape_values(const nlohmann::ordered_json& model) : shapes_(model.at("shapes")) {}

    /// Throws `std::runtime_error` if the table does not fit the shape or the value.
    void put(const std::string& shape, const nlohmann::ordered_json& value,
             const awsxx::model::type& table, void* at) const;
    /// Nothing for what is absent.
    std::optional<nlohmann::json> get(const std::string& shape, const awsxx::model::type& table,
                                      const void* at) const;

private:
    /// The members of a structure in the order of its table.
    std::vector<std::pair<std::string, std::string>> members(const std::string& shape) const;
    std::string part(const std::string& shape, const char* name) const;
    void put_members(const std::string& shape, const nlohmann::ordered_json& value,
                     const awsxx::model::type& table, void* at) const;
    nlohmann::json get_members(const std::string& shape, const awsxx::model::type& table,
                               const void* at) const;
    nlohmann::json get_entries(const std::string& shape, const awsxx::model::type& table,
                               const void* at) const;

    const nlohmann::ordered_json& shapes_;
};

}  // namespace conformance
