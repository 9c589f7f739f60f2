// SPDX-License-Identifier: MIT
// A file that knows the shapes of DynamoDB and calls nothing.
#include <awsxx/services/dynamodb.hpp>

int main() {}
