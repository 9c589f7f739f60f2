// SPDX-License-Identifier: MIT
// A program that holds a session and makes one call of DynamoDB.
#include <awsxx/services/dynamodb.hpp>
#include <awsxx/session.hpp>

int main() {
    const awsxx::session base;
    const auto item = base.try_call(awsxx::dynamodb::get_item{
        .table_name = "planets", .key = {{"name", {.s = "Earth"}}}});
    return item && !item->item.empty() ? 0 : 1;
}
