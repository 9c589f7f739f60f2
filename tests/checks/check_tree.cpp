// SPDX-License-Identifier: MIT
// Checks of the source tree that no compiler makes: each complaint names file, line and rule.
//
//     check_tree CHECK ROOT           one of the checks below, on the tree ROOT
//     check_tree self-test FIXTURES   each FIXTURES/CHECK.what/ must be refused by CHECK with the
//                                     words in its expected.txt; FIXTURES/good must pass them all
#include "source_text.hpp"
#include "std_includes.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;
using checks::source;

struct complaint {
    std::string file{};
    int line{};
    std::string text{};
};
using complaints = std::vector<complaint>;

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The library's headers by the name they are included by. Of generated ones, which are long, only
/// what is before their namespace: the generator's tests are about the rest.
std::map<std::string, source> headers(const fs::path& root) {
    std::map<std::string, source> result;
    const auto include = root / "include";
    if (!fs::exists(include)) return result;
    for (const auto& entry : fs::recursive_directory_iterator(include)) {
        if (entry.path().extension() != ".hpp") continue;
        const auto name = entry.path().lexically_relative(include).generic_string();
        result.emplace(name, source(checks::without_generated(read(entry.path()))));
    }
    return result;
}

std::string shown(const std::string& name) { return "include/" + name; }

// --- include-graph: folders are levels, and no include looks up or goes in a circle -------------

const std::map<std::string, int, std::less<>> levels = {
    {"core", 0},
    {"crypto", 1},
    {"http", 2},
    {"auth", 3},
    {"config", 3},
    {"model", 4},
    {"codec", 5},
    {"protocols", 6},
    {"runtime", 7},
    {"services", 8},
    {"credentials", 9},
    {"async.hpp", 10},
    {"async_await.hpp", 10},
    {"async_errands.hpp", 10},
    {"async_more.hpp", 10},
    {"async_pages.hpp", 10},
    {"async_streams.hpp", 10},
    {"async_verbs.hpp", 10},
    {"async_work.hpp", 10},
    {"prepared_call.hpp", 10},
    {"session_async_source.hpp", 10},
    {"session_errands_source.hpp", 10},
    {"warm_verbs.hpp", 10},
    {"session_core.hpp", 10},
    {"session_source.hpp", 10},
    {"session.hpp", 10},
    {"default_session.hpp", 10},
    {"source.hpp", 11},
    {"awsxx.hpp", 10},
    {"identity", 10},
    {"accounts", 11},
    {"cognito", 11},
    {"appsync", 11},
    {"recipes", 11},
    {"testing", 11},
};

/// "awsxx/http/uri.hpp" has the level of "http".
std::optional<int> level(const std::string& name) {
    const auto begin = name.find('/') + 1;
    const auto found = levels.find(name.substr(begin, name.find('/', begin) - begin));
    if (found == levels.end()) return {};
    return found->second;
}

/// Follows includes depth first; a header met again while it is being followed closes a circle.
class circles {
public:
    explicit circles(const std::map<std::string, source>& all) : all_(all) {}

    complaints find() {
        for (const auto& [name, text] : all_) visit(name);
        return std::move(found_);
    }

private:
    void visit(const std::string& name) {
        if (done_.contains(name) || !all_.contains(name)) return;
        path_.push_back(name);
        for (const auto& include : all_.at(name).includes()) {
            const auto again = std::find(path_.begin(), path_.end(), include.name);
            if (again == path_.end()) {
                visit(include.name);
                continue;
            }
            std::string circle;
            for (auto at = again; at != path_.end(); ++at) circle += *at + " -> ";
            found_.push_back({shown(name), include.line, "a circle: " + circle + include.name});
        }
        path_.pop_back();
        done_.insert(name);
    }

    const std::map<std::string, source>& all_;
    std::vector<std::string> path_;
    std::set<std::string> done_;
    complaints found_;
};

