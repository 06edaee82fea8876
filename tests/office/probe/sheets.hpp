// Sheets: the writing of funnel tables without the panel, as a UNO job, so that tests can ask for it from outside.
//
// execute takes named values: Document, Do ("insertSheet", "insertAt", "update", "find"; "insertPlan" for that of
// small_kpi_sheet.hpp, "insertMisfit" for one that does not fit; "insertTable" and "updateTable" for one of table_choices.hpp;
// "dataAround" and "convert" for Source, a cell or a column), Settings (the text that the document keeps), Source (the range of the
// data), Target (a cell), Overwrite, Language, Date, Fail (fails once all is written). It answers with the table's name and cells,
// with an obstacle ("FilledCells B4:D9"), or for "find" with name, source and settings, empty where there is no table.
#pragma once

#include <com/sun/star/task/XJob.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <cppuhelper/implbase1.hxx>

namespace calckpi::probe {

class Sheets final : public cppu::WeakImplHelper1<css::task::XJob> {
public:
    explicit Sheets(css::uno::Reference<css::uno::XComponentContext> context) : context_(std::move(context)) {}
    css::uno::Any SAL_CALL execute(const css::uno::Sequence<css::beans::NamedValue>& values) override;

private:
    css::uno::Reference<css::uno::XComponentContext> context_;
};

}  // namespace calckpi::probe
