// The sample workbook of the KPI sheets. What the extension carries of it are its tables and the figures that would be typed in;
// the sheets are made in the opened copy, one of each template, as the panel makes them: so they are always those of this version,
// in the language of the office, and an Update works in them.
#pragma once

#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>

namespace calckpi::sidebar {

inline constexpr char kpiSheetsSample[] = "kpi-sheets";  // its file, see packaging/write_kpi_sample.py

// addKpiSheets makes them from the tables of the document, and shows the first. The figures are on the sheet Inputs, which is
// taken away: a row for each month, below the names of the figures.
void addKpiSheets(const css::uno::Reference<css::uno::XComponentContext>& context,
                  const css::uno::Reference<css::sheet::XSpreadsheetDocument>& document);

}  // namespace calckpi::sidebar
