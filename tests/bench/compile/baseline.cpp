// SPDX-License-Identifier: MIT
// What nearly every file of a program includes anyway.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

int main() {}
