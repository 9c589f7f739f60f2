// SPDX-License-Identifier: MIT
// A page of 100 DynamoDB items, read and written: tables against code by hand for these shapes
// alone, and against nlohmann's document.
#include "dynamodb_items.hpp"
#include "measure.hpp"

#include <awsxx/codec/json.hpp>

#include <nlohmann/json.hpp>

#include <charconv>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace {

using bench::attribute_value;
using bench::item;
using bench::page;

/// Reads this page and nothing else: each member is looked for where it belongs.
class parser {
public:
    explicit parser(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

    page read() {
        page out;
        each_member([&](std::string_view name) {
            if (name == "Items")
                each_element([&] { read_item(out.items.emplace_back()); });
            else if (name == "Count")
                out.count = integer();
            else if (name == "ScannedCount")
                out.scanned_count = integer();
            else if (name == "LastEvaluatedKey")
                read_item(out.last_evaluated_key);
            else
                std::abort();
        });
        return out;
    }

private:
    void read_item(item& to) {
        each_member([&](std::string_view name) { read_value(to[std::string(name)]); });
    }

    void read_value(attribute_value& to) {
        each_member([&](std::string_view name) {
            if (name == "S")
                to.s.emplace(string());
            else if (name == "N")
                to.n.emplace(string());
            else if (name == "SS")
                read_texts(to.ss.emplace());
            else if (name == "NS")
                read_texts(to.ns.emplace());
            else if (name == "M")
                read_item(to.m.emplace());
            else if (name == "L")
                read_list(to.l.emplace());
            else if (name == "BOOL")
                to.boolean = boolean();
            else if (name == "NULL")
                to.null = boolean();
            else
                std::abort();
        });
    }
    void read_texts(std::vector<std::string>& to) {
        each_element([&] { to.emplace_back(string()); });
    }
    void read_list(std::vector<attribute_value>& to) {
        each_element([&] { read_value(to.emplace_back()); });
    }

    template <class Act>
    void each_member(Act act) {
        expect('{');
        if (take('}')) return;
        do {
            const std::string_view name = string();
            expect(':');
            act(name);
        } while (take(','));
        expect('}');
    }
    template <class Act>
    void each_element(Act act) {
        expect('[');
        if (take(']')) return;
        do act();
        while (take(','));
        expect(']');
    }

    void skip_space() {
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
    }
    bool take(char c) {
        skip_space();
        if (at_ == end_ || *at_ != c) return false;
        ++at_;
        return true;
    }
    void expect(char c) {
        if (!take(c)) std::abort();
    }
    bool boolean() {
        skip_space();
        const bool yes = end_ - at_ >= 4 && std::memcmp(at_, "true", 4) == 0;
        if (!yes && (end_ - at_ < 5 || std::memcmp(at_, "false", 5) != 0)) std::abort();
        at_ += yes ? 4 : 5;
        return yes;
    }
    int integer() {
        skip_space();
        int value = 0;
        at_ = std::from_chars(at_, end_, value).ptr;
        return value;
    }
    std::string_view string() {
        expect('"');
        const auto found =
            awsxx::codec::json::find_string_end({at_, static_cast<std::size_t>(end_ - at_)});
        if (found.problem != nullptr) std::abort();
        const std::string_view raw(at_, found.size);
        at_ += found.size + 1;
        if (!found.escaped) return raw;
        scratch_.clear();
        if (!awsxx::codec::json::unescape(raw, scratch_)) std::abort();
        return scratch_;
    }

    const char* at_;
    const char* end_;
    std::string scratch_{};
};

/// Appends this page's text and no other.
class appender {
public:
    explicit appender(std::string& out) : out_(out) {}

    void write(const page& from) {
        out_ += "{\"Items\":[";
        bool first = true;
        for (const item& one : from.items) {
            if (!std::exchange(first, false)) out_ += ',';
            write(one);
        }
        out_ += ']';
        number(",\"Count\":", from.count);
        number(",\"ScannedCount\":", from.scanned_count);
        if (!from.last_evaluated_key.empty()) {
            out_ += ",\"LastEvaluatedKey\":";
            write(from.last_evaluated_key);
        }
        out_ += '}';
    }

private:
    void write(const item& from) {
        out_ += '{';
        bool first = true;
        for (const auto& [name, value] : from) {
            if (!std::exchange(first, false)) out_ += ',';
            string(name);
            out_ += ':';
            write(value);
        }
        out_ += '}';
    }

