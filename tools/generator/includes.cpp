// SPDX-License-Identifier: MIT
#include "includes.hpp"

#include "names.hpp"

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace generator {

namespace {

struct need {
    std::string_view word;
    std::string_view header;
};

constexpr std::array<need, 11> library{{{"timestamp", "awsxx/core/timestamp.hpp"},
                                        {"date_format", "awsxx/core/timestamp.hpp"},
                                        {"secret", "awsxx/core/secret.hpp"},
                                        {"http::body", "awsxx/http/body.hpp"},
                                        {"model::document", "awsxx/model/document.hpp"},
                                        {"model::optional_document", "awsxx/model/document.hpp"},
                                        {"model::path", "awsxx/model/path.hpp"},
                                        {"model::waiter_of", "awsxx/model/waiter.hpp"},
                                        {"maybe", "awsxx/model/value.hpp"},
                                        {"box", "awsxx/model/value.hpp"},
                                        {"open_enum", "awsxx/model/value.hpp"}}};

constexpr std::array<need, 8> standard{{{"offsetof", "cstddef"},
                                        {"std::int64_t", "cstdint"},
                                        {"std::deque", "deque"},
                                        {"std::map", "map"},
                                        {"std::optional", "optional"},
                                        {"std::string", "string"},
                                        {"std::string_view", "string_view"},
                                        {"std::vector", "vector"}}};

bool uses(const std::string& body, std::string_view word) {
    for (auto at = body.find(word); at != std::string::npos; at = body.find(word, at + 1)) {
        const auto end = at + word.size();
        if ((at == 0 || !is_word(body[at - 1])) && (end == body.size() || !is_word(body[end])))
            return true;
    }
    return false;
}

/// A type of the library as a member has it: "secret x{", "maybe<", "timestamp>"; a table's "document,".
bool uses_type(const std::string& body, std::string_view word) {
    for (const auto* behind : {" ", "<", ">", ":", ","})
        if (uses(body, std::string(word)) &&
            body.find(std::string(word) + behind) != std::string::npos)
            return true;
    return false;
}

}  // namespace

std::string includes_of(const std::string& body, const std::string& protocol,
                        const std::vector<std::string>& more) {
    std::set<std::string> own{"awsxx/core/version.hpp", "awsxx/model/field.hpp",
                              "awsxx/model/operation.hpp", "awsxx/protocols/" + protocol + ".hpp"};
    for (const auto& [word, header] : library)
        if (uses_type(body, word)) own.emplace(header);
    own.insert(more.begin(), more.end());
    if (uses(body, "open_int_enum")) own.emplace("awsxx/model/value.hpp");
    std::string text;
    for (const auto& header : own) text += "#include <" + header + ">\n";
    text += "\n";
    for (const auto& [word, header] : standard)
        if (uses(body, word)) text += "#include <" + std::string(header) + ">\n";
    return text;
}

}  // namespace generator
