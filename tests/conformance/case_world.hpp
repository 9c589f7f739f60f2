// SPDX-License-Identifier: MIT
// The outside world that a case describes: variables, files, time and recorded traffic.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/system_processes.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/percent.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/settings.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include "suites.hpp"

#include <support/fake_environment.hpp>
#include <support/fake_files.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conformance {

/// Time in which waits take no time.
class standing_clock final : public awsxx::clock {
public:
    explicit standing_clock(awsxx::instant now) : now_(now) {}
    awsxx::instant now() const noexcept override { return now_; }
    awsxx::steady_instant steady_now() const noexcept override {
        return awsxx::steady_instant(std::chrono::hours(1));
    }
    void sleep(awsxx::milliseconds) override {}

private:
    awsxx::instant now_;
};

/// The files of a case, and which of them were written.
class case_files final : public test::fake_files {
public:
    awsxx::expected<void> write(const std::string& path, std::string_view bytes) override {
        written[path] = std::string(bytes);
        return fake_files::write(path, bytes);
    }
    std::map<std::string, std::string> written{};
};

/// Cases hold a command of a shell, where awsxx would run a program without one.
inline std::string with_shell(const std::string& text) {
    static constexpr std::string_view key = "credential_process";
    std::string changed;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view line = awsxx::text::take_until(rest, '\n');
        const std::size_t equals = line.find('=');
        const bool command =
            equals != std::string_view::npos && awsxx::text::trimmed(line.substr(0, equals)) == key;
        if (!command) {
            changed.append(line) += '\n';
            continue;
        }
        changed.append(key).append(" = /bin/sh -c '");
        for (const char c : awsxx::text::trimmed(line.substr(equals + 1)))
            changed += c == '\'' ? std::string("'\\''") : std::string(1, c);
        changed += "'\n";
    }
    return changed;
}

/// What a case has recorded: each entry answers one request with its method and URI.
class recorded_traffic {
public:
    explicit recorded_traffic(const json& traffic) {
        for (const json& one : traffic) left_.push_back(one);
    }

    awsxx::expected<awsxx::http::response> answer(const awsxx::http::request& asked) {
        const auto at = std::find_if(left_.begin(), left_.end(), [&](const json& one) {
            return one.at("request").at("method") == asked.method &&
                   is_meant(one.at("request").at("uri").get<std::string>(), asked.target);
        });
        if (at == left_.end()) return not_connected("nothing is recorded for it");
        const json said = at->at("response");
        left_.erase(at);
        if (said.contains("failure")) return not_connected(said.at("failure").get<std::string>());
        awsxx::http::response made{.status = said.at("status")};
        for (const json& one : said.value("headers", json::array()))
            made.headers.add(one.at(0).get<std::string>(), one.at(1).get<std::string>());
        made.body = awsxx::crypto::from_base64(said.value("body_b64", "")).value_or("");
        return made;
    }

private:
    static awsxx::error not_connected(const std::string& why) {
        return {.kind = awsxx::error_kind::network,
                .retryable = true,
                .code = "NotConnected",
                .message = why};
    }
    static std::vector<std::string> parts_of(std::string_view query) {
        std::vector<std::string> parts;
        while (!query.empty()) {
            const auto part = awsxx::text::take_until(query, '&');
            parts.push_back(awsxx::http::decoded(part).value_or(std::string(part)));
        }
        std::sort(parts.begin(), parts.end());
        return parts;
    }
    /// A URI that begins with "/" stands for any host.
    static bool is_meant(const std::string& text, const awsxx::http::uri& asked) {
        const bool any_host = text.starts_with('/');
        const auto wanted = awsxx::http::parse_uri(any_host ? "https://any" + text : text);
        if (!wanted) return false;
        const bool same_host = wanted->scheme == asked.scheme && wanted->host == asked.host &&
                               wanted->effective_port() == asked.effective_port();
        return (any_host || same_host) && wanted->path == asked.path &&
               parts_of(wanted->query) == parts_of(asked.query);
    }

    std::vector<json> left_{};
};

/// Everything that there is around one case. Where it names no region, it is us-east-1.
struct case_world {
    explicit case_world(const json& input)
        : files(std::make_shared<case_files>()),
          time(std::make_shared<standing_clock>(
              awsxx::instant(std::chrono::seconds(input.value("clock", 0LL))))),
          traffic(std::make_shared<recorded_traffic>(input.value("traffic", json::array()))),
          network([on = traffic](const awsxx::http::request& asked, const awsxx::http::exchange&) {
              return on->answer(asked);
          }) {
        const auto variables = std::make_shared<test::fake_environment>();
        const json env = input.value("env", json::object());
        for (const auto& [name, value] : env.items()) variables->set(name, value);
        const json fs = input.value("fs", json::object());
        for (const auto& [path, text] : fs.items()) files->all[path] = with_shell(text);
        awsxx::settings choices;
        choices.outside = awsxx::testing::isolated_world(time);
        choices.outside.environment = variables;
        choices.outside.files = files;
        choices.outside.processes = std::make_shared<awsxx::system_processes>();
        from = std::make_shared<const awsxx::runtime::configuration>(choices);
        const auto known = from->resolved();
        if (!known || (*known)->region()) return;
        choices.region = "us-east-1";
        from = std::make_shared<const awsxx::runtime::configuration>(choices);
    }

    std::shared_ptr<case_files> files;
    std::shared_ptr<standing_clock> time;
    std::shared_ptr<recorded_traffic> traffic;
    awsxx::testing::scripted_transport network;
    std::shared_ptr<const awsxx::runtime::configuration> from{};
};

/// A failure in the words of the suite credentials.
inline json credentials_failure(const awsxx::error& why) {
    const auto kind_of = [](awsxx::error_kind kind) {
        if (kind == awsxx::error_kind::not_configured) return "no-credentials";
        if (kind == awsxx::error_kind::configuration) return "configuration";
        return "source";
    };
    return {{"error", {{"kind", kind_of(why.kind)}, {"message", to_string(why)}}}};
}

}  // namespace conformance