    void write(const attribute_value& from) {
        if (from.s) return text("{\"S\":", *from.s);
        if (from.n) return text("{\"N\":", *from.n);
        if (from.ss) return texts("{\"SS\":[", *from.ss);
        if (from.ns) return texts("{\"NS\":[", *from.ns);
        if (from.m) {
            out_ += "{\"M\":";
            write(*from.m);
            out_ += '}';
        } else if (from.l) {
            list(*from.l);
        } else if (from.null) {
            out_ += *from.null ? "{\"NULL\":true}" : "{\"NULL\":false}";
        } else if (from.boolean) {
            out_ += *from.boolean ? "{\"BOOL\":true}" : "{\"BOOL\":false}";
        }
    }
    void text(std::string_view begin, const std::string& value) {
        out_ += begin;
        string(value);
        out_ += '}';
    }
    void texts(std::string_view begin, const std::vector<std::string>& all) {
        out_ += begin;
        bool first = true;
        for (const std::string& one : all) {
            if (!std::exchange(first, false)) out_ += ',';
            string(one);
        }
        out_ += "]}";
    }
    void list(const std::vector<attribute_value>& all) {
        out_ += "{\"L\":[";
        bool first = true;
        for (const attribute_value& one : all) {
            if (!std::exchange(first, false)) out_ += ',';
            write(one);
        }
        out_ += "]}";
    }
    void number(std::string_view begin, const std::optional<int>& value) {
        if (!value) return;
        char digits[16];
        out_ += begin;
        out_.append(digits, std::to_chars(digits, digits + sizeof digits, *value).ptr);
    }
    void string(std::string_view value) {
        if (!awsxx::codec::json::append_string(out_, value)) std::abort();
    }

    std::string& out_;
};

page by_table(const std::string& text) {
    page out;
    if (!awsxx::codec::json::read(text, page::wire<void>::type, &out)) std::abort();
    return out;
}

std::string written_by_table(const page& from) {
    std::string out;
    if (!awsxx::codec::json::write(page::wire<void>::type, &from, out)) std::abort();
    return out;
}

std::string written_by_hand(const page& from) {
    std::string out;
    appender(out).write(from);
    return out;
}

void from_document(const nlohmann::json& from, attribute_value& to);

void from_document(const nlohmann::json& from, item& to) {
    for (const auto& [name, value] : from.items()) from_document(value, to[name]);
}

void from_document(const nlohmann::json& from, attribute_value& to) {
    for (const auto& [kind, value] : from.items()) {
        if (kind == "S") to.s = value.get<std::string>();
        if (kind == "N") to.n = value.get<std::string>();
        if (kind == "SS") to.ss = value.get<std::vector<std::string>>();
        if (kind == "M") from_document(value, to.m.emplace());
        if (kind == "BOOL") to.boolean = value.get<bool>();
        if (kind == "NULL") to.null = value.get<bool>();
        if (kind != "L") continue;
        to.l.emplace();
        for (const auto& one : value) from_document(one, (*to.l).emplace_back());
    }
}

page by_document(const std::string& text) {
    const auto document = nlohmann::json::parse(text);
    page out;
    for (const auto& one : document.at("Items")) from_document(one, out.items.emplace_back());
    out.count = document.at("Count").get<int>();
    out.scanned_count = document.at("ScannedCount").get<int>();
    return out;
}

void report(const char* figure, const bench::comparison& cost) {
    std::printf("%-28s %10.1f %10.1f %8.3f\n", figure, cost.baseline.cpu_us, cost.subject.cpu_us,
                cost.ratio);
    std::printf("{\"figure\":\"%s\",\"ratio\":%.3f,\"us\":%.1f,\"allocations\":%g}\n", figure,
                cost.ratio, cost.subject.cpu_us, cost.subject.allocations);
}

}  // namespace

int main() {
    const std::string text = bench::page_text(100);
    const page items = by_table(text);
    const bool same = written_by_hand(items) == written_by_table(parser(text).read()) &&
                      written_by_table(by_document(text)) == written_by_table(items);
    if (!same) {
        std::fprintf(stderr, "dynamodb: a baseline does something else\n");
        return 1;
    }
    const auto tables = [&] { by_table(text); };
    std::printf("%-28s %10s %10s %8s\n", "100 items", "theirs us", "awsxx us", "ratio");
    report("decode.dynamodb100", bench::compare(
                                     51, 30, [&] { parser(text).read(); }, tables));
    report("decode.dynamodb100_document", bench::compare(
                                              21, 10, [&] { by_document(text); }, tables));
    report("encode.dynamodb100",
           bench::compare(
               51, 30, [&] { written_by_hand(items); }, [&] { written_by_table(items); }));
}