complaints include_graph(const fs::path& root) {
    const auto all = headers(root);
    complaints result;
    for (const auto& [name, text] : all) {
        const auto here = level(name);
        if (!here) result.push_back({shown(name), 1, "its folder has no level"});
        for (const auto& include : text.includes()) {
            if (include.quoted)
                result.push_back({shown(name), include.line, "quotes: write <awsxx/...>"});
            if (!include.name.starts_with("awsxx/")) continue;
            const auto there = level(include.name);
            if (!all.contains(include.name))
                result.push_back({shown(name), include.line, "there is no " + include.name});
            else if (here && there && *there > *here)
                result.push_back({shown(name), include.line, "looks up to " + include.name});
        }
    }
    for (auto& circle : circles(all).find()) result.push_back(std::move(circle));
    return result;
}

// --- signer-alone: what only signs does not pull in libcurl -------------------------------------

complaints signer_alone(const fs::path& root) {
    const auto all = headers(root);
    complaints result;
    std::set<std::string> seen;
    std::vector<std::string> open{"awsxx/auth/sigv4.hpp"};
    if (!all.contains(open.front())) result.push_back({shown(open.front()), 1, "is not there"});
    while (!open.empty()) {
        const auto name = open.back();
        open.pop_back();
        if (!all.contains(name) || !seen.insert(name).second) continue;
        for (const auto& include : all.at(name).includes()) {
            open.push_back(include.name);
            if (include.name.starts_with("curl/"))
                result.push_back({shown(name), include.line, "the signer reaches libcurl"});
        }
    }
    return result;
}

// --- sizes: nothing outgrows what can be read in one go -----------------------------------------

constexpr int longest_header = 300;
constexpr int longest_service = 600;
constexpr int longest_function = 60;

complaints sizes(const fs::path& root) {
    complaints result;
    for (const auto& [name, text] : headers(root)) {
        const int limit = name.starts_with("awsxx/services/") ? longest_service : longest_header;
        if (text.lines() > limit)
            result.push_back(
                {shown(name), text.lines(),
                 std::to_string(text.lines()) + " lines; the limit is " + std::to_string(limit)});
        for (const auto& function : text.functions()) {
            const int length = function.last_line - function.first_line + 1;
            if (length > longest_function)
                result.push_back({shown(name), function.first_line,
                                  "a function of " + std::to_string(length) +
                                      " lines; the limit is " + std::to_string(longest_function)});
        }
    }
    return result;
}

/// For people: how long headers and functions are, those that are generated left out.
struct measured {
    int length{};
    std::string where{};
};

void print_lengths(const char* what, std::vector<measured> all) {
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return std::tie(a.length, b.where) > std::tie(b.length, a.where);
    });
    const auto at = [&](std::size_t percent) { return all[all.size() * percent / 100].length; };
    std::cout << all.size() << ' ' << what << ": median " << at(50) << ", 90 % up to " << at(10)
              << ", the longest\n";
    for (std::size_t i = 0; i < std::min<std::size_t>(all.size(), 5); ++i)
        std::cout << "  " << all[i].length << ' ' << all[i].where << '\n';
}

void print_lengths(const fs::path& root) {
    std::vector<measured> files;
    std::vector<measured> functions;
    for (const auto& [name, text] : headers(root)) {
        if (name.starts_with("awsxx/services/")) continue;
        files.push_back({text.lines(), shown(name)});
        for (const auto& one : text.functions())
            functions.push_back({one.last_line - one.first_line + 1,
                                 shown(name) + ":" + std::to_string(one.first_line)});
    }
    print_lengths("headers", std::move(files));
    print_lengths("functions", std::move(functions));
}

// --- foreign: another library is known where it is wrapped, and shows in no public signature ----

struct foreign_library {
    std::string_view name{};
    std::regex header{};  ///< Its headers, as they are included.
    std::regex word{};    ///< Its names in code.
    std::regex home{};    ///< The headers of ours that may know it.
    bool may_show{};      ///< Its types may stand in public signatures there.
};

