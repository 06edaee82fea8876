#include "addin/sidebar/later.hpp"

#include <com/sun/star/awt/XCallback.hpp>
#include <com/sun/star/lang/XMultiComponentFactory.hpp>
#include <cppuhelper/implbase1.hxx>
#include <rtl/ref.hxx>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

using css::uno::Any;
using css::uno::Reference;

namespace calckpi::sidebar {

using Time = std::chrono::steady_clock::time_point;

// Call is what the office calls back. It is only used on the main thread.
class Later::Call final : public cppu::WeakImplHelper1<css::awt::XCallback> {
public:
    explicit Call(std::function<void()> what) : what_(std::move(what)) {}
    void forget() { what_ = nullptr; }
    void SAL_CALL notify(const Any& number) override {
        sal_Int64 due = 0;
        number >>= due;
        if (!what_ || due != wanted) return;       // cancelled, or put off
        const std::function<void()> what = what_;  // it may end this Later
        what();
    }
    std::int64_t wanted = 0;

private:
    std::function<void()> what_;
};

struct Later::Clock {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Time> due;
    sal_Int64 number = 0;
    bool over = false;
    bool running = false;
    Reference<css::awt::XRequestCallback> office;
    rtl::Reference<Call> call;
};

Later::Later(const Reference<css::uno::XComponentContext>& context, std::function<void()> what)
    : clock_(std::make_shared<Clock>()) {
    clock_->office.set(context->getServiceManager()->createInstanceWithContext("com.sun.star.awt.AsyncCallback", context),
                       css::uno::UNO_QUERY_THROW);
    clock_->call = new Call(std::move(what));
}

Later::~Later() {
    clock_->call->forget();
    const std::lock_guard lock(clock_->mutex);
    clock_->over = true;
    clock_->changed.notify_all();
}

void Later::in(std::chrono::milliseconds time) {
    const std::lock_guard changing(clock_->mutex);
    const Time due = std::chrono::steady_clock::now() + time;
    // One that is put off is seen to when it would have been due: a macro changes cells by the thousand.
    if (!clock_->due || due < *clock_->due) clock_->changed.notify_all();
    clock_->due = due;
    clock_->call->wanted = ++clock_->number;
    if (clock_->running) return;
    clock_->running = true;
    std::thread([clock = clock_] {
        std::unique_lock lock(clock->mutex);
        while (!clock->over) {
            if (!clock->due) {
                clock->changed.wait(lock);
            } else if (std::chrono::steady_clock::now() < *clock->due) {
                clock->changed.wait_until(lock, Time(*clock->due));
            } else {
                clock->due.reset();
                const Any number(clock->number);
                lock.unlock();
                try {
                    clock->office->addCallback(clock->call.get(), number);
                } catch (const css::uno::Exception&) {  // the office goes down
                }
                lock.lock();
            }
        }
    }).detach();
}

void Later::cancel() {
    const std::lock_guard lock(clock_->mutex);
    clock_->due.reset();
    clock_->call->wanted = ++clock_->number;
}

}  // namespace calckpi::sidebar
