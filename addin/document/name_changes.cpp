#include "addin/document/name_changes.hpp"

#include <com/sun/star/beans/XPropertySet.hpp>

#include <utility>

namespace calckpi::sidebar {

using css::uno::Reference;
using css::uno::UNO_QUERY_THROW;

NameChanges::NameChanges(const Reference<css::uno::XInterface>& document)
    : names_(Reference<css::beans::XPropertySet>(document, UNO_QUERY_THROW)->getPropertyValue("NamedRanges"), UNO_QUERY_THROW) {}

NameChanges::~NameChanges() {
    try {
        if (begun_) names_->removeActionLock();
    } catch (const css::uno::Exception&) {  // the document is going away
    }
}

void NameChanges::add(const Reference<css::sheet::XNamedRanges>& names, const rtl::OUString& name, const rtl::OUString& content,
                      const css::table::CellAddress& place) {
    begin();
    names->addNewByName(name, content, place, 0);
}

void NameChanges::change(const Reference<css::sheet::XNamedRange>& name, const rtl::OUString& content) {
    begin();
    name->setContent(content);
}

void NameChanges::begin() {
    if (!std::exchange(begun_, true)) names_->addActionLock();
}

}  // namespace calckpi::sidebar