std::vector<foreign_library> foreign_libraries() {
    const auto regex = [](const char* text) { return std::regex(text, std::regex::optimize); };
    return {
        {"libcurl", regex("curl/.*"),
         regex(
             R"(\b(CURL[A-Z]*(_\w+)?|curl_(easy|multi|share|slist|url|global|mime|ws|version)\w*|)"
             R"(curl_(off_t|socket_t|infotype|write_callback|read_callback))\b)"),
         regex("awsxx/http/curl_.*"), false},
        {"OpenSSL", regex("openssl/.*"),
         regex(
             R"(\b(SSL(_\w+)?|X509(_\w+)?|(EVP|OSSL|BIO|BN|EC|ECDSA|RSA|HMAC|SHA256|SHA512|PEM|ERR)_\w+|BIGNUM)\b)"),
         regex("awsxx/crypto/.*"), false},
        {"pugixml", regex("pugi(xml|config)\\.hpp"), regex(R"(\b(pugi::\w+|xml_node_struct)\b)"),
         regex("awsxx/codec/xml.*"), false},
        {"nlohmann/json", regex("nlohmann/.*"), regex(R"(\b(nlohmann::\w+|NLOHMANN_\w+)\b)"),
         regex("awsxx/(.*/)?document\\.hpp|awsxx/(cognito|appsync)/.*"), true},
        {"the operating system",
         regex(R"((sys|netinet|arpa|net)/.*|(unistd|fcntl|poll|pthread|dirent|dlfcn|netdb|spawn|)"
               R"(termios|pwd|grp|windows|winsock2|ws2tcpip|bcrypt|process|io|direct)\.h)"),
         regex(
             R"(\b(pthread_\w+|posix_spawn\w*|pollfd|epoll_\w+|sockaddr\w*|addrinfo|ssize_t|pid_t|)"
             R"(off_t|mode_t)\b|(^|[^\w:>])::(open|close|read|write|stat|fstat|unlink|rename|)"
             R"(mkdir|getpid|kill|socket|send|recv|poll|fork|nanosleep)\b)"),
         regex(R"(awsxx/core/(os|net|process)_(posix|windows)\.hpp)"), true},
    };
}

void look_for(const foreign_library& library, const std::string& name, const source& text,
              complaints& result) {
    const bool at_home = std::regex_match(name, library.home);
    const std::string of(library.name);
    for (const auto& include : text.includes())
        if (!at_home && std::regex_match(include.name, library.header))
            result.push_back({shown(name), include.line, "includes a header of " + of});
    for (const auto& statement : text.statements()) {
        std::smatch match;
        if (!std::regex_search(statement.text, match, library.word)) continue;
        if (!at_home)
            result.push_back({shown(name), statement.line, match.str() + " belongs to " + of});
        else if (statement.is_public && !library.may_show)
            result.push_back({shown(name), statement.line,
                              match.str() + " of " + of + " shows in a public signature"});
    }
}

complaints foreign(const fs::path& root) {
    complaints result;
    const auto libraries = foreign_libraries();
    for (const auto& [name, text] : headers(root))
        for (const auto& library : libraries) look_for(library, name, text, result);
    return result;
}

// --- form: how every header begins ---------------------------------------------------------------

complaints form(const fs::path& root) {
    complaints result;
    static const std::regex inline_namespace(R"(namespace\s+awsxx(?!::inline AWSXX_ABI))");
    for (const auto& [name, text] : headers(root)) {
        const auto lines = text.first_lines(2);
        if (lines[0] != "// SPDX-License-Identifier: MIT")
            result.push_back({shown(name), 1, "line 1 is not the licence"});
        if (!lines[1].starts_with("// ") || !lines[1].ends_with("."))
            result.push_back({shown(name), 2, "line 2 is not its promise, one sentence"});
        if (text.code().find("#pragma once") == std::string::npos)
            result.push_back({shown(name), 3, "no #pragma once"});
        std::smatch match;
        if (std::regex_search(text.code(), match, inline_namespace))
            result.push_back({shown(name), text.line_at(static_cast<std::size_t>(match.position())),
                              "write namespace awsxx::inline AWSXX_ABI"});
    }
    return result;
}

