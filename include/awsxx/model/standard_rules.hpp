// SPDX-License-Identifier: MIT
// The endpoint rules that many services share, in the form of model/rules.hpp.
#pragma once

#include <awsxx/core/version.hpp>

#include <string_view>

namespace awsxx::inline AWSXX_ABI::model::standard_rules {

/// A host in each region.
inline constexpr std::string_view regional(
    "\1\4\10Endpoint\0\4\6Region\0\1\14UseDualStack\15\3@\7UseFIPS\15\2@\0003\3\201\0\242P\0\3A\0FT"
    "\3ACAInvalid Configuration: FIPS and custom endpoint are not supportedA\0KT\2ACFInvalid Config"
    "uration: Dualstack and custom endpoint are not supported\0\0\5I\0\0G\0\201\1pP\1\1\201\1jH\4Y"
    "\1\4\202\0\212\300=\300\206\2\202\0.TAR\4\1\3TAR\4\1\4\1\0\0\36IE\6\210https://D\206-fips.\1"
    "\201.R\4\1\2\0G\0@\0QCOFIPS and DualStack are enabled, but this partition does not support one"
    " or both\201\0\\\300=\2\201\0\32T\300\364A\1\0\0\22IE\6\301\5D\301\17\1\201.R\4\1\1\0G\0@\09"
    "\270FIPS is enabled but this partition does not support FIPS\201\0c\300\206\2\201\0\26\300\370"
    "\1\0\0\20IE\6\301\5D\201.\1\201.\301\31\0G\0@\0DCBDualStack is enabled but this partition does"
    " not support DualStack\0\0\20IE\6\301\5D\201.\1\201.\301\220\0G\0@\0&\245Invalid Configuration"
    ": Missing Region",
    629);

/// The same, as newer models have it.
inline constexpr std::string_view regional_diagram(
    "\2\4\10Endpoint\0\4\6Region\0\1\14UseDualStack\15\3@\7UseFIPS\15\2@\2BP\0P\1H\4Y\1T\3AT\2ATR\4"
    "\1\4ATR\4\1\3A@\0CCAInvalid Configuration: FIPS and custom endpoint are not supported@\0HCFInv"
    "alid Configuration: Dualstack and custom endpoint are not supported\0\0\5I\0\0G\0\0\0\36IE\6"
    "\210https://D\206-fips.\1\201.R\4\1\2\0G\0@\0QCOFIPS and DualStack are enabled, but this parti"
    "tion does not support one or both\0\0\22IE\6\300\354D\300\366\1\201.R\4\1\1\0G\0@\09\270FIPS i"
    "s enabled but this partition does not support FIPS\0\0\20IE\6\300\354D\201.\1\201.\301\0\0G\0@"
    "\0DCBDualStack is enabled but this partition does not support DualStack\0\0\20IE\6\300\354D"
    "\201.\1\201.\301i\0G\0@\0&\245Invalid Configuration: Missing Region\7\0\13\0003\0005\0007\0;\0"
    ">\0A\0G\0M\0\223\0\336\0\346\1\7\1[\1p\1\254\1\277\2\6\2\31\0\0\0\0\12\0\1\1\0\2\200\13\2\0\3"
    "\200\13\3\0\6\0\4\4\0\5\200\12\5\200\10\200\11\4\0\10\0\7\6\200\6\200\7\5\0\11\200\5\6\200\4"
    "\200\5\3\200\1\0\13\4\200\2\200\3",
    679);

/// The same, as some models nest it.
inline constexpr std::string_view regional_nested(
    "\1\4\10Endpoint\0\4\6Region\0\1\14UseDualStack\15\3@\7UseFIPS\15\2@\0003\2\201\0\246P\0\2A\0FT"
    "\3ACAInvalid Configuration: FIPS and custom endpoint are not supported\200\0W\2A\0KT\2ACFInval"
    "id Configuration: Dualstack and custom endpoint are not supported\0\0\5I\0\0G\0\200\1\255\2"
    "\201\1\200P\1\1\201\1zH\4Y\1\4\202\0\216\300=\300\212\2\202\0002TAR\4\1\3TAR\4\1\4\1\200\0\"\1"
    "\0\0\36IE\6\210https://D\206-fips.\1\201.R\4\1\2\0G\0@\0QCOFIPS and DualStack are enabled, but"
    " this partition does not support one or both\201\0`\300=\2\201\0\36T\300\374A\1\200\0\26\1\0\0"
    "\22IE\6\301\21D\301\33\1\201.R\4\1\1\0G\0@\09\270FIPS is enabled but this partition does not s"
    "upport FIPS\201\0g\300\212\2\201\0\32\301\0\1\200\0\24\1\0\0\20IE\6\301\21D\201.\1\201.\301%\0"
    "G\0@\0DCBDualStack is enabled but this partition does not support DualStack\200\0\24\1\0\0\20I"
    "E\6\301\21D\201.\1\201.\301\240\0G\0@\0&\245Invalid Configuration: Missing Region",
    653);

/// A host in each region; in AWS GovCloud the ordinary ones are validated.
inline constexpr std::string_view gov_validated(
    "\1\4\10Endpoint\0\4\6Region\0\1\14UseDualStack\15\3@\7UseFIPS\15\2@\0003\3\201\0\242P\0\3A\0FT"
    "\3ACAInvalid Configuration: FIPS and custom endpoint are not supportedA\0KT\2ACFInvalid Config"
    "uration: Dualstack and custom endpoint are not supported\0\0\5I\0\0G\0\201\1\236P\1\1\201\1"
    "\230H\4Y\1\4\202\0\212\300=\300\206\2\202\0.TAR\4\1\3TAR\4\1\4\1\0\0\36IE\6\210https://D\206-f"
    "ips.\1\201.R\4\1\2\0G\0@\0QCOFIPS and DualStack are enabled, but this partition does not suppo"
    "rt one or both\201\0\212\300=\2\201\0HT\300\364A\2\1\0+SR\4\1\0\212aws-us-govIE\5\301\5D\201."
    "\1\216.amazonaws.com\0G\0\0\0\22IE\6\301\5D\301\17\1\201.R\4\1\1\0G\0@\09\270FIPS is enabled b"
    "ut this partition does not support FIPS\201\0c\300\206\2\201\0\26\300\370\1\0\0\20IE\6\301\5D"
    "\201.\1\201.\301\31\0G\0@\0DCBDualStack is enabled but this partition does not support DualSta"
    "ck\0\0\20IE\6\301\5D\201.\1\201.\301\276\0G\0@\0&\245Invalid Configuration: Missing Region",
    675);

/// The same, as newer models have it.
inline constexpr std::string_view gov_validated_diagram(
    "\2\4\10Endpoint\0\4\6Region\0\1\14UseDualStack\15\3@\7UseFIPS\15\2@\2pP\0P\1H\4Y\1T\3AT\2ATR\4"
    "\1\4ATR\4\1\3ASR\4\1\0\212aws-us-gov@\0CCAInvalid Configuration: FIPS and custom endpoint are "
    "not supported@\0HCFInvalid Configuration: Dualstack and custom endpoint are not supported\0\0"
    "\5I\0\0G\0\0\0\36IE\6\210https://D\206-fips.\1\201.R\4\1\2\0G\0@\0QCOFIPS and DualStack are en"
    "abled, but this partition does not support one or both\0\0\33IE\5\300\374D\201.\1\216.amazonaw"
    "s.com\0G\0\0\0\22IE\6\300\374D\301\6\1\201.R\4\1\1\0G\0@\09\270FIPS is enabled but this partit"
    "ion does not support FIPS\0\0\20IE\6\300\374D\201.\1\201.\301\20\0G\0@\0DCBDualStack is enable"
    "d but this partition does not support DualStack\0\0\20IE\6\300\374D\201.\1\201.\301\227\0G\0@"
    "\0&\245Invalid Configuration: Missing Region\10\0\14\0003\0005\0007\0;\0>\0A\0G\0M\0]\0\243\0"
    "\356\0\366\1\27\1k\1\211\1\236\1\332\1\355\0024\2G\0\0\0\0\13\0\1\1\0\2\200\14\2\0\3\200\14\3"
    "\0\6\0\4\4\0\5\200\13\5\200\11\200\12\4\0\11\0\7\6\0\10\200\10\7\200\6\200\7\5\0\12\200\5\6"
    "\200\4\200\5\3\200\1\0\14\4\200\2\200\3",
    734);

/// The same, with the regions of AWS GovCloud named one by one.
inline constexpr std::string_view gov_regions_validated(
    "\1\4\10Endpoint\0\4\6Region\0\1\14UseDualStack\15\3@\7UseFIPS\15\2@\0003\3\201\0\242P\0\3A\0FT"
    "\3ACAInvalid Configuration: FIPS and custom endpoint are not supportedA\0KT\2ACFInvalid Config"
    "uration: Dualstack and custom endpoint are not supported\0\0\5I\0\0G\0\201\1\342P\1\1\201\1"
    "\334H\4Y\1\4\202\0\212\300=\300\206\2\202\0.TAR\4\1\3TAR\4\1\4\1\0\0\36IE\6\210https://D\206-f"
    "ips.\1\201.R\4\1\2\0G\0@\0QCOFIPS and DualStack are enabled, but this partition does not suppo"
    "rt one or both\201\0\316\300=\2\201\0\214T\300\364A\3\1\0006S\1\215us-gov-east-1IE\3\301\5D"
    "\234.us-gov-east-1.amazonaws.com\0G\0\1\0006S\1\215us-gov-west-1IE\3\301\5D\234.us-gov-west-1."
    "amazonaws.com\0G\0\0\0\22IE\6\301\5D\301\17\1\201.R\4\1\1\0G\0@\09\270FIPS is enabled but this"
    " partition does not support FIPS\201\0c\300\206\2\201\0\26\300\370\1\0\0\20IE\6\301\5D\201.\1"
    "\201.\301\31\0G\0@\0DCBDualStack is enabled but this partition does not support DualStack\0\0"
    "\20IE\6\301\5D\201.\1\201.\302\2\0G\0@\0&\245Invalid Configuration: Missing Region",
    743);

/// The same, as newer models have it.
inline constexpr std::string_view gov_regions_validated_diagram(
    "\2\4\10Endpoint\0\4\6Region\0\1\14UseDualStack\15\3@\7UseFIPS\15\2@\2\264P\0P\1H\4Y\1T\3AT\2AT"
    "R\4\1\4ATR\4\1\3AS\1\215us-gov-east-1S\1\215us-gov-west-1@\0CCAInvalid Configuration: FIPS and"
    " custom endpoint are not supported@\0HCFInvalid Configuration: Dualstack and custom endpoint a"
    "re not supported\0\0\5I\0\0G\0\0\0\36IE\6\210https://D\206-fips.\1\201.R\4\1\2\0G\0@\0QCOFIPS "
    "and DualStack are enabled, but this partition does not support one or both\0\0&IE\3\301\14D"
    "\234.us-gov-east-1.amazonaws.com\0G\0\0\0&IE\3\301\14D\234.us-gov-west-1.amazonaws.com\0G\0\0"
    "\0\22IE\6\301\14D\301\26\1\201.R\4\1\1\0G\0@\09\270FIPS is enabled but this partition does not"
    " support FIPS\0\0\20IE\6\301\14D\201.\1\201.\301 \0G\0@\0DCBDualStack is enabled but this part"
    "ition does not support DualStack\0\0\20IE\6\301\14D\201.\1\201.\301\333\0G\0@\0&\245Invalid Co"
    "nfiguration: Missing Region\11\0\15\0003\0005\0007\0;\0>\0A\0G\0M\0]\0m\0\263\0\376\1\6\1'\1{"
    "\1\244\1\315\1\342\2\36\0021\2x\2\213\0\0\0\0\14\0\1\1\0\2\200\15\2\0\3\200\15\3\0\6\0\4\4\0\5"
    "\200\14\5\200\12\200\13\4\0\12\0\7\6\0\10\200\11\7\200\6\0\11\10\200\7\200\10\5\0\13\200\5\6"
    "\200\4\200\5\3\200\1\0\15\4\200\2\200\3",
    811);

/// A host in one region of each partition.
inline constexpr std::string_view one_region(
    "\1\4\10Endpoint\0\4\6Region\0\1\14UseDualStack\15\3@\7UseFIPS\15\2@\0003\2\201\0\246P\0\2A\0FT"
    "\3ACAInvalid Configuration: FIPS and custom endpoint are not supported\200\0W\2A\0KT\2ACFInval"
    "id Configuration: Dualstack and custom endpoint are not supported\0\0\5I\0\0G\0\200\1\324\2"
    "\201\1\247P\1\1\201\1\241H\4Y\1\4\202\0\270\300=\300\212\2\202\0\\TAR\4\1\3TAR\4\1\4\1\0\0LIE"
    "\6\210https://D\206-fips.R\4\1\5\201.R\4\1\2\0G\1\213authSchemesF\1G\2\204name\205sigv4\215sig"
    "ningRegion\301\36@\0QCOFIPS and DualStack are enabled, but this partition does not support one"
    " or both\202\0`\300=T\2@\2\201\0\33T\300\374A\1\0\0\23IE\6\301\15D\301\27\301\36\201.R\4\1\1\0"
    "\301)@\09\270FIPS is enabled but this partition does not support FIPS\202\0gT\3@\300\212\2\201"
    "\0\27\301\0\1\0\0\21IE\6\301\15D\201.\301\36\201.\301$\0\301)@\0DCBDualStack is enabled but th"
    "is partition does not support DualStack\0\0\21IE\6\301\15D\201.\301\36\201.\301\312\0\301)@\0&"
    "\245Invalid Configuration: Missing Region",
    692);

/// A host for the partition `aws`; in others, and for validated
/// or dual-stack hosts, one in one region.
inline constexpr std::string_view one_host(
    "\1\4\10Endpoint\0\4\6Region\4\1\14UseDualStack\15\3@\7UseFIPS\15\2@\0003\2\1\0\7P\0I\0\0G\0"
    "\202\0\223H\4Y\1H\5^\3\205-fips\200\3\1\0LT\2AIE\10\210https://D\200\5\201.R\4\1\5\201.R\4\1\2"
    "\0G\1\213authSchemesF\1G\2\204name\205sigv4\215signingRegion\300h\2\0\33SR\4\1\0\203awsT\3@IE"
    "\4\300ZD\201.R\4\1\1\0\300s\0\0\23IE\10\300ZD\200\5\201.\300h\201.\300\267\0\300s",
    212);

}  // namespace awsxx::inline AWSXX_ABI::model::standard_rules
