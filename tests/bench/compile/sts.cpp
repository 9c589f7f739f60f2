// SPDX-License-Identifier: MIT
// A program that holds a session and makes one call.
#include <awsxx/session.hpp>

int main() {
    const awsxx::session base;
    const auto who = base.try_call(awsxx::sts::get_caller_identity{});
    return who && !who->arn.empty() ? 0 : 1;
}