// --- std-includes: what a header uses of the standard library it includes itself ----------------

/// So that no header compiles by the luck of another's includes. A name that the table does not know
/// is refused as well: the table stays complete.
complaints std_includes(const fs::path& root) {
    static const std::regex use(R"(\bstd::(\w+))");
    static const auto known = checks::headers_of_std_names();
    complaints result;
    for (const auto& [name, text] : headers(root)) {
        std::set<std::string> included;
        for (const auto& include : text.includes()) included.insert(include.name);
        std::set<std::string> seen;
        const std::string& code = text.code();
        for (std::sregex_iterator at(code.begin(), code.end(), use), end; at != end; ++at) {
            const std::string used = (*at)[1].str();
            if (!seen.insert(used).second) continue;
            const auto line = text.line_at(static_cast<std::size_t>(at->position()));
            const auto homes = known.find(used);
            if (homes == known.end()) {
                result.push_back({shown(name), line, "std::" + used + " is not in the table"});
                continue;
            }
            const auto has = [&](const std::string& home) { return included.contains(home); };
            if (std::none_of(homes->second.begin(), homes->second.end(), has))
                result.push_back({shown(name), line,
                                  "std::" + used + " needs <" + *homes->second.begin() + ">"});
        }
    }
    return result;
}

// --- version: the one number, wherever it stands -------------------------------------------------

std::string first_match(const std::string& text, const char* pattern) {
    std::smatch match;
    return std::regex_search(text, match, std::regex(pattern)) ? match[1].str() : "none";
}

complaints version(const fs::path& root) {
    const auto project =
        first_match(read(root / "CMakeLists.txt"), R"(project\(awsxx VERSION (\d+\.\d+\.\d+))");
    const auto text = read(root / "include/awsxx/core/version.hpp");
    const std::string define = R"(#define AWSXX_VERSION_)";
    const auto part = [&](const char* which) {
        return first_match(text, (define + which + R"( (\d+))").c_str());
    };
    const auto parts = part("MAJOR") + "." + part("MINOR") + "." + part("PATCH");
    const auto spelled = first_match(text, (define + R"re(STRING "([^"]*)")re").c_str());
    const auto told = first_match(read(root / "CHANGELOG.md"), R"re(## [^\n]*?(\d+\.\d+\.\d+))re");
    const auto major_minor = first_match(text, R"(AWSXX_ABI v(\d+_\d+)_)");

    complaints result;
    const auto expect = [&](const char* file, const std::string& found, const std::string& wanted) {
        if (found != wanted)
            result.push_back({file, 1, "says version " + found + ", the project " + wanted});
    };
    expect("include/awsxx/core/version.hpp", parts, project);
    expect("include/awsxx/core/version.hpp", spelled, project);
    expect("CHANGELOG.md", told, project);
    auto short_form = major_minor;
    std::replace(short_form.begin(), short_form.end(), '_', '.');
    expect("include/awsxx/core/version.hpp", short_form, project.substr(0, project.rfind('.')));
    return result;
}

// --- markers: nothing is left half-done -----------------------------------------------------------

complaints markers(const fs::path& root) {
    static const std::regex unfinished(
        R"(\b(TODO|FIXME|XXX|HACK|not implemented|unimplemented)\b)");
    complaints result;
    for (const auto* folder : {"include", "examples", "tools", "cmake"}) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            if (!entry.is_regular_file()) continue;
            std::istringstream in(read(entry.path()));
            int number = 0;
            for (std::string line; std::getline(in, line);) {
                ++number;
                std::smatch match;
                if (std::regex_search(line, match, unfinished))
                    result.push_back({entry.path().lexically_relative(root).generic_string(),
                                      number, "left over: " + match.str()});
            }
        }
    }
    return result;
}

// --- error-codes: docs/error-codes.md names every code of the library's own, and no other ---------

/// A header without the lines that are comments.
std::string without_comment_lines(const std::string& text) {
    std::string result;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line); result += line + '\n')
        if (line.find("//") == line.find_first_not_of(' ')) line.clear();
    return result;
}

