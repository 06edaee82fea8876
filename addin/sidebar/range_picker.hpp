// RangePicker lets the user pick cells with the mouse.
#pragma once

#include <com/sun/star/frame/XController.hpp>
#include <rtl/ref.hxx>
#include <rtl/ustring.hxx>

#include <cstdint>
#include <functional>

namespace calckpi::sidebar {

class RangePicker {
public:
    enum class What : std::uint8_t { Nothing, Source, Cell };
    using Controller = css::uno::Reference<css::frame::XController>;

    // picked is called with the address, in the notation of the user; aborted when the user gave it up.
    RangePicker(std::function<void(const rtl::OUString&)> picked, std::function<void()> aborted);
    ~RangePicker();
    RangePicker(const RangePicker&) = delete;
    RangePicker& operator=(const RangePicker&) = delete;

    bool picking() const { return what_ != What::Nothing; }
    // start asks for cells; `title` is above the office's small window, `now` in it.
    void start(What what, const Controller& controller, const rtl::OUString& title, const rtl::OUString& now);
    // end tells what was picked until now. A listener that stayed would hear the next picking twice.
    What end(const Controller& controller);
    // giveUp is for an end that nobody tells of.
    void giveUp() { what_ = What::Nothing; }

private:
    class Listener;
    rtl::Reference<Listener> listener_;
    What what_ = What::Nothing;
};

}  // namespace calckpi::sidebar
