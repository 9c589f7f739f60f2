// SPDX-License-Identifier: MIT
#include <awsxx/core/system.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

/// A folder of its own for a test, removed with all that is in it.
class scratch_folder {
public:
    scratch_folder() {
        std::string path = (std::filesystem::temp_directory_path() / "awsxx-test-XXXXXX").string();
        if (const char* made = ::mkdtemp(path.data())) path_ = made;
    }
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;
    ~scratch_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::string path(const std::string& name) const { return path_ + "/" + name; }
    auto entries(const std::string& name) const {
        const std::filesystem::directory_iterator all(path(name));
        return std::distance(begin(all), end(all));
    }

private:
    std::string path_{};
};

/// A copy of this process, which does nothing until it is killed at the end of this one's life.
class child_that_waits {
public:
    child_that_waits() : id_(::fork()) {
        if (id_ == 0)
            for (;;) ::pause();
    }
    child_that_waits(const child_that_waits&) = delete;
    child_that_waits& operator=(const child_that_waits&) = delete;
    ~child_that_waits() {
        if (id_ < 0) return;
        ::kill(id_, SIGKILL);
        ::waitpid(id_, nullptr, 0);
    }

private:
    pid_t id_;
};

unsigned mode_of(const std::string& path) {
    struct stat about {};
    REQUIRE(::stat(path.c_str(), &about) == 0);
    return about.st_mode & 0777u;
}

}  // namespace

TEST_CASE("environment: tells a variable that is empty from one that is absent") {
    ::setenv("AWSXX_TEST_EMPTY", "", 1);
    ::setenv("AWSXX_TEST_FULL", "x y", 1);
    const awsxx::system_environment here;

    CHECK(here.get("AWSXX_TEST_EMPTY") == "");
    CHECK(here.get("AWSXX_TEST_FULL") == "x y");
    CHECK_FALSE(here.get("AWSXX_TEST_NONE").has_value());
}

TEST_CASE("environment: get_filled takes an empty or blank variable for an absent one") {
    const test::fake_environment made_up{{"A", ""}, {"B", "b"}, {"C", " \t"}};
    CHECK_FALSE(get_filled(made_up, "A").has_value());
    CHECK_FALSE(get_filled(made_up, "C").has_value());
    CHECK(get_filled(made_up, "B") == "b");
}

TEST_CASE("files: what is written is read back, by its owner only") {
    const scratch_folder folder;
    const std::string path = folder.path("new/deeper/file");
    awsxx::system_files files;

    REQUIRE(files.write(path, "first").has_value());
    REQUIRE(files.write(path, std::string("a\0b", 3)).has_value());

    CHECK(*files.read(path, 100) == std::string("a\0b", 3));
    CHECK(mode_of(path) == 0600);
    CHECK(mode_of(folder.path("new")) == 0700);
    CHECK(folder.entries("new/deeper") == 1);  // no draft is left
}

TEST_CASE("files: a missing one is told apart from an unreadable one") {
    const scratch_folder folder;
    const awsxx::system_files files;

    const auto missing = files.read(folder.path("none"), 100);
    const auto a_folder = files.read(folder.path(""), 100);

    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().kind == awsxx::error_kind::not_found);
    CHECK(missing.error().message.find(folder.path("none")) == 0);
    REQUIRE_FALSE(a_folder.has_value());
    CHECK(a_folder.error().kind == awsxx::error_kind::configuration);
}

TEST_CASE("files: one beyond the limit is refused") {
    const scratch_folder folder;
    awsxx::system_files files;
    REQUIRE(files.write(folder.path("big"), std::string(101, 'x')).has_value());

    const auto refused = files.read(folder.path("big"), 100);

    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == awsxx::error_kind::too_large);
    CHECK(files.read(folder.path("big"), 101)->size() == 101);
}

TEST_CASE("files: a failed write names the path and leaves nothing") {
    const scratch_folder folder;
    awsxx::system_files files;
    REQUIRE(files.write(folder.path("taken"), "x").has_value());

    const auto refused = files.write(folder.path("taken/below"), "y");

    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.find("taken/below") != std::string::npos);
    CHECK(*files.read(folder.path("taken"), 10) == "x");
}

TEST_CASE("files: one that group or world may read is open to others") {
    const scratch_folder folder;
    awsxx::system_files files;
    const std::string path = folder.path("keys");
    REQUIRE(files.write(path, "secret"));
    CHECK_FALSE(files.read_content(path, 100)->open_to_others);

    for (const mode_t mode : {0640u, 0604u}) {
        REQUIRE(::chmod(path.c_str(), mode) == 0);
        const auto all = files.read_content(path, 100);
        REQUIRE(all);
        CHECK(all->bytes == "secret");
        CHECK(all->open_to_others);
    }
    CHECK_FALSE(files.read_content("/dev/null", 100)->open_to_others);
}

TEST_CASE("files: a lock whose file was removed is nobody's") {
    const scratch_folder folder;
    awsxx::system_files files;
    const std::string path = folder.path("lock");
    const auto first = files.try_lock(path).held;
    REQUIRE(first);
    CHECK_FALSE(files.try_lock(path).held);

    REQUIRE(files.remove(path));  // as somebody would who tidies up
    const auto second = files.try_lock(path).held;

    CHECK(second);
    CHECK_FALSE(files.try_lock(path).held);
}

TEST_CASE("files: a lock that is given back is free, though a forked child has its file open") {
    const scratch_folder folder;
    awsxx::system_files files;
    const std::string path = folder.path("lock");
    auto held = files.try_lock(path).held;
    REQUIRE(held);
    const child_that_waits child;

    held.reset();

    CHECK(files.try_lock(path).held);
}

TEST_CASE("files: a forked child does not give back its parent's lock") {
    const scratch_folder folder;
    awsxx::system_files files;
    const std::string path = folder.path("lock");
    auto held = files.try_lock(path).held;
    REQUIRE(held);

    const pid_t child = ::fork();
    if (child == 0) {
        held.reset();
        ::_exit(0);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);

    CHECK(status == 0);
    CHECK_FALSE(files.try_lock(path).held);
}

TEST_CASE("files: it is known when one was written") {
    const scratch_folder folder;
    awsxx::system_files files;
    REQUIRE(files.write(folder.path("new"), "x"));

    CHECK(files.written_at(folder.path("new")) > awsxx::instant());
    CHECK_FALSE(files.written_at(folder.path("none")));
}

TEST_CASE("system environment: variables are listed by the beginning of their names") {
    ::setenv("AWSXX_TEST_LISTED_A", "1", 1);
    ::setenv("AWSXX_TEST_LISTED_B", "", 1);
    auto names = awsxx::system_environment().names("AWSXX_TEST_LISTED_");
    std::sort(names.begin(), names.end());
    CHECK(names == std::vector<std::string>{"AWSXX_TEST_LISTED_A", "AWSXX_TEST_LISTED_B"});
    CHECK(awsxx::system_environment().names("AWSXX_TEST_NO_SUCH").empty());
}