/// Where codes stand besides the calls of `error_makers`: behind `.code`, and in constants.
const std::vector<std::regex>& places_of_codes() {
    static const auto regex = [](const char* text) {
        return std::regex(text, std::regex::optimize);
    };
    static const std::vector<std::regex> all = {
        regex(R"re(\.code = "([A-Z]\w+)")re"),
        regex(R"re(\.code = [^",;]*\? "([A-Z]\w+)"(?: : "([A-Z]\w+)")?)re"),
        regex(R"re(\b(?:failure|broken|code) = "([A-Z]\w+)")re"),
    };
    return all;
}

/// What stands behind `.code` where that is a name, with its place.
std::vector<std::pair<std::string, std::size_t>> named_codes(const std::string& text) {
    static const std::regex use(
        R"re(\.code = (?:[^",;]*\? "\w+" : )?(?:std::(?:string|move)\()?(\w+)\b(?![\w(:.]|->))re");
    std::vector<std::pair<std::string, std::size_t>> result;
    for (std::sregex_iterator at(text.begin(), text.end(), use), end; at != end; ++at)
        result.emplace_back((*at)[1].str(), static_cast<std::size_t>(at->position()));
    return result;
}

/// Arguments or parameters up to the closing bracket; commas in brackets and literals part nothing.
std::vector<std::string> arguments(std::string_view text) {
    std::vector<std::string> result(1);
    int depth = 0;
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '"' && (at == 0 || text[at - 1] != '\\')) quoted = !quoted;
        if (!quoted && std::string_view("([{").find(c) != std::string_view::npos) ++depth;
        if (!quoted && std::string_view(")]}").find(c) != std::string_view::npos && depth-- == 0)
            return result;
        if (!quoted && c == ',' && depth == 0)
            result.emplace_back();
        else
            result.back() += c;
    }
    return result;
}

/// Functions that put one of their arguments into `.code`, and which one that is.
using error_makers = std::set<std::pair<std::string, std::size_t>>;

/// The function around a place, and which of its parameters has that name; nothing: none has.
std::optional<error_makers::value_type> maker_around(const std::string& text, std::size_t place,
                                                     const std::string& name) {
    static const std::regex opening(R"re((\w+)(?: = \[[^\]\n]*\])?\()re");
    constexpr std::size_t longest = 2500;
    const std::regex parameter("[^\"(;{]*(?:char\\*(?: const)?|string_view|string&?) " + name +
                               "(?: = [^;{]*)?");
    const auto to = text.begin() + static_cast<std::ptrdiff_t>(place);
    const auto from = to - static_cast<std::ptrdiff_t>(std::min(place, longest));
    std::optional<error_makers::value_type> found;
    for (std::sregex_iterator at(from, to, opening), end; at != end; ++at) {
        const auto all =
            arguments({&*((*at)[0].second), static_cast<std::size_t>(to - (*at)[0].second)});
        for (std::size_t i = 0; i < all.size(); ++i)
            if (std::regex_match(all[i], parameter)) found.emplace((*at)[1].str(), i);
    }
    return found;
}

error_makers makers_in(const std::string& text) {
    error_makers result;
    for (const auto& [name, place] : named_codes(text))
        if (const auto maker = maker_around(text, place, name)) result.insert(*maker);
    return result;
}

/// Codes of the library's own, with their places.
using codes_found = std::vector<std::pair<std::string, std::size_t>>;

