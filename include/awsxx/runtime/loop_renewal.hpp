// SPDX-License-Identifier: MIT
// A renewal of credentials that an event loop carries out, whoever waits for it.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/curl_loop.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/runtime/loop_call.hpp>
#include <awsxx/runtime/loop_parts.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Has the turn at a renewal. It goes on if the call that began it is ended early: others wait.
/// What blocks runs elsewhere. Belongs to its loop.
class loop_renewal final : public loop_turn, public http::exchange_listener, public renewal_waiter {
public:
    using outcome = expected<credentials_snapshot>;

    loop_renewal(loop_state& on, std::shared_ptr<renewal> what, loop_network by, loop_call& owner)
        : on_(&on), what_(std::move(what)), network_(std::move(by)), owner_(&owner) {}
    ~loop_renewal() override = default;

    renewal& what() const noexcept { return *what_; }
    void lose_owner() noexcept { owner_ = nullptr; }
    /// Gives the turn back. Not while something runs elsewhere.
    void abandon() noexcept;

    void turn() override;
    void answered(expected<http::response> answer) override;
    /// The call that it made has ended.
    void called();
    void changed() noexcept override;

private:
    template <class First>
    void go_on(First first);
    std::optional<outcome> steps();
    bool send();
    bool work();
    bool join();
    void look_again();
    void time_passed();
    void worked();

    loop_state* on_;
    std::shared_ptr<renewal> what_;
    loop_network network_;
    loop_call* owner_;

    loop_call* nested_ = nullptr;
    http::curl_loop::transfer* sending_ = nullptr;
    std::shared_ptr<renewal> parked_at_{};
    bool work_threw_ = false;
    loop_timer<loop_renewal, &loop_renewal::time_passed> timer_{*this};
    loop_mail<loop_renewal, &loop_renewal::worked> done_{*this};
    loop_mail<loop_renewal, &loop_renewal::look_again> news_{*this};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
