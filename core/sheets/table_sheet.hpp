// TableSheet is the frame that all plans of tables have in common: title, headers, the live array with its spare rows, rules. A
// plan adds its pictures to it.
#pragma once

#include "core/sheets/table_plan.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace calckpi::panel {

// FormulaSlot is what a formula puts in place of {name}.
struct FormulaSlot {
    std::string_view name;
    Formula formula;
};
// sentenceFormula is a sentence that a formula says, some of its words computed: "42% of 212".
Formula sentenceFormula(const Texts& texts, Message message, std::initializer_list<FormulaSlot> slots);
// percentFormula writes a share as a text, as the language has it.
Formula percentFormula(const Texts& texts, const Formula& share);
// periodLabel writes the first day of a period, short: "Nov 26", "14 Nov", "2026".
Formula periodLabel(const Texts& texts, const Formula& day, std::string_view period);

class TableSheet {
public:
    TableSheet(const TableChoices& choices, const TablePreview& preview, const TableContext& context, const Texts& texts,
               std::int32_t leading = 0, std::int32_t above = 0);

    const TableChoices& choices() const { return choices_; }
    const TablePreview& preview() const { return preview_; }
    const Texts& texts() const { return texts_; }
    std::string say(Message message, std::initializer_list<Slot> slots = {}) const { return texts_.say(message, slots); }

    // top is the row below the title and a blank one; the headers of the table are there, or `above` rows further down.
    static constexpr std::int32_t top = 3;
    std::int32_t headerRow() const { return table_.row; }
    std::int32_t rows() const { return rows_; }  // of the table as it is now, without the spare ones
    std::int32_t allRows() const { return rows_ + spareRows_; }
    std::int32_t width() const { return width_; }  // columns of the table
    // pictureColumn is the first one that pictures may stand in, after a column of air.
    std::int32_t pictureColumn() const { return width_ + 1; }

    // shown is where a column of the function is in the table, by its place in what the function gives; nothing if it is left
    // out.
    std::optional<std::int32_t> shown(std::size_t place) const;
    // column is all cells of it but the first `from` rows, spare ones included; it must be shown.
    Reference column(std::size_t place, std::int32_t from = 0) const;
    Reference cell(std::int32_t row, std::size_t place, Fixed fixed = Fixed::Nothing) const;
    // thousands tells whether the table's sums are shown in thousands; a mean is then, too, if it is as large itself.
    bool thousands() const { return thousands_; }
    bool inThousands(const TableColumn& column) const;
    CellRole roleOf(const TableColumn& column) const;
    // moneyText is an amount as a text; large ones in thousands, as the table has them.
    Formula moneyText(const Formula& amount) const;

    // lead fills the column that is before the array, if there is one, and follow adds one behind it: a formula for each row.
    template <class FormulaOf>
    void lead(CellRole role, const std::string& header, std::int32_t letters, FormulaOf formula) {
        put(0, role, header, letters, formula);
    }
    template <class FormulaOf>
    void follow(CellRole role, const std::string& header, std::int32_t letters, FormulaOf formula) {
        sheet_.columnWidths.push_back(letters);
        put(width_++, role, header, letters, formula);
    }

    // heat shades cells by five steps up to the most.
    void heat(Block& block, const CellArea& cells, const Formula& most) const;
    void condition(const CellArea& cells, Formula when, CellRole look) {
        table_.formats.push_back({cells, {{std::move(when), look}}});
    }
    Block& table() { return table_; }
    void rule(std::string sentence) { rules_.push_back(std::move(sentence)); }
    // live is a line below the table that a formula says.
    void liveNote(Formula formula) { liveNotes_.push_back(std::move(formula)); }
    void add(Block block) { blocks_.push_back(std::move(block)); }
    // draw adds a picture of a block of cells, which it covers from the row below their headers on.
    void draw(ChartKind kind, Block data, std::int32_t columns, std::string title, std::int32_t endColumn);
    // makeRoom gives pictures so many columns beside the table, each so many letters wide.
    void makeRoom(std::int32_t columns, std::int32_t letters);
    void widenPicture(std::int32_t column, std::int32_t letters) {
        widen(pictureColumn() + column, static_cast<std::size_t>(letters));
    }
    void widenColumn(std::int32_t column, std::int32_t letters) { widen(column, static_cast<std::size_t>(letters)); }

    DocumentPlan finish() &&;

private:
    template <class FormulaOf>
    void put(std::int32_t column, CellRole role, const std::string& header, std::int32_t letters, FormulaOf formula) {
        table_.put(0, column, lookOf(role).side == Side::Left ? CellRole::HeaderText : CellRole::Header, header);
        for (std::int32_t row = 1; row <= allRows(); ++row) table_.put(row, column, role, Content(formula(row)));
        widen(column, static_cast<std::size_t>(letters));
    }
    void writeTitle();
    void writeHeaders();
    void writeArray();
    void writeCells();
    void writeNotes();
    void widen(std::int32_t column, std::size_t letters);
    std::size_t lettersBelowTable() const;

    const TableChoices& choices_;
    const TablePreview& preview_;
    const TableContext& context_;
    const Texts& texts_;
    std::int32_t rows_ = 0;
    std::int32_t spareRows_ = 0;
    std::int32_t spareColumns_ = 0;
    std::int32_t leading_ = 0;
    std::int32_t width_ = 0;
    bool thousands_ = false;
    std::vector<std::string> rules_;
    std::vector<Formula> liveNotes_;
    Block title_{.id = "title"};
    Block table_{.id = "table"};
    Block notes_{.id = "notes"};
    std::vector<Block> blocks_;
    PlannedSheet sheet_;
};

}  // namespace calckpi::panel
