// SPDX-License-Identifier: MIT
#include <awsxx/awsxx.hpp>

#include "program.hpp"
