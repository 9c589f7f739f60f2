// SPDX-License-Identifier: MIT
// Which header of the standard library has which name.
#pragma once

#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

namespace checks {

/// The names of the standard library that the tree uses, under the header to include for them.
/// A name that more than one header has stands under each of them.
inline constexpr std::string_view std_names[][2] = {
    {"algorithm",
     "all_of any_of none_of clamp copy copy_n copy_if count count_if equal fill fill_n find "
     "find_if find_if_not find_first_of for_each is_sorted lexicographical_compare lower_bound "
     "upper_bound max min minmax max_element min_element mismatch nth_element partition remove "
     "remove_if replace reverse rotate search sort stable_sort transform unique binary_search "
     "equal_range adjacent_find"},
    {"array", "array to_array"},
    {"atomic",
     "atomic atomic_flag atomic_ref memory_order memory_order_relaxed memory_order_acquire "
     "memory_order_release memory_order_acq_rel memory_order_seq_cst atomic_thread_fence"},
    {"bit",
     "bit_cast bit_ceil bit_width countl_zero countr_zero endian has_single_bit popcount "
     "rotl rotr"},
    {"charconv", "chars_format from_chars to_chars"},
    {"chrono", "chrono"},
    {"cmath",
     "abs cbrt ceil floor isfinite isinf ldexp isnan llround log2 lround pow round signbit sqrt "
     "trunc"},
    {"compare", "partial_ordering strong_ordering weak_ordering"},
    {"concepts",
     "constructible_from convertible_to derived_from floating_point integral invocable movable "
     "same_as signed_integral unsigned_integral"},
    {"condition_variable", "condition_variable condition_variable_any cv_status"},
    {"coroutine", "coroutine_handle noop_coroutine suspend_always suspend_never"},
    {"cstddef", "byte max_align_t nullptr_t ptrdiff_t size_t"},
    {"cstdint",
     "int8_t int16_t int32_t int64_t intptr_t uint8_t uint16_t uint32_t uint64_t uintptr_t"},
    {"cstdio", "FILE clearerr fclose ferror fgets fopen fputs fread fwrite rename snprintf"},
    {"cstdlib", "abort abs atexit exit free getenv malloc"},
    {"cstring", "memchr memcmp memcpy memmove memset strchr strcmp strerror strlen strncmp strstr"},
    {"deque", "deque"},
    {"exception", "current_exception exception exception_ptr rethrow_exception terminate"},
    {"expected", "expected unexpected unexpect"},
    {"forward_list", "forward_list"},
    {"functional", "function greater hash less plus"},
    {"future", "async future promise shared_future"},
    {"initializer_list", "initializer_list"},
    {"iostream", "cerr clog cout"},
    {"iterator",
     "back_inserter begin default_sentinel default_sentinel_t end forward_iterator_tag "
     "input_iterator_tag make_move_iterator next prev distance size"},
    {"limits", "numeric_limits"},
    {"list", "list"},
    {"map", "map multimap"},
    {"memory",
     "addressof allocator const_pointer_cast construct_at destroy_at enable_shared_from_this "
     "make_shared make_unique shared_ptr static_pointer_cast unique_ptr weak_ptr"},
    {"mutex", "call_once lock_guard mutex once_flag recursive_mutex scoped_lock unique_lock"},
    {"new", "bad_alloc launder nothrow"},
    {"numeric", "accumulate gcd iota midpoint"},
    {"optional", "make_optional nullopt nullopt_t optional"},
    {"random", "mt19937 mt19937_64 random_device uniform_int_distribution"},
    {"set", "multiset set"},
    {"shared_mutex", "shared_lock shared_mutex"},
    {"span", "as_bytes as_writable_bytes span"},
    {"stop_token", "stop_callback stop_source stop_token"},
    {"string",
     "basic_string char_traits getline stod stoi stol string to_string u16string wstring"},
    {"string_view", "basic_string_view hash string_view string_view_literals wstring_view"},
    {"string", "hash size"},
    {"system_error", "errc error_code generic_category system_category system_error"},
    {"thread", "jthread stop_token this_thread thread"},
    {"tuple", "forward_as_tuple get make_tuple tie tuple"},
    {"type_traits",
     "common_type_t conditional_t is_arithmetic_v is_arithmetic is_floating_point_v decay_t "
     "enable_if_t false_type integral_constant invoke_result_t "
     "is_base_of_v is_const_v is_constructible_v is_convertible_v is_copy_constructible_v "
     "is_default_constructible_v is_enum_v is_integral_v is_invocable_v "
     "is_nothrow_move_constructible_v is_pointer_v is_same_v is_standard_layout_v "
     "is_trivially_copyable_v is_void_v make_signed_t make_unsigned_t remove_const_t "
     "remove_cvref_t remove_pointer_t remove_reference_t true_type type_identity_t "
     "underlying_type_t void_t"},
    {"unordered_map", "unordered_map"},
    {"unordered_set", "unordered_set"},
    {"utility",
     "as_const cmp_less declval exchange forward in_place in_place_t in_place_type index_sequence "
     "make_index_sequence make_pair move pair piecewise_construct swap"},
    {"variant",
     "get get_if holds_alternative in_place_type monostate variant visit variant_alternative_t"},
    {"vector", "erase_if vector"},
    {"map", "erase_if less"},
    {"set", "erase_if"},
    {"deque", "erase_if"},
    {"string", "erase"},
    {"vector", "erase"},
    {"vector", "size"},
    {"array", "get size"},
    {"utility", "get"},
};

/// Every name with the headers that it may come from.
inline std::map<std::string, std::set<std::string>, std::less<>> headers_of_std_names() {
    std::map<std::string, std::set<std::string>, std::less<>> result;
    for (const auto& [header, names] : std_names) {
        std::istringstream words{std::string(names)};
        for (std::string name; words >> name;) result[name].insert(std::string(header));
    }
    return result;
}

}  // namespace checks
