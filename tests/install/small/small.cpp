// SPDX-License-Identifier: MIT
#include <awsxx/codec/xml_document.hpp>
#include <awsxx/crypto/sha256.hpp>
#include <awsxx/http/curl_transport.hpp>

#include "program.hpp"
