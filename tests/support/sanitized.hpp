// SPDX-License-Identifier: MIT
// AWSXX_TEST_SANITIZED: 1 where a sanitizer slows everything down and allocates itself, 0 elsewhere.
#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define AWSXX_TEST_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define AWSXX_TEST_SANITIZED 1
#endif
#endif

#if !defined(AWSXX_TEST_SANITIZED)
#define AWSXX_TEST_SANITIZED 0
#endif