void find_called(const std::string& text, const error_makers& makers, codes_found& into) {
    static const std::regex code(R"re("([A-Z]\w+)")re");
    static const std::regex call(R"re(\b(\w+)(?:<[^<>();]*>)?\()re", std::regex::optimize);
    for (std::sregex_iterator at(text.begin(), text.end(), call), end; at != end; ++at)
        for (auto one = makers.lower_bound({(*at)[1].str(), 0});
             one != makers.end() && one->first == (*at)[1].str(); ++one) {
            const auto begin = static_cast<std::size_t>(at->position() + at->length());
            const auto given = arguments(std::string_view(text).substr(begin, 2500));
            if (one->second >= given.size()) continue;
            const std::string& which = given[one->second];
            for (std::sregex_iterator in(which.begin(), which.end(), code); in != end; ++in)
                into.emplace_back((*in)[1].str(), static_cast<std::size_t>(at->position()));
        }
}

/// Constants of that file that stand behind `.code`.
void find_constants(const std::string& text, codes_found& into) {
    for (const auto& [name, place] : named_codes(text)) {
        const std::regex constant("\\b" + name + "(?:\\[\\])? = \"([A-Z]\\w+)\"");
        for (std::sregex_iterator at(text.begin(), text.end(), constant), end; at != end; ++at)
            into.emplace_back((*at)[1].str(), static_cast<std::size_t>(at->position()));
    }
}

complaints undocumented(const std::string& name, const std::string& text,
                        const std::set<std::string>& known, const error_makers& makers) {
    codes_found found;
    for (const auto& place : places_of_codes())
        for (std::sregex_iterator at(text.begin(), text.end(), place), end; at != end; ++at)
            for (std::size_t group = 1; group < at->size(); ++group)
                found.emplace_back((*at)[group].str(), static_cast<std::size_t>(at->position()));
    find_called(text, makers, found);
    find_constants(text, found);
    complaints result;
    std::set<std::string> seen;
    for (const auto& [code, place] : found) {
        if (code.empty() || known.contains(code) || !seen.insert(code).second) continue;
        const auto where = text.begin() + static_cast<std::ptrdiff_t>(place);
        result.push_back({name, 1 + static_cast<int>(std::count(text.begin(), where, '\n')),
                          code + " is not in docs/error-codes.md"});
    }
    return result;
}

/// The codes in the first column of the page's tables, with their lines.
std::multimap<std::string, int> documented_codes(const std::string& page) {
    static const std::regex code(R"(`([A-Z]\w+)`)");
    std::multimap<std::string, int> result;
    std::istringstream in(page);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (!line.starts_with("| `")) continue;
        const auto column = line.substr(0, line.find(" | "));
        for (std::sregex_iterator at(column.begin(), column.end(), code), end; at != end; ++at)
            result.emplace((*at)[1].str(), number);
    }
    return result;
}

complaints error_codes(const fs::path& root) {
    const std::string page = "docs/error-codes.md";
    const auto documented = documented_codes(fs::exists(root / page) ? read(root / page) : "");
    std::set<std::string> known;
    for (const auto& [code, line] : documented) known.insert(code);
    complaints result;
    std::string everything;
    std::map<std::string, std::string> texts;
    error_makers makers;
    for (const auto& [name, unused] : headers(root)) {
        if (name.starts_with("awsxx/services/")) continue;
        const auto text = without_comment_lines(read(root / "include" / name));
        everything += text;
        if (name.starts_with("awsxx/testing/fake_aws")) continue;  // there it is AWS that speaks
        makers.merge(makers_in(text));
        texts.emplace(name, text);
    }
    for (const auto& [name, text] : texts) {
        auto found = undocumented(shown(name), text, known, makers);
        result.insert(result.end(), found.begin(), found.end());
    }
    for (const auto& [code, line] : documented)
        if (documented.lower_bound(code)->second != line)
            result.push_back({page, line, code + " is told of twice"});
        else if (everything.find('"' + code + '"') == std::string::npos)
            result.push_back({page, line, code + " is nowhere in the library"});
    return result;
}

// --- links: what the documentation refers to is there --------------------------------------------

