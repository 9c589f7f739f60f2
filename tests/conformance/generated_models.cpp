// SPDX-License-Identifier: MIT
#include "generated_models.hpp"

#include <generated_with.hpp>

#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conformance {

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

std::string shell_word(const std::string& word) {
    return "'" + std::regex_replace(word, std::regex("'"), "'\\''") + "'";
}

std::string hash(const std::string& text) {
    std::ostringstream out;
    out << std::hex << std::hash<std::string>{}(text);
    return out.str();
}

/// Changes whenever the driver was built anew, and with it perhaps the library.
std::string build_stamp() {
    struct stat about {};
    ::stat("/proc/self/exe", &about);
    return std::to_string(about.st_mtim.tv_sec) + "." + std::to_string(about.st_mtim.tv_nsec);
}

const fs::path& workplace() {
    static const fs::path place = [] {
        fs::path made =
            fs::temp_directory_path() / ("awsxx-conformance-" + std::to_string(getuid()));
        fs::create_directories(made);
        fs::permissions(made, fs::perms::owner_all);
        return made;
    }();
    return place;
}

/// Runs a command; throws with what it says if it fails.
std::string run(const std::string& command, const fs::path& log) {
    const int status = std::system((command + " > " + shell_word(log) + " 2>&1").c_str());
    std::string said = read(log);
    if (status != 0) throw std::runtime_error(said.substr(0, 2000) + " (from " + command + ")");
    return said;
}

void reach(const ordered_json& shapes, const std::string& id, std::set<std::string>& seen,
           std::set<std::string>& operations) {
    if (!seen.insert(id).second || !shapes.contains(id)) return;
    const ordered_json& shape = shapes.at(id);
    for (const auto* list : {"operations", "collectionOperations"})
        for (const auto& one : shape.value(list, ordered_json::array()))
            operations.insert(one.value("target", ""));
    for (const auto* one : {"create", "put", "read", "update", "delete", "list"})
        if (shape.contains(one)) operations.insert(shape.at(one).value("target", ""));
    for (const auto& one : shape.value("resources", ordered_json::array()))
        reach(shapes, one.value("target", ""), seen, operations);
}

model_file load(const std::string& path) {
    model_file file{.path = path, .ast = ordered_json::parse(read(path), nullptr, false)};
    if (!file.ast.is_object()) throw std::runtime_error(path + " is no model");
    for (const auto& [id, shape] : file.ast.at("shapes").items())
        if (shape.value("type", "") == "service" && file.service.empty()) file.service = id;
    std::set<std::string> seen;
    reach(file.ast.at("shapes"), file.service, seen, file.operations);
    return file;
}

std::map<std::string, std::string>& paths() {
    static std::map<std::string, std::string> all;
    return all;
}
std::map<std::string, std::set<std::string>>& wanted() {
    static std::map<std::string, std::set<std::string>> all;
    return all;
}

/// What the generator makes of a model: a header, and the names of what is in it.
struct generated {
    fs::path folder{};
    std::string name_space{};
    std::string header{};
};

std::string identifier_of(const std::string& name) {
    return "m_" + std::regex_replace(name, std::regex("[^A-Za-z0-9]"), "_");
}

generated generate(const std::string& name, const std::string& options) {
    generated made{.folder = workplace() / identifier_of(name), .name_space = identifier_of(name)};
    fs::create_directories(made.folder);
    run(shell_word(AWSXX_TEST_GENERATOR) + " --model " + shell_word(paths().at(name)) +
            " --namespace " + made.name_space + " --out " + shell_word(made.folder) + options,
        made.folder / "generator.log");
    made.header = read(made.folder / (made.name_space + ".hpp"));
    return made;
}

/// The structures of a header that have a constant of this kind in their tables.
std::vector<std::string> structures_with(const std::string& header, const std::string& constant) {
    std::vector<std::string> found;
    std::istringstream in(header);
    std::string current;
    constexpr std::string_view before = "struct shapes::";
    constexpr std::string_view after = "<D>::wire {";
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with(before) && line.ends_with(after))
            current = line.substr(before.size(), line.size() - before.size() - after.size());
        else if (line.find("static constexpr " + constant) != std::string::npos)
            found.push_back(current);
    }
    return found;
}

