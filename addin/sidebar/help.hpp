// Help from inside: the reference and the sample documents that the extension carries, in the language of the office.
#pragma once

#include <com/sun/star/frame/XFrame.hpp>
#include <com/sun/star/uno/Reference.hxx>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <rtl/ustring.hxx>

namespace calckpi::sidebar {

using FrameHandle = css::uno::Reference<css::frame::XFrame>;

// showReference opens the reference in a window of the office, beside that of the frame: no other program is started. It tells
// whether that was possible: an office of Calc alone cannot show web pages.
bool showReference(const css::uno::Reference<css::uno::XComponentContext>& context, const FrameHandle& frame);

// showSample opens a copy of a sample document, "sales" say, without a name: the extension's own file stays as it is. A name that
// no sample has opens nothing.
bool showSample(const css::uno::Reference<css::uno::XComponentContext>& context, const FrameHandle& frame,
                const rtl::OUString& name);

}  // namespace calckpi::sidebar
