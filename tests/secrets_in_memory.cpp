// SPDX-License-Identifier: MIT
// Secrets come into a program on every way there is, are used, and are dropped with all that had them. Then whatever
// this process can write to is searched for them: what a core dump would show.
#include <awsxx/async.hpp>
#include <awsxx/credentials/default_chain.hpp>
#include <awsxx/credentials/login_token.hpp>
#include <awsxx/credentials/static.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/ec_keys.hpp>

#include <bitset>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace awsxx;

// --- secrets that nobody knows by heart --------------------------------------------------------

constexpr std::size_t length = 48;
/// Freed memory loses its first bytes: any whole piece of a secret that is left is a finding.
constexpr std::size_t window = 12;

/// A letter of the secret that a text has as "@k". Nothing but this knows it, one letter at a time.
char letter(char of, std::size_t at) {
    std::uint64_t state = static_cast<std::uint64_t>(of) * 1000 + at;
    state = (state ^ (state >> 31)) * 0x9e3779b97f4a7c15u;
    state = (state ^ (state >> 29)) * 0xbf58476d1ce4e5b9u;
    const auto number = static_cast<unsigned>((state >> 33) % 52);
    return static_cast<char>(number < 26 ? 'A' + number : 'a' + (number - 26));
}

/// The text with its secrets, written where they stay: no other place ever has them.
std::string filled(std::string_view text) {
    std::string whole;
    whole.reserve(text.size() * (length / 2 + 1));
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '@') {
            whole += text[i];
            continue;
        }
        const char of = text[++i];
        for (std::size_t at = 0; at < length; ++at) whole += letter(of, at);
    }
    return whole;
}

// --- the search --------------------------------------------------------------------------------

/// Looks at all memory that can be written, in place.
class search {
public:
    struct finding {
        const char* at;
        std::size_t before;
        char of;
    };

    search() {
        for (char of = 'a'; of <= 'z'; ++of)
            for (std::size_t at = 0; at < length; at += window) {
                std::uint64_t begin = 0;
                for (std::size_t i = 8; i-- > 0;)
                    begin = begin << 8 | static_cast<unsigned char>(letter(of, at + i));
                known_.set(place(begin));
            }
    }

    /// How many pieces there are; -1: that cannot be found out.
    int run() {
        std::FILE* const maps = std::fopen("/proc/self/maps", "r");
        if (maps == nullptr) return -1;
        found_.clear();
        char line[512];
        while (std::fgets(line, sizeof line, maps) != nullptr) {
            unsigned long begin = 0, end = 0;
            char access[5] = {};
            if (std::sscanf(line, "%lx-%lx %4s", &begin, &end, access) != 3) continue;
            if (access[0] == 'r' && access[1] == 'w')
                look(reinterpret_cast<const char*>(begin), end - begin);
        }
        std::fclose(maps);
        return static_cast<int>(found_.size());
    }

    /// What was found, and the text before it.
    void tell() const {
        for (const finding& one : found_) {
            std::printf("a piece of @%c at %p, behind \"", one.of,
                        static_cast<const void*>(one.at));
            for (const char* c = one.at - one.before; c != one.at; ++c)
                std::putchar(*c >= ' ' && *c <= '~' ? *c : '.');
            std::printf("\"\n");
        }
    }

private:
    static std::size_t place(std::uint64_t begin) {
        return static_cast<std::size_t>(begin * 0x9e3779b97f4a7c15u >> 48);
    }

    void look(const char* at, std::size_t size) {
        for (std::size_t i = 0; i + window <= size; ++i) {
            std::uint64_t begin = 0;
            std::memcpy(&begin, at + i, sizeof begin);
            if (begin == 0 || !known_.test(place(begin))) continue;
            if (const char of = secret_at(at + i))
                found_.push_back({at + i, i < 160 ? i : 160, of});
        }
    }

    static char secret_at(const char* text) {
        for (char of = 'a'; of <= 'z'; ++of)
            for (std::size_t at = 0; at < length; at += window) {
                std::size_t same = 0;
                while (same < window && text[same] == letter(of, at + same)) ++same;
                if (same == window) return of;
            }
        return '\0';
    }

    std::bitset<65536> known_{};
    std::vector<finding> found_{};
};