std::string compiler() {
    return std::string(AWSXX_TEST_COMPILER) + " -std=c++20 -O0 " + AWSXX_TEST_FLAGS + " ";
}

std::string source_start(const generated& made) {
    return "#include <kept_order.hpp>\n#include \"" + made.name_space +
           ".hpp\"\n"
           "#include <generated_service.hpp>\n";
}

std::string source_of_tables(const generated& made) {
    std::string text = source_start(made);
    const auto list = [&](const char* kind, const char* constant) {
        const auto names = structures_with(made.header, constant);
        text +=
            "static constexpr conformance::" + std::string(kind) + "_entry " + kind + "s[] = {\n";
        for (const auto& name : names)
            text += "    conformance::" + std::string(kind) + "_of<awsxx::" + made.name_space +
                    "::" + name + ">(),\n";
        if (names.empty()) text += "    {},\n";
        text += "};\n";
    };
    list("operation", "model::operation operation{");
    list("error", "model::error_shape error{");
    return text +
           "extern \"C\" const conformance::service_table awsxx_service_table;\n"
           "const conformance::service_table awsxx_service_table{operations, errors};\n";
}

const service_table& load_table(const generated& made) {
    const std::string source = source_of_tables(made);
    const std::string key = hash(made.header + source + compiler() + build_stamp());
    const fs::path library = made.folder / (key + ".so");
    if (!fs::exists(library)) {
        write(made.folder / "tables.cpp", source);
        const fs::path draft = library.string() + ".new";
        run(compiler() + "-fPIC -shared " + shell_word(made.folder / "tables.cpp") + " -o " +
                shell_word(draft),
            made.folder / "compiler.log");
        fs::rename(draft, library);
    }
    void* const loaded = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (loaded == nullptr) throw std::runtime_error(::dlerror());
    const void* const table = ::dlsym(loaded, "awsxx_service_table");
    if (table == nullptr) throw std::runtime_error("no table in " + library.string());
    return *static_cast<const service_table*>(table);
}

}  // namespace

void define_model(const std::string& line) {
    const ordered_json parsed = ordered_json::parse(line, nullptr, false);
    if (!parsed.is_object() || parsed.value("define", "") != "model") return;
    const std::string name = parsed.value("name", "");
    if (parsed.contains("path")) {
        paths()[name] = parsed.at("path");
    } else if (parsed.contains("model")) {
        const fs::path file = workplace() / (identifier_of(name) + ".json");
        write(file, parsed.at("model").dump());
        paths()[name] = file;
    }
}

void note_operation(const std::string& model, const std::string& operation) {
    wanted()[model].insert(operation.substr(operation.find('#') + 1));
}

const model_file* find_model(const std::string& name) {
    static std::map<std::string, model_file> all;
    const auto known = all.find(name);
    if (known != all.end()) return &known->second;
    const auto path = paths().find(name);
    return path == paths().end() ? nullptr : &(all[name] = load(path->second));
}

const service_table& compiled_service(const std::string& model) {
    static std::map<std::string, service_table> all;
    static std::map<std::string, std::string> failed;
    if (const auto known = all.find(model); known != all.end()) return known->second;
    if (const auto known = failed.find(model); known != failed.end())
        throw std::runtime_error(known->second);
    std::string options = " --presence --map conformance::kept_order";
    if (const auto& asked = wanted()[model]; !asked.empty()) {
        options += " --operations ";
        for (const auto& one : asked) options += (one == *asked.begin() ? "" : ",") + one;
    }
    try {
        return all[model] = load_table(generate(model, options));
    } catch (const std::exception& problem) {
        failed[model] = problem.what();
        throw;
    }
}

void compile_all(const std::string& model) {
    const generated made = generate(model, "");
    std::string source = source_start(made) + "const void* const all_of_it[] = {\n";
    for (const auto& name : structures_with(made.header, "model::operation operation{")) {
        const std::string type = "awsxx::" + made.name_space + "::" + name;
        source += "    &" + type + "::wire<void>::operation,\n";
        source += "    (static_cast<void>(sizeof(" + type + ")), static_cast<void>(sizeof(" + type +
                  "::output)), nullptr),\n";
    }
    write(made.folder / "all.cpp", source + "};\n");
    run(compiler() + "-fsyntax-only " + shell_word(made.folder / "all.cpp"),
        made.folder / "compiler.log");
}

}  // namespace conformance
