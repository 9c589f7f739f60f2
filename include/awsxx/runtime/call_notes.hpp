// SPDX-License-Identifier: MIT
// Tells a program's observer what one call does, without anything secret.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/attempt_report.hpp>
#include <awsxx/runtime/endpoint.hpp>
#include <awsxx/runtime/observer.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// The lines about one call. Where nobody listens, each costs one comparison.
class call_notes {
public:
    call_notes(const observer& to, const model::operation& of) noexcept : to_(to), of_(of) {}

    bool wants(channel one) const noexcept { return to_.wants(one); }

    void signed_by(const credentials& keys, const resolved_endpoint& where) const {
        if (!wants(channel::signing)) [[likely]]
            return;
        const bool token = keys.access_key_id.empty();
        note(channel::signing, (token ? "a token" : keys.access_key_id) + " (" + keys.source +
                                   (token ? ") is good for " : ") signs for ") +
                                   where.signing_region + "/" + where.signing_name);
    }
    /// A URL that stops working before it was to.
    void outlives(const credentials& keys, seconds wanted, seconds left) const {
        if (!wants(channel::signing)) [[likely]]
            return;
        note(channel::signing, "the URL was to be good for " + std::to_string(wanted.count()) +
                                   " s, but will be for " + std::to_string(left.count()) +
                                   " s, when " + keys.access_key_id + " (" + keys.source +
                                   ") expires");
    }
    void sends(const http::request& what) const {
        if (!wants(channel::wire)) [[likely]]
            return;
        // A query may hold a signature or a token, and a body anything.
        const std::string query = what.target.query.empty() ? "" : "?...";
        note(channel::wire, "> " + what.method + " " + what.target.scheme + "://" +
                                http::host_header(what.target) + what.target.path + query +
                                ", body of " + std::to_string(what.body.size()) + " bytes");
    }
    void hears(const http::response& answer) const {
        if (!wants(channel::wire)) [[likely]]
            return;
        std::string line = "< " + std::to_string(answer.status);
        for (const std::string_view name :
             {"date", "content-type", "content-length", "x-amzn-requestid", "x-amz-request-id"})
            if (const auto value = answer.headers.find(name))
                line.append(", ").append(name).append(": ").append(*value);
        note(channel::wire, line);
    }
    /// What of an answer could not be read.
    void passes_over(std::string_view what) const {
        if (!wants(channel::wire)) [[likely]]
            return;
        note(channel::wire, "a part of the answer cannot be read: " + std::string(what));
    }
    /// What an attempt was like that is over.
    AWSXX_COLD void attempted(attempt_report& what) const {
        what.service = of_.service->id;
        what.operation = of_.name;
        if (to_.attempt) to_.attempt(what);
        if (wants(channel::connection)) note(channel::connection, line_of(what));
    }
    void failed(int attempt, const error& why, std::string_view what_follows) const {
        if (!wants(channel::retry)) [[likely]]
            return;
        note(channel::retry, "attempt " + std::to_string(attempt) + " failed: " + to_string(why) +
                                 "; " + std::string(what_follows));
    }

private:
    static std::string line_of(const attempt_report& what) {
        const http::connection_facts& how = what.connection;
        const std::string to = how.address.empty() ? "nowhere" : how.address;
        std::string line = how.reused
                               ? "connection to " + to + " used again"
                               : "new connection to " + to + ": name " + ms(how.name_found) +
                                     ", TCP " + ms(how.connected) + ", TLS " + ms(how.secured);
        line += how.reused ? ": first byte " : ", first byte ";
        line += ms(how.first_byte) + " and end " + ms(how.total) + " after the start, " +
                std::to_string(how.bytes_sent) + " bytes sent, " +
                std::to_string(how.bytes_received) + " received";
        waited(line, what.waited_for_credentials, " for credentials");
        waited(line, what.waited_for_turn, " for its turn");
        return line;
    }
    static void waited(std::string& line, milliseconds time, std::string_view what) {
        if (time > milliseconds::zero())
            line.append(", waited ")
                .append(std::to_string(time.count()))
                .append(" ms")
                .append(what);
    }
    static std::string ms(std::chrono::microseconds time) {
        return std::to_string(time.count() / 1000) + " ms";
    }
    void note(channel on, const std::string& line) const {
        std::string text(of_.service->id);
        to_.note(on, text.append(" ").append(of_.name).append(": ").append(line));
    }

    const observer& to_;
    const model::operation& of_;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
