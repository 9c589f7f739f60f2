// SPDX-License-Identifier: MIT
// Makes a value empty again, whatever its type.
#pragma once

#include <awsxx/core/date.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/body.hpp>
#include <awsxx/model/field.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace awsxx::inline AWSXX_ABI::model {

/// Makes all of `value` what it is with `{}`: nothing half-read is left behind.
inline void clear(const type& shape, void* value) {
    switch (shape.kind) {
        case kind::boolean: *static_cast<bool*>(value) = {}; break;
        case kind::integer: *static_cast<int*>(value) = {}; break;
        case kind::long_: *static_cast<std::int64_t*>(value) = {}; break;
        case kind::float_: *static_cast<float*>(value) = {}; break;
        case kind::double_: *static_cast<double*>(value) = {}; break;
        case kind::text:
        case kind::blob: static_cast<std::string*>(value)->clear(); break;
        case kind::sensitive:
        case kind::sensitive_blob: *static_cast<secret*>(value) = {}; break;
        case kind::timestamp: *static_cast<awsxx::timestamp*>(value) = {}; break;
        case kind::stream: *static_cast<http::body*>(value) = {}; break;
        case kind::document:
        case kind::optional:
        case kind::list:
        case kind::map: shape.access->clear(value); break;
        case kind::structure:
            for (std::size_t i = 0; i < shape.field_count; ++i)
                clear(*shape.fields[i].shape, member(value, shape.fields[i]));
            if (shape.exclusive) unknown_member(shape, value).clear();
            break;
    }
}

}  // namespace awsxx::inline AWSXX_ABI::model
