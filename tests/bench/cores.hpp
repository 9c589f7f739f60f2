// SPDX-License-Identifier: MIT
// Client and server each on a core of its own: where the system puts them costs more than what is measured.
#pragma once

#include <sched.h>
#include <unistd.h>

namespace bench {

/// This thread, and what it forks from now on. Does nothing where there is no such core.
inline void stay_on_core(unsigned which) {
    cpu_set_t only;
    CPU_ZERO(&only);
    CPU_SET(which, &only);
    if (::sysconf(_SC_NPROCESSORS_ONLN) > static_cast<long>(which))
        ::sched_setaffinity(0, sizeof only, &only);
}

/// What `make` forks stays on the second core, and who calls this on the first one.
template <class Make>
auto on_other_core(Make make) {
    stay_on_core(1);
    auto made = make();
    stay_on_core(0);
    return made;
}

}  // namespace bench
