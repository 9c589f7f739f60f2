// SPDX-License-Identifier: MIT
// What libcurl wants to hear of which socket, told to a host as seldom as possible.
#pragma once

#include <awsxx/core/io_host.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <vector>

namespace awsxx::inline AWSXX_ABI::http::detail {

struct curl_transfer;

/// A kept connection goes from one exchange to the next, and each time libcurl takes its wish back
/// and has it again. As long as nothing comes in between the host hears nothing of that: two system
/// calls less an exchange. For one thread.
class curl_interest {
public:
    explicit curl_interest(io_host& host) noexcept : host_(&host) {}

    /// A connection's socket, whose end is told here as well.
    void opened(int socket) { at(socket).is_connection = true; }
    void closing(int socket) {
        tell(socket, {});
        at(socket) = {};
    }
    /// What libcurl says, and for whom.
    void wants(int socket, io_interest what, curl_transfer* whose) {
        entry& one = at(socket);
        one.wanted = what;
        one.whose = what.none() ? nullptr : whose;
        one.rests = one.rests && what.none();
        const bool idle = what.none() && one.is_connection && !one.told.write;
        if (!idle) tell(socket, what);
    }
    /// The connection's exchange is over, and nothing may come until the next one. False: it has ended.
    /// So has it where another exchange is on it already.
    bool rests(int socket) {
        entry& one = at(socket);
        return one.rests = one.is_connection && one.wanted.none();
    }
    bool is_resting(int socket) { return at(socket).rests; }
    template <class Act>
    void each_resting(Act act) {
        for (std::size_t i = 0; i < all_.size(); ++i)
            if (all_[i].rests) act(static_cast<int>(i));
    }
    /// Something can be done. False: nobody wants to hear of it, and the host will not again.
    bool is_wanted(int socket) {
        if (!at(socket).wanted.none()) return true;
        tell(socket, {});
        return false;
    }
    /// For whom libcurl waits, or null.
    curl_transfer* whose(int socket) { return at(socket).whose; }
    /// `act(socket)` for all that libcurl waits for; it may change them.
    template <class Act>
    void each_wanted(Act act) {
        for (std::size_t i = 0; i < all_.size(); ++i)
            if (!all_[i].wanted.none()) act(static_cast<int>(i));
    }

private:
    struct entry {
        io_interest wanted{};
        io_interest told{};
        curl_transfer* whose{};
        bool is_connection{};
        bool rests{};
    };

    entry& at(int socket) {
        const auto index = static_cast<std::size_t>(socket);
        if (index >= all_.size()) all_.resize(index + 1);
        return all_[index];
    }
    void tell(int socket, io_interest what) {
        if (at(socket).told == what) return;
        at(socket).told = what;
        host_->on_socket(socket, what);
    }

    io_host* host_;
    std::vector<entry> all_{};
};

}  // namespace awsxx::inline AWSXX_ABI::http::detail
