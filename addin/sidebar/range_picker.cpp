#include "addin/sidebar/range_picker.hpp"

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/sheet/XRangeSelection.hpp>
#include <com/sun/star/sheet/XRangeSelectionListener.hpp>
#include <cppuhelper/implbase1.hxx>

#include <utility>

using css::uno::Any;
using css::uno::Reference;
using css::uno::UNO_QUERY;
using rtl::OUString;

namespace calckpi::sidebar {

class RangePicker::Listener final : public cppu::WeakImplHelper1<css::sheet::XRangeSelectionListener> {
public:
    Listener(std::function<void(const OUString&)> picked, std::function<void()> aborted)
        : picked_(std::move(picked)), aborted_(std::move(aborted)) {}
    void detach() { attached_ = false; }

    void SAL_CALL done(const css::sheet::RangeSelectionEvent& event) override {
        if (attached_) picked_(event.RangeDescriptor);
    }
    void SAL_CALL aborted(const css::sheet::RangeSelectionEvent&) override {
        if (attached_) aborted_();
    }
    void SAL_CALL disposing(const css::lang::EventObject&) override {}

private:
    std::function<void(const OUString&)> picked_;
    std::function<void()> aborted_;
    bool attached_ = true;
};

RangePicker::RangePicker(std::function<void(const OUString&)> picked, std::function<void()> aborted)
    : listener_(new Listener(std::move(picked), std::move(aborted))) {}

RangePicker::~RangePicker() { listener_->detach(); }

void RangePicker::start(What what, const Controller& controller, const OUString& title, const OUString& now) {
    const Reference<css::sheet::XRangeSelection> selection(controller, UNO_QUERY);
    if (!selection.is()) return;
    end(controller);
    what_ = what;
    selection->addRangeSelectionListener(listener_.get());
    const auto property = [](const char* name, const Any& value) {
        return css::beans::PropertyValue(OUString::createFromAscii(name), 0, value, css::beans::PropertyState_DIRECT_VALUE);
    };
    css::uno::Sequence<css::beans::PropertyValue> arguments(4);
    arguments.getArray()[0] = property("Title", Any(title));
    arguments.getArray()[1] = property("CloseOnMouseRelease", Any(true));
    arguments.getArray()[2] = property("SingleCellMode", Any(what == What::Cell));
    arguments.getArray()[3] = property("InitialValue", Any(now));
    selection->startRangeSelection(arguments);
}

RangePicker::What RangePicker::end(const Controller& controller) {
    const Reference<css::sheet::XRangeSelection> selection(controller, UNO_QUERY);
    if (selection.is()) selection->removeRangeSelectionListener(listener_.get());
    return std::exchange(what_, What::Nothing);
}

}  // namespace calckpi::sidebar