// --- a world that hands secrets out ------------------------------------------------------------

using texts = std::map<std::string, std::string, std::less<>>;

/// Texts have their secrets only when somebody asks.
class planting_environment final : public environment {
public:
    explicit planting_environment(texts all) : all_(std::move(all)) {}
    std::optional<std::string> get(std::string_view name) const override {
        const auto found = all_.find(name);
        if (found == all_.end()) return {};
        return filled(found->second);
    }

private:
    texts all_;
};

class planting_files final : public file_system {
public:
    explicit planting_files(texts all) : all_(std::move(all)) {}
    expected<std::string> read(const std::string& path, std::size_t) const override {
        const auto found = all_.find(path);
        if (found != all_.end()) return filled(found->second);
        return error{.kind = error_kind::not_found, .code = "FileNotFound", .message = path};
    }
    expected<void> write(const std::string&, std::string_view) override { return {}; }

private:
    texts all_;
};

class planting_programs final : public process_runner {
public:
    expected<process_output> run(const std::vector<std::string>&, const process_limits&) override {
        return process_output{
            .out = filled(R"({"Version":1,"AccessKeyId":"ASIA","SecretAccessKey":"@p",)"
                          R"("SessionToken":"@q","Expiration":"2026-01-01T01:00:00Z"})"),
            .err = filled("a note about @p\n")};
    }
};

constexpr std::string_view sts_keys =
    "<OResponse><OResult><Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>@s"
    "</SecretAccessKey><SessionToken>@t</SessionToken><Expiration>2026-01-01T01:00:00Z"
    "</Expiration></Credentials></OResult></OResponse>";
constexpr std::string_view metadata_keys =
    R"({"Code":"Success","AccessKeyId":"ASIA","SecretAccessKey":"@m",)"
    R"("Token":"@n","Expiration":"2026-01-01T01:00:00Z"})";
constexpr std::string_view sso_keys =
    R"({"roleCredentials":{"accessKeyId":"ASIA","secretAccessKey":"@o",)"
    R"("sessionToken":"@r","expiration":1767229200000}})";
constexpr std::string_view oidc_token =
    R"({"accessToken":"@u","tokenType":"Bearer","expiresIn":28800,"refreshToken":"@v"})";
constexpr std::string_view signin_keys =
    R"({"accessToken":{"accessKeyId":"NEW","secretAccessKey":"@w","sessionToken":"@x"},)"
    R"("tokenType":"aws_sigv4","expiresIn":900,"refreshToken":"@y","idToken":"@z"})";

/// AWS, as far as it hands out secrets.
class planting_transport {
public:
    expected<http::response> send(const http::request& what, const http::exchange&) {
        const auto at = [&](std::string_view host) {
            return what.target.host.find(host) != std::string::npos;
        };
        if (what.body.bytes().find("GetCallerIdentity") != std::string_view::npos)
            return said(
                "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>a</Arn>"
                "</GetCallerIdentityResult></GetCallerIdentityResponse>");
        if (at("portal.")) return said(sso_keys);
        if (at("oidc.")) return said(oidc_token);
        if (at("signin")) return said(signin_keys);
        if (at("sts.")) return said(sts_keys);
        if (what.method == "PUT") return said("@l");
        if (what.target.path.ends_with("/security-credentials/")) return said("role");
        return said(metadata_keys);
    }

private:
    static http::response said(std::string_view text) {
        return {.status = 200, .headers = {}, .body = filled(text)};
    }
};

int calls = 0;

/// A session from its first call to the renewal of its keys, and a role on top of it.
void live(const texts& variables, const texts& files, const char* name,
          std::shared_ptr<credentials_provider> own = {}) {
    const auto time = std::make_shared<testing::fake_clock>();
    settings choices;
    choices.region = "eu-west-1";
    choices.credentials_cache.mode = credentials_files::use::read_write;
    choices.outside = testing::isolated_world(time);
    texts all = variables;
    all.emplace("HOME", "/h");
    choices.outside.environment = std::make_shared<planting_environment>(std::move(all));
    choices.outside.files = std::make_shared<planting_files>(files);
    choices.outside.processes = std::make_shared<planting_programs>();
    if (!own) own = default_chain(std::make_shared<const runtime::configuration>(choices));
    const basic_session<planting_transport> session(std::move(own), choices,
                                                    std::make_shared<planting_transport>());
    const auto role = session.try_assume_role({.role_arn = "arn:aws:iam::111122223333:role/next"});
    for (int i = 0; i < 2; ++i) {
        for (const auto* one : {&session, &*role}) {
            const auto who = one->try_whoami();
            if (!who) {
                std::printf("%s: %s\n", name, to_string(who.error()).c_str());
                std::exit(EXIT_FAILURE);
            }
            ++calls;
            static_cast<void>(one->explain());
        }
        time->advance(std::chrono::minutes(59));
    }
}

