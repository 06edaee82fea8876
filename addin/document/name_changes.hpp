// NameChanges are names of cells that are added or changed together. For each the office would look through all formulas of the
// document; so it does once, when the changes are gone, and not at all where there is none. Until then no formula with a name in it
// may be asked for its value.
#pragma once

#include <com/sun/star/document/XActionLockable.hpp>
#include <com/sun/star/sheet/XNamedRange.hpp>
#include <com/sun/star/sheet/XNamedRanges.hpp>
#include <com/sun/star/table/CellAddress.hpp>
#include <com/sun/star/uno/Reference.hxx>
#include <rtl/ustring.hxx>

namespace calckpi::sidebar {

class NameChanges {
public:
    explicit NameChanges(const css::uno::Reference<css::uno::XInterface>& document);
    NameChanges(const NameChanges&) = delete;
    NameChanges& operator=(const NameChanges&) = delete;
    ~NameChanges();

    void add(const css::uno::Reference<css::sheet::XNamedRanges>& names, const rtl::OUString& name, const rtl::OUString& content,
             const css::table::CellAddress& place);
    void change(const css::uno::Reference<css::sheet::XNamedRange>& name, const rtl::OUString& content);

private:
    void begin();

    css::uno::Reference<css::document::XActionLockable> names_;  // of the document, which locks those of its sheets too
    bool begun_ = false;
};

}  // namespace calckpi::sidebar
