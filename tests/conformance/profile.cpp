// SPDX-License-Identifier: MIT
// The suite profile: what the shared files say, and where they are.
#include <awsxx/config/profile_file.hpp>
#include <awsxx/config/resolved.hpp>

#include "suites.hpp"

#include <support/fake_environment.hpp>

namespace conformance {

namespace {

namespace config = awsxx::config;

json object_of(const config::sections& all) {
    json object = json::object();
    for (const auto& [name, properties] : all) {
        json& one = object[name] = json::object();
        for (const auto& [key, value] : properties) one[key] = value.text;
    }
    return object;
}

json parse(const json& input) {
    const auto read = config::parse_profile_file(
        text_of(input, "config"), text_of(input, "credentials"), {"config", "credentials"});
    if (!read) return answer::failure(read.error());
    return answer::output({{"profiles", object_of(read->profiles)},
                           {"sso_sessions", object_of(read->sso_sessions)},
                           {"services", object_of(read->services)}});
}

json locate(const json& input) {
    test::fake_environment here;
    for (const auto& [name, value] : input.at("env").items()) here.set(name, value);
    const auto where =
        input.at("platform") == "windows" ? config::platform::windows : config::platform::posix;
    const config::file_locations found = config::locate_files(here, where);
    return answer::output({{"profile", config::find_profile_name({}, here).value},
                           {"config", found.config},
                           {"credentials", found.credentials}});
}

}  // namespace

json profile(const std::string& mode, const json& input) {
    if (mode == "parse") return parse(input);
    if (mode == "location") return locate(input);
    return answer::unsupported("mode " + mode);
}

}  // namespace conformance
