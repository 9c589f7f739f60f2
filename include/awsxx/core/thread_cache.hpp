// SPDX-License-Identifier: MIT
// One object a thread and type, made when first asked for and destroyed with its thread.
#pragma once

#include <awsxx/core/version.hpp>

#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace detail::thread_cache {

// Only the undertaker has a destructor. What is read on the way to the object has none, so that
// reading needs no guard and stays allowed after the thread's objects are gone.
template <class T>
struct place {
    struct undertaker {
        ~undertaker() {
            ended = true;
            delete std::exchange(object, nullptr);
        }
    };

    static inline constinit thread_local T* object = nullptr;
    static inline constinit thread_local bool ended = false;

    AWSXX_COLD static T* make() {
        if (ended) return nullptr;
        static thread_local undertaker last_rites;
        static_cast<void>(last_rites);
        return object = new T();
    }
};

}  // namespace detail::thread_cache

/// This thread's `T`. Null once the thread has destroyed it: in destructors of static and
/// thread-local objects.
///
/// Takes no lock. The object is made with `T()`; every `T` is another cache, so name one for each
/// purpose. Do not keep the pointer where another thread may find it.
template <class T>
T* per_thread() {
    T* object = detail::thread_cache::place<T>::object;
    if (object == nullptr) [[unlikely]]
        return detail::thread_cache::place<T>::make();
    return object;
}

/// Calls `use` with this thread's `T`, or with one made for the occasion where there is none.
template <class T, class Use>
decltype(auto) with_per_thread(Use&& use) {
    if (T* kept = per_thread<T>()) return std::forward<Use>(use)(*kept);
    T passing;
    return std::forward<Use>(use)(passing);
}

}  // namespace awsxx::inline AWSXX_ABI
