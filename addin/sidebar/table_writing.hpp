// TableWriting writes what a model has drafted, each in one undo step; what stands in the way is said instead, and nothing is
// written.
//
//   const TableWriting writing(document, data, texts);
//   if (Written written = writing.toNewSheet(draft); written.table) …
//   else say(written.refusal, written.canOverwrite);
#pragma once

#include "addin/document/document_writer.hpp"
#include "core/panel/model.hpp"

#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>

#include <optional>
#include <string>

namespace calckpi::sidebar {

struct Written {
    std::optional<DocumentTable> table{};
    std::string refusal{};      // a sentence, where nothing was written
    bool canOverwrite = false;  // the user may agree to it all the same
};

class TableWriting {
public:
    // data is the source, which no table may cover. With `overwrite` the user has agreed to lose what stands in the way.
    TableWriting(const css::uno::Reference<css::sheet::XSpreadsheetDocument>& document, const Area& data, const panel::Texts& texts,
                 bool overwrite = false)
        : document_(document), data_(data), texts_(texts), overwrite_(overwrite) {}

    // toNewSheet writes behind the sheet of the data, and shows it.
    Written toNewSheet(const panel::Draft& draft) const;
    Written at(const css::table::CellAddress& target, const panel::Draft& draft) const;
    Written over(const DocumentTable& table, const panel::Draft& draft) const;

private:
    Written overSheets(const DocumentTable& table, const panel::Draft& draft) const;
    std::optional<Written> refused(const std::optional<Obstacle>& obstacle) const;

    css::uno::Reference<css::sheet::XSpreadsheetDocument> document_;
    Area data_;
    const panel::Texts& texts_;
    bool overwrite_;
};

}  // namespace calckpi::sidebar
