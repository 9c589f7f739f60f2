// SPDX-License-Identifier: MIT
// Decoding a page of 100 accounts: our tables and reader against nlohmann/json, as a document and
// as events.
#include "measure.hpp"

#include <awsxx/codec/json.hpp>
#include <awsxx/services/organizations.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using awsxx::organizations::account;
using awsxx::organizations::list_accounts_response;

std::string page() {
    std::string text = R"({"Accounts":[)";
    for (int i = 0; i < 100; ++i) {
        const std::string id = std::to_string(111111111111 + i);
        if (i > 0) text += ',';
        text += R"({"Arn":"arn:aws:organizations::111111111111:account/o-exampleorgid/)" + id +
                R"(","Email":"team-)" + id + R"(@example.com","Id":")" + id +
                R"(","JoinedMethod":"CREATED","JoinedTimestamp":1481835795.536,)" +
                R"("Name":"Production \")" + id + R"(\"","State":"ACTIVE","Status":"ACTIVE"})";
    }
    return text + R"(],"NextToken":"token"})";
}

list_accounts_response by_table(const std::string& text) {
    list_accounts_response out;
    if (!awsxx::codec::json::read(text, list_accounts_response::wire<void>::type, &out))
        std::abort();
    return out;
}

list_accounts_response by_document(const std::string& text) {
    const auto document = nlohmann::json::parse(text);
    list_accounts_response out;
    for (const auto& from : document.at("Accounts")) {
        account& to = out.accounts.emplace_back();
        to.id = from.value("Id", std::string());
        to.arn = from.value("Arn", std::string());
        to.email = from.value("Email", std::string());
        to.name = from.value("Name", std::string());
        to.status = from.value("Status", std::string());
        to.state = from.value("State", std::string());
        to.joined_method = from.value("JoinedMethod", std::string());
        const double when = from.value("JoinedTimestamp", 0.0);
        to.joined_timestamp = awsxx::timestamp(static_cast<std::int64_t>(when), 0);
    }
    out.next_token = document.value("NextToken", std::string());
    return out;
}

/// Puts events into structures; the names are compared in the order of the text.
class events : public nlohmann::json_sax<nlohmann::json> {
public:
    list_accounts_response out{};

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t value, const string_t&) override {
        if (name_ == "JoinedTimestamp")
            out.accounts.back().joined_timestamp =
                awsxx::timestamp(static_cast<std::int64_t>(value), 0);
        return true;
    }
    bool string(string_t& text) override {
        if (depth_ == 1) {
            if (name_ == "NextToken") out.next_token = text;
            return true;
        }
        if (std::string* room = room_in(out.accounts.back())) *room = std::move(text);
        return true;
    }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override {
        if (++depth_ == 2) out.accounts.emplace_back();
        return true;
    }
    bool end_object() override {
        --depth_;
        return true;
    }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool key(string_t& name) override {
        name_ = std::move(name);
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override {
        return false;
    }

private:
    std::string* room_in(account& to) {
        if (name_ == "Arn") return &to.arn;
        if (name_ == "Email") return &to.email;
        if (name_ == "Id") return &to.id;
        if (name_ == "JoinedMethod") return &to.joined_method.value;
        if (name_ == "Name") return &to.name;
        if (name_ == "State") return &to.state.value;
        return name_ == "Status" ? &to.status.value : nullptr;
    }

    std::string name_{};
    int depth_ = 0;
};

list_accounts_response by_events(const std::string& text) {
    events handler;
    if (!nlohmann::json::sax_parse(text, &handler)) std::abort();
    return std::move(handler.out);
}

void demand_same(const list_accounts_response& a, const list_accounts_response& b) {
    bool same = a.accounts.size() == b.accounts.size() && a.next_token == b.next_token;
    for (std::size_t i = 0; same && i < a.accounts.size(); ++i)
        same = a.accounts[i].name == b.accounts[i].name && a.accounts[i].arn == b.accounts[i].arn &&
               a.accounts[i].status == b.accounts[i].status;
    if (same) return;
    std::fprintf(stderr, "json_decode: the baseline reads something else\n");
    std::exit(1);
}

void report(const char* figure, const char* name, const bench::comparison& cost) {
    std::printf("%-22s %10.1f %10.1f %8.3f\n", name, cost.baseline.cpu_us, cost.subject.cpu_us,
                cost.ratio);
    std::printf("{\"figure\":\"%s\",\"ratio\":%.3f,\"us\":%.1f,\"allocations\":%g}\n", figure,
                cost.ratio, cost.subject.cpu_us, cost.subject.allocations);
}

}  // namespace

int main() {
    const std::string text = page();
    demand_same(by_document(text), by_table(text));
    demand_same(by_events(text), by_table(text));
    const auto tables = [&] { by_table(text); };
    const auto document = bench::compare(
        51, 50, [&] { by_document(text); }, tables);
    const auto sax = bench::compare(
        51, 50, [&] { by_events(text); }, tables);
    std::printf("%-22s %10s %10s %8s\n", "100 accounts", "theirs us", "awsxx us", "ratio");
    report("decode.json_document", "nlohmann document", document);
    report("decode.json_events", "nlohmann events", sax);
}
