#include "addin/sidebar/launcher.hpp"

#include "addin/sidebar/kpi_sidebar.hpp"
#include "addin/sidebar/help.hpp"

#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/frame/DispatchHelper.hpp>
#include <com/sun/star/frame/XController2.hpp>
#include <com/sun/star/frame/XDispatch.hpp>
#include <com/sun/star/frame/XDispatchProvider.hpp>
#include <com/sun/star/frame/XFrame.hpp>
#include <com/sun/star/lang/XInitialization.hpp>
#include <com/sun/star/lang/XServiceInfo.hpp>
#include <com/sun/star/ui/XDeck.hpp>
#include <com/sun/star/ui/XDecks.hpp>
#include <com/sun/star/ui/XSidebarProvider.hpp>
#include <com/sun/star/util/URL.hpp>
#include <cppuhelper/implbase4.hxx>
#include <cppuhelper/supportsservice.hxx>

using css::uno::Any;
using css::uno::Reference;
using css::uno::Sequence;
using css::uno::UNO_QUERY;
using rtl::OUString;

namespace calckpi::sidebar {
namespace {

constexpr char showFunnel[] = "vnd.org.calckpi:ShowFunnel";
constexpr char leaveWithoutUs[] = "vnd.org.calckpi:Leave";
constexpr char showReferencePage[] = "vnd.org.calckpi:ShowReference";
constexpr char showSampleNamed[] = "vnd.org.calckpi:ShowSample?";  // and the sample's name

css::uno::Sequence<OUString> oneName(const OUString& name) { return {&name, 1}; }

class Launcher final : public cppu::WeakImplHelper4<css::frame::XDispatchProvider, css::frame::XDispatch,
                                                    css::lang::XInitialization, css::lang::XServiceInfo> {
public:
    explicit Launcher(const Reference<css::uno::XComponentContext>& context) : context_(context) {}

    // XInitialization: the office hands the frame over whose menu it is.
    void SAL_CALL initialize(const Sequence<Any>& arguments) override {
        if (arguments.getLength() > 0) arguments[0] >>= frame_;
    }

    // XDispatchProvider
    Reference<css::frame::XDispatch> SAL_CALL queryDispatch(const css::util::URL& url, const OUString&, sal_Int32) override {
        const OUString& command = url.Complete;
        if (command == showFunnel || command == leaveWithoutUs || command == showReferencePage ||
            command.startsWith(showSampleNamed))
            return this;
        return {};
    }
    Sequence<Reference<css::frame::XDispatch>> SAL_CALL
    queryDispatches(const Sequence<css::frame::DispatchDescriptor>& requests) override {
        Sequence<Reference<css::frame::XDispatch>> dispatches(requests.getLength());
        for (sal_Int32 index = 0; index < requests.getLength(); ++index)
            dispatches.getArray()[index] =
                queryDispatch(requests[index].FeatureURL, requests[index].FrameName, requests[index].SearchFlags);
        return dispatches;
    }

    // XDispatch
    void SAL_CALL dispatch(const css::util::URL& url, const Sequence<css::beans::PropertyValue>&) override {
        OUString sample;
        try {
            if (url.Complete == showReferencePage)
                showReference(context_, frame_);
            else if (url.Complete.startsWith(showSampleNamed, &sample))
                showSampleOrSay(sample);
            else
                showDeck(url.Complete == leaveWithoutUs ? KpiSidebar::For::Leaving : KpiSidebar::For::Making);
        } catch (const css::uno::Exception&) {  // a file that is gone; the office has said so
        }
    }
    void SAL_CALL addStatusListener(const Reference<css::frame::XStatusListener>&, const css::util::URL&) override {}
    void SAL_CALL removeStatusListener(const Reference<css::frame::XStatusListener>&, const css::util::URL&) override {}

    // XServiceInfo
    OUString SAL_CALL getImplementationName() override { return "org.calckpi.SidebarLauncher"; }
    sal_Bool SAL_CALL supportsService(const OUString& name) override { return cppu::supportsService(this, name); }
    Sequence<OUString> SAL_CALL getSupportedServiceNames() override { return oneName("com.sun.star.frame.ProtocolHandler"); }

private:
    // showSampleOrSay says in the panel why there is none: a menu has no other place for it.
    void showSampleOrSay(const OUString& sample) const {
        if (!showSample(context_, frame_, sample)) showDeck(KpiSidebar::For::TellingOfNoSample);
    }
    void showDeck(KpiSidebar::For purpose) const {
        if (!frame_.is()) return;
        const Reference<css::ui::XSidebarProvider> provider = sidebarOf(frame_);
        if (!provider.is()) return;
        provider->setVisible(true);
        provider->showDecks(true);
        const Reference<css::ui::XDecks> decks = provider->getSidebar().is() ? provider->getDecks() : nullptr;
        // A sidebar that was hidden is only being made; it opens with the deck that it was hidden with.
        if (!decks.is()) return KpiSidebar::giveFocus(frame_, purpose);
        if (!decks->hasByName("CalcKpiFunnelDeck")) return;
        const Reference<css::ui::XDeck> deck(decks->getByName("CalcKpiFunnelDeck"), UNO_QUERY);
        if (deck.is() && !deck->isActive()) deck->activate(true);  // an active one would be closed
        KpiSidebar::giveFocus(frame_, purpose);
    }
    static Reference<css::ui::XSidebarProvider> sidebarOf(const Reference<css::frame::XFrame>& frame) {
        const Reference<css::frame::XController2> controller(frame->getController(), UNO_QUERY);
        return controller.is() ? controller->getSidebar() : Reference<css::ui::XSidebarProvider>();
    }

    Reference<css::uno::XComponentContext> context_;
    Reference<css::frame::XFrame> frame_;
};

}  // namespace

Reference<css::uno::XInterface> newLauncher(const Reference<css::uno::XComponentContext>& context) {
    return static_cast<css::frame::XDispatchProvider*>(new Launcher(context));
}

}  // namespace calckpi::sidebar