complaints links(const fs::path& root) {
    static const std::regex link(R"(\]\(([^)#:]+)(#[^)]*)?\))");
    std::vector<fs::path> pages;
    for (const auto& entry : fs::directory_iterator(root)) pages.push_back(entry.path());
    if (fs::exists(root / "docs"))
        for (const auto& entry : fs::recursive_directory_iterator(root / "docs"))
            pages.push_back(entry.path());
    complaints result;
    for (const auto& page : pages) {
        if (page.extension() != ".md") continue;
        std::istringstream in(read(page));
        int number = 0;
        bool code = false;
        for (std::string line; std::getline(in, line);) {
            ++number;
            if (line.starts_with("```")) code = !code;
            if (code) continue;
            for (std::sregex_iterator at(line.begin(), line.end(), link), end; at != end; ++at)
                if (!fs::exists(page.parent_path() / (*at)[1].str()))
                    result.push_back({page.lexically_relative(root).generic_string(), number,
                                      "there is no " + (*at)[1].str()});
        }
    }
    return result;
}

// --- running them ---------------------------------------------------------------------------------

using check = complaints (*)(const fs::path&);

const std::map<std::string, check, std::less<>> all_checks = {
    {"include-graph", include_graph},
    {"signer-alone", signer_alone},
    {"sizes", sizes},
    {"foreign", foreign},
    {"form", form},
    {"std-includes", std_includes},
    {"version", version},
    {"markers", markers},
    {"error-codes", error_codes},
    {"links", links},
};

std::string to_text(const complaints& found) {
    std::string text;
    for (const auto& [file, line, what] : found)
        text += file + ":" + std::to_string(line) + ": " + what + "\n";
    return text;
}

bool passes_all(const fs::path& root) {
    bool good = true;
    for (const auto& [name, run] : all_checks) {
        const auto found = to_text(run(root));
        good &= found.empty();
        if (!found.empty()) std::cerr << name << " complains about a good tree:\n" << found;
    }
    return good;
}

bool refuses(const fs::path& fixture) {
    const auto folder = fixture.filename().string();
    const auto run = all_checks.find(folder.substr(0, folder.find('.')));
    if (run == all_checks.end()) {
        std::cerr << folder << ": names no check\n";
        return false;
    }
    const auto found = to_text(run->second(fixture));
    std::istringstream expected(read(fixture / "expected.txt"));
    bool good = true;
    int asked = 0;
    for (std::string line; std::getline(expected, line); ++asked) {
        if (found.find(line) != std::string::npos) continue;
        std::cerr << folder << ": does not complain \"" << line << "\", but\n" << found;
        good = false;
    }
    if (asked == 0) std::cerr << folder << ": has no expected.txt\n";
    return good && asked > 0;
}

int self_test(const fs::path& fixtures) {
    std::set<std::string> covered;
    bool good = true;
    int count = 0;
    for (const auto& entry : fs::directory_iterator(fixtures)) {
        const auto name = entry.path().filename().string();
        good &= name == "good" ? passes_all(entry.path()) : refuses(entry.path());
        covered.insert(name.substr(0, name.find('.')));
        ++count;
    }
    for (const auto& [name, run] : all_checks) {
        if (covered.contains(name)) continue;
        std::cerr << "no fixture shows that " << name << " refuses anything\n";
        good = false;
    }
    std::cout << count << " fixtures\n";
    return good && covered.contains("good") ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "self-test") return self_test(argv[2]);
    if (argc == 3 && std::string_view(argv[1]) == "lengths") return print_lengths(argv[2]), 0;
    const auto run = argc == 3 ? all_checks.find(argv[1]) : all_checks.end();
    if (run == all_checks.end()) {
        std::cerr
            << "usage: check_tree CHECK ROOT | check_tree lengths ROOT | check_tree self-test "
               "FIXTURES\nchecks:";
        for (const auto& [name, unused] : all_checks) std::cerr << ' ' << name;
        std::cerr << '\n';
        return 2;
    }
    const auto found = run->second(argv[2]);
    std::cerr << to_text(found);
    return found.empty() ? 0 : 1;
}
