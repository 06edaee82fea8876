// SourceReader reads the cells that a table is made from, and hears when they change.
#pragma once

#include "addin/document/document_tables.hpp"
#include "addin/sidebar/source_range.hpp"
#include "core/recognition/data_block.hpp"

#include <com/sun/star/uno/XComponentContext.hpp>
#include <rtl/ref.hxx>

#include <functional>
#include <optional>

namespace calckpi::sidebar {

class SourceReader {
public:
    using Document = css::uno::Reference<css::sheet::XSpreadsheetDocument>;

    // changed is called when a cell of the source has changed or moved.
    SourceReader(const css::uno::Reference<css::uno::XComponentContext>& context, std::function<void()> changed);
    ~SourceReader();
    SourceReader(const SourceReader&) = delete;
    SourceReader& operator=(const SourceReader&) = delete;

    // read makes the panel's source of a range; `table` is the one that is made from it, if it is there already.
    panel::Source read(const Range& range, const Document& document, const std::optional<DocumentTable>& table);
    // follow hears that range from now on; forget, none any more.
    void follow(const Range& range, const Document& document);
    void forget();
    const Range& range() const { return range_; }

    // isGone tells whether the sheet of the range has been deleted: its cells turn into those of the next sheet, without a word.
    // It must be asked after each change of the document.
    bool isGone(const Document& document);
    // hiddenRows are those among `filled` rows of the range that a filter or the user hides, rowsBelow the rows of data that stand
    // below it.
    std::int64_t hiddenRows(std::size_t filled) { return hidden_.in(range_, filled); }
    panel::RowsBelow rowsBelow(const std::optional<DocumentTable>& table) const { return rowsBelow(range_, table); }
    // withRowsBelow is the range together with these.
    Range withRowsBelow(const std::optional<DocumentTable>& table) const;

private:
    class Listener;
    static panel::RowsBelow rowsBelow(const Range& range, const std::optional<DocumentTable>& table);

    css::uno::Reference<css::uno::XComponentContext> context_;
    rtl::Reference<Listener> listener_;
    Range range_;
    HiddenRows hidden_;
    rtl::OUString sheet_;   // of the range when it was seen last
    sal_Int32 sheets_ = 0;  // how many there were then
};

}  // namespace calckpi::sidebar
