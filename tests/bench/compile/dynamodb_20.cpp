// SPDX-License-Identifier: MIT
// A program that makes twenty different calls of DynamoDB.
#include <awsxx/services/dynamodb.hpp>
#include <awsxx/session.hpp>

#include <string>

namespace dynamodb = awsxx::dynamodb;

int main() {
    const awsxx::session base;
    const std::string table = "planets";
    int failed = 0;
    const auto count = [&failed](const auto& answer) { failed += answer ? 0 : 1; };
    count(base.try_call(dynamodb::batch_get_item{}));
    count(base.try_call(dynamodb::batch_write_item{}));
    count(base.try_call(dynamodb::create_backup{.table_name = table, .backup_name = "monday"}));
    count(base.try_call(dynamodb::create_table{.table_name = table}));
    count(base.try_call(dynamodb::delete_item{.table_name = table}));
    count(base.try_call(dynamodb::delete_table{.table_name = table}));
    count(base.try_call(dynamodb::describe_continuous_backups{.table_name = table}));
    count(base.try_call(dynamodb::describe_limits{}));
    count(base.try_call(dynamodb::describe_table{.table_name = table}));
    count(base.try_call(dynamodb::describe_time_to_live{.table_name = table}));
    count(base.try_call(dynamodb::execute_statement{.statement = "SELECT * FROM planets"}));
    count(base.try_call(dynamodb::get_item{.table_name = table}));
    count(base.try_call(dynamodb::list_tables{}));
    count(base.try_call(dynamodb::put_item{.table_name = table}));
    count(base.try_call(dynamodb::query{.table_name = table}));
    count(base.try_call(dynamodb::scan{.table_name = table}));
    count(base.try_call(dynamodb::transact_get_items{}));
    count(base.try_call(dynamodb::transact_write_items{}));
    count(base.try_call(dynamodb::update_item{.table_name = table}));
    count(base.try_call(dynamodb::update_table{.table_name = table}));
    return failed;
}
