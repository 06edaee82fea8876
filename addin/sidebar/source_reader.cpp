#include "addin/sidebar/source_reader.hpp"

#include "addin/sidebar/sheet_view.hpp"

#include <com/sun/star/container/XIndexAccess.hpp>
#include <com/sun/star/container/XNamed.hpp>
#include <com/sun/star/sheet/XSheetCellRange.hpp>
#include <com/sun/star/util/XModifyBroadcaster.hpp>
#include <com/sun/star/util/XModifyListener.hpp>
#include <cppuhelper/implbase1.hxx>

#include <utility>

using css::uno::Reference;
using css::uno::UNO_QUERY;
using css::uno::UNO_QUERY_THROW;
using rtl::OUString;

namespace calckpi::sidebar {
namespace {

OUString sheetNameOf(const Range& range) {
    const Reference<css::sheet::XSheetCellRange> cells(range, UNO_QUERY_THROW);
    return Reference<css::container::XNamed>(cells->getSpreadsheet(), UNO_QUERY_THROW)->getName();
}

sal_Int32 sheetsIn(const SourceReader::Document& document) {
    return Reference<css::container::XIndexAccess>(document->getSheets(), UNO_QUERY_THROW)->getCount();
}

}  // namespace

class SourceReader::Listener final : public cppu::WeakImplHelper1<css::util::XModifyListener> {
public:
    Listener(SourceReader* reader, std::function<void()> changed) : reader_(reader), changed_(std::move(changed)) {}
    void detach() { reader_ = nullptr; }

    void SAL_CALL modified(const css::lang::EventObject&) override {
        if (reader_ != nullptr) changed_();
    }
    void SAL_CALL disposing(const css::lang::EventObject& event) override {
        if (reader_ != nullptr && event.Source == reader_->range_) reader_->range_.clear();
    }

private:
    SourceReader* reader_;
    std::function<void()> changed_;
};

SourceReader::SourceReader(const Reference<css::uno::XComponentContext>& context, std::function<void()> changed)
    : context_(context), listener_(new Listener(this, std::move(changed))) {}

SourceReader::~SourceReader() {
    listener_->detach();
    forget();
}

panel::Source SourceReader::read(const Range& range, const Document& document, const std::optional<DocumentTable>& table) {
    panel::Source source = sourceOf(range, document, context_);
    source.hidden = hidden_.in(range, source.table->rows());
    source.below = rowsBelow(range, table);
    source.filledBelow = source.below.rows > 0 && !source.below.afterEmptyRow ? 0 : filledBelow(range);
    return source;
}

void SourceReader::follow(const Range& range, const Document& document) {
    forget();
    range_ = range;
    sheet_ = sheetNameOf(range);
    sheets_ = sheetsIn(document);
    if (Reference<css::util::XModifyBroadcaster> cells(range_, UNO_QUERY); cells.is()) cells->addModifyListener(listener_.get());
}

void SourceReader::forget() {
    try {
        const Reference<css::util::XModifyBroadcaster> cells(std::exchange(range_, {}), UNO_QUERY);
        if (cells.is()) cells->removeModifyListener(listener_.get());
    } catch (const css::uno::Exception&) {  // they are gone already
    }
}

bool SourceReader::isGone(const Document& document) {
    const sal_Int32 before = std::exchange(sheets_, sheetsIn(document));
    const OUString sheet = std::exchange(sheet_, sheetNameOf(range_));
    return sheets_ < before && sheet_ != sheet;
}

panel::RowsBelow SourceReader::rowsBelow(const Range& range, const std::optional<DocumentTable>& table) {
    return sidebar::rowsBelow(range, table ? std::optional(table->range) : std::nullopt);
}

Range SourceReader::withRowsBelow(const std::optional<DocumentTable>& table) const {
    return sidebar::withRowsBelow(range_, table ? std::optional(table->range) : std::nullopt);
}

}  // namespace calckpi::sidebar
