// SPDX-License-Identifier: MIT
// Turns the names of a model into the names of C++.
#pragma once

#include <string>
#include <string_view>

namespace generator {

/// "AssumeRoleWithSAML" is assume_role_with_saml, "CreateOAuth2Token" create_oauth2_token.
std::string snake_case(std::string_view name);

/// True for what C++ or a macro of the system's headers has taken.
bool is_taken_word(std::string_view name);

/// A snake_case name that may stand in a program: with a trailing `_` where it is taken.
std::string identifier(std::string_view name);

/// True for the name of a namespace that a header can have.
bool is_identifier(std::string_view name);

/// True for what a name of C++ is made of.
bool is_word(char c);

/// The text as a C++ string literal.
std::string literal(std::string_view text);

/// A shape's name without its namespace: "com.amazonaws.sts#Tag" is "Tag".
std::string_view local_name(std::string_view shape_id);

}  // namespace generator
