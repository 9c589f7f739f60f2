// SPDX-License-Identifier: MIT
// The suites protocol and generate: generated services, asked for requests and given answers.
#include "generated_models.hpp"
#include "shape_values.hpp"
#include "suites.hpp"

#include <awsxx/config/body_rules.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/protocols/extra_parts.hpp>
#include <awsxx/protocols/host_prefix.hpp>
#include <awsxx/protocols/modeled_error.hpp>
#include <awsxx/runtime/request_body.hpp>

#include <cstddef>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace conformance {

namespace {

using awsxx::error;

/// A value of a generated type, for as long as a case lasts.
class held_value {
public:
    explicit held_value(const value_maker& how) : how_(how), value_(how.make()) {}
    held_value(const held_value&) = delete;
    held_value& operator=(const held_value&) = delete;
    ~held_value() { how_.destroy(value_); }

    const awsxx::model::type& shape() const { return *how_.shape; }
    void* get() const { return value_; }

private:
    value_maker how_;
    void* value_;
};

std::string local_name(const std::string& id) { return id.substr(id.find('#') + 1); }

const operation_entry& entry_of(const service_table& service, const std::string& id) {
    for (const auto& one : service.operations)
        if (one.operation != nullptr && one.operation->name == local_name(id)) return one;
    throw std::runtime_error("the header has no operation " + id);
}

std::string side(const model_file& model, const std::string& operation, const char* which) {
    const auto& shape = model.ast.at("shapes").at(operation);
    return shape.contains(which) ? shape.at(which).at("target").get<std::string>()
                                 : "smithy.api#Unit";
}

json headers_of(const awsxx::http::headers& all) {
    json list = json::array();
    for (const auto& one : all) list.push_back({std::string(one.name), std::string(one.value)});
    return list;
}

json request(const model_file& model, const operation_entry& entry, const ordered_json& input) {
    const awsxx::model::operation& what = *entry.operation;
    const held_value in(entry.input);
    const std::string id = input.at("operation");
    shape_values(model.ast).put(side(model, id, "input"),
                                input.value("input", ordered_json::object()), in.shape(), in.get());
    awsxx::http::request draft;
    const auto base = awsxx::http::parse_uri(input.value("endpoint", "https://example.com"));
    if (!base) return answer::failure(base.error());
    draft.target = *base;
    const std::string token = "00000000-0000-4000-8000-000000000000";
    const auto* const protocol = what.service->protocol;
    if (const auto done = protocol->encode(what, in.get(), draft, token); !done)
        return answer::failure(done.error());
    if (const auto done = awsxx::protocols::add_extra_parts(what, in.get(), draft); !done)
        return answer::failure(done.error());
    const auto prefix = awsxx::protocols::host_prefix_of(what, in.get());
    if (!prefix) return answer::failure(prefix.error());
    draft.target.host.insert(0, *prefix);
    awsxx::config::body_rules bodies;
    bodies.compress_from = 0;
    if (const auto done = awsxx::runtime::prepare_body(what, in.get(), {bodies}, draft); !done)
        return answer::failure(done.error());
    std::string uri = draft.target.path;
    if (!draft.target.query.empty()) uri += "?" + draft.target.query;
    return answer::output({{"method", draft.method},
                           {"uri", uri},
                           {"host", draft.target.host},
                           {"headers", headers_of(draft.headers)},
                           {"body_b64", awsxx::crypto::to_base64(draft.body.bytes())}});
}

awsxx::http::response response_of(const ordered_json& given) {
    awsxx::http::response result;
    result.status = given.value("status", 200);
    for (const auto& pair : given.value("headers", ordered_json::array()))
        result.headers.add(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
    result.body = awsxx::crypto::from_base64(given.value("body_b64", "")).value_or("");
    return result;
}

/// The full id of an error's shape.
std::string shape_of(const model_file& model, std::string_view name) {
    for (const auto& [id, shape] : model.ast.at("shapes").items())
        if (local_name(id) == name) return id;
    throw std::runtime_error("the model has no error " + std::string(name));
}

json failure(const model_file& model, const service_table& service, const error& why) {
    json told = {{"code", why.code}, {"message", why.message}};
    for (const auto& one : service.errors) {
        if (one.error == nullptr || !awsxx::protocols::is_modeled(why, *one.error)) continue;
        const held_value value(one.value);
        awsxx::protocols::read_modeled(why, value.shape(), value.get());
        told["value"] = shape_values(model.ast)
                            .get(shape_of(model, one.error->name), value.shape(), value.get())
                            .value_or(nullptr);
        break;
    }
    return answer::output({{"failure", std::move(told)}});
}

json response(const model_file& model, const service_table& service, const operation_entry& entry,
              const ordered_json& input) {
    const awsxx::model::operation& what = *entry.operation;
    const auto* const protocol = what.service->protocol;
    auto given = response_of(input.at("response"));
    if (given.status < 200 || given.status >= 300)
        return failure(model, service, protocol->decode_error(what, given));
    const held_value out(entry.output);
    const auto done = protocol->decode(what, given, out.get());
    if (!done) return answer::failure(done.error());
    const std::string id = input.at("operation");
    return answer::output({{"result", shape_values(model.ast)
                                          .get(side(model, id, "output"), out.shape(), out.get())
                                          .value_or(json::object())}});
}

json call(const std::string& mode, const model_file& model, const ordered_json& input) {
    const service_table& service = compiled_service(input.at("model"));
    const operation_entry& entry = entry_of(service, input.at("operation"));
    return mode == "request" ? request(model, entry, input)
                             : response(model, service, entry, input);
}

json compile(const model_file& model, const ordered_json& input) {
    compile_all(input.at("model"));
    return answer::output(
        {{"service", model.service}, {"operations", model.operations.size()}, {"compiled", true}});
}

}  // namespace

json protocol(const std::string& mode, const ordered_json& input) {
    const bool known = mode == "request" || mode == "response" || mode == "compile";
    if (!known) return answer::unsupported("no mode " + mode);
    try {
        const model_file* const model = find_model(input.value("model", ""));
        if (model == nullptr) return answer::unsupported("no model " + input.value("model", ""));
        return mode == "compile" ? compile(*model, input) : call(mode, *model, input);
    } catch (const std::exception& problem) {
        return answer::failure({.kind = awsxx::error_kind::invalid_argument,
                                .code = "NotGenerated",
                                .message = problem.what()});
    }
}

}  // namespace conformance
