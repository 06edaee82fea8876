// Later calls a function on the office's main thread: after a quiet time, or when what is under way has been done.
//
//   Later refresh(context, [this] { ... });
//   refresh.in(200ms);   // and again: the waiting starts over
#pragma once

#include <com/sun/star/awt/XRequestCallback.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace calckpi::sidebar {

class Later {
public:
    Later(const css::uno::Reference<css::uno::XComponentContext>& context, std::function<void()> what);
    // A call that is still due is dropped. Nothing waits for the thread that counts the time: it may be waiting for the office's
    // own lock, which the caller holds.
    ~Later();
    Later(const Later&) = delete;
    Later& operator=(const Later&) = delete;

    void in(std::chrono::milliseconds time);
    void cancel();

private:
    class Call;
    struct Clock;
    std::shared_ptr<Clock> clock_;
};

}  // namespace calckpi::sidebar