texts config(const std::string& text) { return {{"/h/.aws/config", text}}; }

void live_with_keys() {
    live({}, {}, "keys in code",
         std::make_shared<static_credentials>(credentials{.access_key_id = "AKID",
                                                          .secret_access_key = filled("@a"),
                                                          .session_token = filled("@b")}));
    live({{"AWS_ACCESS_KEY_ID", "AKID"},
          {"AWS_SECRET_ACCESS_KEY", "@a"},
          {"AWS_SESSION_TOKEN", "@b"},
          {"AWS_BEARER_TOKEN_BEDROCK", "@c"}},
         {}, "environment");
    live({},
         config("[default]\nrole_arn = arn:aws:iam::111122223333:role/r\nexternal_id = x\n"
                "source_profile = keys\n[profile keys]\naws_access_key_id = AKID\n"
                "aws_secret_access_key = @a\naws_session_token = @b\n"),
         "shared files");
}

void live_with_logins() {
    live({}, config("[default]\ncredential_process = /bin/keys\n"), "process");
    texts sso = config(
        "[default]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = r\n"
        "[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.example\n");
    sso["/h/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json"] =
        R"({"accessToken":"@f","expiresAt":"2026-01-01T00:03:00Z","clientId":"c",)"
        R"("clientSecret":"@g","registrationExpiresAt":"2026-03-01T00:00:00Z",)"
        R"("refreshToken":"@h"})";
    live({}, sso, "SSO");
    texts login = config("[default]\nlogin_session = me\n");
    std::string key;
    for (const char c : std::string_view(test::sec1_pem))
        key += c == '\n' ? std::string("\\n") : std::string(1, c);
    login[login_token_path({.login_session = "me"}, planting_environment(texts{{"HOME", "/h"}}))] =
        R"({"accessToken":{"accessKeyId":"OLD","secretAccessKey":"@i","sessionToken":"@j",)"
        R"("expiresAt":"2026-01-01T00:01:00Z"},"clientId":"c","refreshToken":"@k",)"
        R"("idToken":"@z","dpopKey":")" +
        key + "\"}";
    live({}, login, "console login");
}

void live_on_machines() {
    live({{"AWS_WEB_IDENTITY_TOKEN_FILE", "/h/token"},
          {"AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/r"}},
         {{"/h/token", "@d"}}, "web identity");
    live({{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/me"},
          {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "@c"}},
         {}, "container");
    live({}, {}, "instance metadata");
}

/// By libcurl, to a port where nobody listens.
void live_with_curl() {
    const session by(credentials{.access_key_id = "AKID",
                                 .secret_access_key = filled("@a"),
                                 .session_token = filled("@b")},
                     {.region = "eu-west-1",
                      .endpoint_url = "http://127.0.0.1:1",
                      .max_attempts = 1,
                      .outside = testing::isolated_world(nullptr)});
    static_cast<void>(by.try_whoami());
    event_loop on;
    by.async_call(on, sts::get_caller_identity{}, [](const auto&) { ++calls; });
    on.run();
}

}  // namespace

int main() {
    search all;
    {
        const secret held(filled("@a"));
        if (all.run() != length / window) return EXIT_FAILURE;
    }
    // Each thread remembers what it used last, as long as it lives.
    std::thread([] {
        live_with_keys();
        live_with_logins();
        live_on_machines();
        live_with_curl();
    }).join();
    const int left = all.run();
    all.tell();
    std::printf("%d calls, %d pieces of secrets left\n", calls, left);
    return left == 0 && calls == 37 ? EXIT_SUCCESS : EXIT_FAILURE;
}
