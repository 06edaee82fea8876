#include "core/sheets/table_pictures.hpp"

#include "core/sheets/formula_parts.hpp"
#include "core/recognition/recognition.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace calckpi::panel {
namespace {

// Places of the columns in what the functions give.
namespace segment {
enum : std::size_t { Name, Deals, Won, Lost, Open, Rate, Low, High };
}
namespace period {
enum : std::size_t {
    Start,
    Complete,
    Created,
    Won,
    Lost,
    Open,
    Rate,
    Low,
    High,
    CreatedRate,
    Revenue,
    Average,
    Median,
    Mean,
    Pipeline
};
}
namespace movement {
enum : std::size_t { Period, Start, New, Expansion, Contraction, Churned, Reactivated, End };
}
namespace curve {
enum : std::size_t { Days, AtRisk, Won, Lost, ShareWon, ShareLost, Low, High };
}
namespace customer {
enum : std::size_t { Name, Repeats, Recency, Age };
}

std::string text(std::int32_t number) { return std::to_string(number); }

// unnamed gives columns that a picture is drawn from headers that nobody sees: it has no legend.
void unnamed(Block& block, std::int32_t columns) {
    for (std::int32_t column = 0; column < columns; ++column) block.put(0, column, CellRole::Helper, " ");
}

// isLabelled is true for the points that have a label: the last one, and so many between them that all can be read.
bool isLabelled(std::int32_t point, std::int32_t points, std::int32_t step) { return (points - point) % step == 0; }

Formula orNothing(const Formula& formula) { return Formula("IFERROR(") + formula + ";NA())"; }

Formula at(const Reference& cells, const Formula& place) { return Formula("INDEX(") + cells + ";" + place + ")"; }

// Fewer deals than this do not tell much of a rate: their bar is pale.
constexpr std::int32_t fewDeals = 30;
constexpr std::int32_t mostBars = 12;

// SegmentBars are the segments with most deals, the best rate first, those of few closed deals behind the others. Their places in
// the table are found by keys: the rate, and the place where rates are equal.
class SegmentBars {
public:
    SegmentBars(TableSheet& sheet, std::int32_t bars) : sheet_(sheet), bars_(bars) {
        block_.id = "picture";
        block_.row = TableSheet::top;
        block_.column = sheet.pictureColumn();
    }

    Block write() && {
        unnamed(block_, 5);
        for (std::int32_t bar = 1; bar <= bars_; ++bar) {
            const Formula rate = of(segment::Rate, bar);
            const Formula few = Formula("(") + of(segment::Won, bar) + "+" + of(segment::Lost, bar) + "<" + text(fewDeals) + ")";
            block_.put(bar, 0, CellRole::Helper, label(bar));
            block_.put(bar, 1, CellRole::Share, orNothing(Formula("IF(") + few + ";NA();" + rate + ")"));
            block_.put(bar, 2, CellRole::Share, orNothing(Formula("IF(") + few + ";" + rate + ";NA())"));
            block_.put(bar, 3, CellRole::Share, orNothing(of(segment::High, bar) + "-" + rate));
            block_.put(bar, 4, CellRole::Share, orNothing(rate + "-" + of(segment::Low, bar)));
            block_.put(bar, 5, CellRole::Helper, place(bar));
            block_.put(bar, 6, CellRole::Helper, key(bar));
        }
        return std::move(block_);
    }

private:
    // of is a figure of the segment that a bar shows.
    Formula of(std::size_t figure, std::int32_t bar) const {
        return at(sheet_.column(figure, 1), Formula(block_.cell(bar, 5, Fixed::Columns)));
    }
    Formula key(std::int32_t place) const {
        const Formula rate = at(sheet_.column(segment::Rate, 1), Formula(text(place)));
        const Formula one(text(place));
        const Formula closed = at(sheet_.column(segment::Won, 1), one) + "+" + at(sheet_.column(segment::Lost, 1), one);
        return Formula("IF(ISNUMBER(") + rate + ");" + rate + "-2*(" + closed + "<" + text(fewDeals) + ");-3)-" + one + "/1000000";
    }
    Formula place(std::int32_t bar) const {
        const Reference keys = block_.cells({1, 6, bars_, 1}, Fixed::All);
        return Formula("MATCH(LARGE(") + keys + ";" + text(bar) + ");" + keys + ";0)";
    }
    // The number of closed deals is beside the name: of how many the rate is tells how much to believe it.
    Formula label(std::int32_t bar) const {
        const Formula closed = Formula("FIXED(") + of(segment::Won, bar) + "+" + of(segment::Lost, bar) + ";0)";
        const Formula told = sentenceFormula(sheet_.texts(), msg("{share} of {n}"),
                                             {{"share", percentFormula(sheet_.texts(), of(segment::Rate, bar))}, {"n", closed}});
        return of(segment::Name, bar) + "&\"  \"&IFERROR(" + told + ";\"–\")";
    }

    TableSheet& sheet_;
    std::int32_t bars_;
    Block block_;
};

// PeriodLine is the last periods of one figure: what is complete, what is running, and the median to compare with.
class PeriodLine {
public:
    PeriodLine(TableSheet& sheet, std::size_t figure, std::int32_t points, std::int32_t number)
        : sheet_(sheet), figure_(figure), points_(points) {
        block_.id = "picture" + text(number);
    }

    Block write(std::int32_t row, std::int32_t column) && {
        block_.row = row;
        block_.column = column;
        unnamed(block_, 3);
        block_.put(0, 3, CellRole::Helper, sheet_.say(msg("Median")));
        block_.put(0, 4, CellRole::Helper, " ");
        for (std::int32_t point = 1; point <= points_; ++point) writePoint(point);
        return std::move(block_);
    }

private:
    // The last row that is filled is the last point, however many there are.
    Formula place(std::int32_t point) const {
        return Formula("COUNT(") + sheet_.column(period::Start) + ")-" + text(points_ - point);
    }
    Formula of(std::size_t figure, std::int32_t point) const { return at(sheet_.column(figure), place(point)); }
    void writePoint(std::int32_t point) {
        const std::string unit = sheet_.choices().text("period");
        const CellRole role = roleOf(figure_);
        const Formula complete = of(period::Complete, point) + "=1";
        block_.put(point, 0, CellRole::Helper,
                   isLabelled(point, points_, 3)
                       ? Content(orNothing(periodLabel(sheet_.texts(), of(period::Start, point), unit.empty() ? "month" : unit)))
                       : Content(" "));
        block_.put(point, 1, role, orNothing(Formula("IF(") + complete + ";" + of(figure_, point) + ";NA())"));
        // The dashed part begins where the line ends.
        const Formula runs = point == points_       ? of(period::Complete, point) + "=0"
                             : point == points_ - 1 ? of(period::Complete, points_) + "=0"
                                                    : Formula("FALSE()");
        block_.put(point, 2, role, orNothing(Formula("IF(") + runs + ";" + of(figure_, point) + ";NA())"));
        block_.put(point, 3, role, orNothing(Formula("AGGREGATE(12;6;") + block_.cells({1, 1, points_, 1}, Fixed::All) + ")"));
        block_.put(point, 4, CellRole::Helper, 0.0);
    }
    CellRole roleOf(std::size_t figure) const {
        for (const TableColumn& column : sheet_.preview().columns)
            if (column.place == figure) return sheet_.roleOf(column);
        return CellRole::Count;
    }

    TableSheet& sheet_;
    std::size_t figure_;
    std::int32_t points_;
    Block block_{};
};

std::string headerAt(const TableSheet& sheet, std::size_t place) {
    for (const TableColumn& column : sheet.preview().columns)
        if (column.place == place) return headerOf(column, sheet.texts(), sheet.inThousands(column));
    return {};
}

// lastDay is the formula of the day up to which the source tells, if no other was chosen.
Formula lastDay(const TableSheet& sheet, const TableContext& context) {
    const TableChoices& choices = sheet.choices();
    if (!choices.live || choices.number("asOf")) return Formula(numberConstant(std::floor(sheet.preview().lastDate.value_or(0))));
    Formula columns;
    for (const std::string_view parameter : {"when", "start", "end"}) {
        const auto found = std::find(context.columns.begin(), context.columns.end(), choices.text(parameter));
        if (found == context.columns.end()) continue;
        columns += (columns.parts().empty() ? "" : ";") + std::string("INDEX(") + choices.source + ";0;" +
                   std::to_string(found - context.columns.begin() + 1) + ")";
    }
    return Formula("INT(MAX(") + columns + "))";
}

// endOfPeriod is the last day of a period that begins on `day`.
Formula nextPeriod(const TableSheet& sheet, const Formula& day) {
    const std::string unit = sheet.choices().text("period");
    FunctionCall call("PERIODSTART");
    const std::string whole = std::move(call << "\x01" << (unit.empty() ? std::string() : asConstant(unit)) << "1").end();
    const std::size_t place = whole.find('\x01');
    return Formula(whole.substr(0, place)) + day + whole.substr(place + 1);
}

// Waterfall shows the movements of the last period that is over.
class Waterfall {
public:
    Waterfall(TableSheet& sheet, const TableContext& context) : sheet_(sheet), context_(context) {
        block_.id = "picture";
        block_.row = TableSheet::top;
        block_.column = sheet.pictureColumn();
    }

    Block write() && {
        unnamed(block_, 5);
        block_.put(1, 5, CellRole::Helper, shownRow());
        total(1, movement::Start, true);
        movementBar(2, movement::New, msg("New"), true);
        movementBar(3, movement::Expansion, msg("Expansion"), true);
        movementBar(4, movement::Reactivated, msg("Reactivated"), true);
        movementBar(5, movement::Contraction, msg("Contraction"), false);
        movementBar(6, movement::Churned, msg("Churned"), false);
        total(7, movement::End, false);
        return std::move(block_);
    }
    // shownRow is the last row of the table whose period is over: the last or the one before it.
    Formula shownRow() const {
        const Formula count = Formula("COUNT(") + sheet_.column(movement::Period) + ")";
        if (!sheet_.choices().live) return Formula(text(std::max(1, sheet_.rows() - (sheet_.preview().lastPeriodOver ? 0 : 1))));
        const Formula last = at(sheet_.column(movement::Period), count);
        return Formula("MAX(1;") + count + "-IF(" + lastDay(sheet_, context_) + "+1<" + nextPeriod(sheet_, last) + ";1;0))";
    }

private:
    Formula amount(std::size_t figure) const { return at(sheet_.column(figure), Formula(block_.cell(1, 5, Fixed::All))); }
    void label(std::int32_t row, Message name, const Formula& value) {
        block_.put(row, 0, CellRole::Helper, Formula(asConstant(sheet_.say(name))) + "&CHAR(10)&" + value);
    }
    void total(std::int32_t row, std::size_t figure, bool dated) {
        const std::string unit = sheet_.choices().text("period");
        const Formula when = periodLabel(sheet_.texts(), amount(movement::Period), unit.empty() ? "month" : unit);
        const Formula value = sheet_.moneyText(amount(figure));
        label(row, dated ? msg("Start") : msg("End"), dated ? value : value + "&CHAR(10)&" + when);
        block_.put(row, 1, CellRole::Helper, 0.0);
        block_.put(row, 2, CellRole::Helper, amount(figure));
        block_.put(row, 3, CellRole::Helper);
        block_.put(row, 4, CellRole::Helper);
    }
    // A bar hangs where the one before it ends; what falls hangs below that end.
    void movementBar(std::int32_t row, std::size_t figure, Message name, bool rises) {
        label(row, name, Formula(rises ? "\"▲ \"&" : "\"▼ \"&") + sheet_.moneyText(Formula("ABS(") + amount(figure) + ")"));
        const Formula before = Formula(block_.cell(row - 1, 1)) + "+" + block_.cell(row - 1, 2) + "+" + block_.cell(row - 1, 3);
        block_.put(row, 1, CellRole::Helper, rises ? before : before + "+" + amount(figure));
        block_.put(row, 2, CellRole::Helper);
        block_.put(row, rises ? 3 : 4, CellRole::Helper, Formula("ABS(") + amount(figure) + ")");
        block_.put(row, rises ? 4 : 3, CellRole::Helper);
    }

    TableSheet& sheet_;
    const TableContext& context_;
    Block block_{};
};

// EndLine is what is left at the end of the last periods.
Block endLine(const TableSheet& sheet, const Block& waterfall, std::int32_t points) {
    Block block{.id = "picture2", .row = TableSheet::top + 16, .column = sheet.pictureColumn()};
    const std::string unit = sheet.choices().text("period");
    unnamed(block, 5);
    const CellRole role = sheet.thousands() ? CellRole::Thousands : CellRole::Money;
    const Formula over(waterfall.cell(1, 5, Fixed::All));
    for (std::int32_t point = 1; point <= points; ++point) {
        const Formula place = Formula("(COUNT(") + sheet.column(movement::Period) + ")-" + text(points - point) + ")";
        const Formula end = at(sheet.column(movement::End), place);
        block.put(point, 0, CellRole::Helper,
                  isLabelled(point, points, 2)
                      ? Content(orNothing(
                            periodLabel(sheet.texts(), at(sheet.column(movement::Period), place), unit.empty() ? "month" : unit)))
                      : Content(" "));
        block.put(point, 1, role, orNothing(Formula("IF(") + place + "<=" + over + ";" + end + ";NA())"));
        block.put(point, 2, role, orNothing(Formula("IF(") + place + ">=" + over + ";" + end + ";NA())"));
        block.put(point, 3, role, Formula("NA()"));
        block.put(point, 4, CellRole::Helper, 0.0);
    }
    return block;
}

constexpr std::int32_t mostPoints = 13;  // a year and the month before it

}  // namespace

void nameCurves(Block& block, const std::string& first, const std::string& second) {
    for (std::int32_t column = 0; column < 7; ++column)
        block.put(0, column, CellRole::Helper, column == 1 ? first : column == 4 ? second : std::string(" "));
}

void pictureSegments(TableSheet& sheet, const TableContext&) {
    const std::int32_t bars = std::min(mostBars, sheet.rows() - 1);
    const Formula closed = Formula("(") + sheet.cell(1, segment::Won, Fixed::Columns) + "+" +
                           sheet.cell(1, segment::Lost, Fixed::Columns) + "<" + text(fewDeals) + ")";
    const std::int32_t rate = *sheet.shown(segment::Rate);
    sheet.condition({1, rate, sheet.allRows(), 3},
                    Formula("IF(ISNUMBER(") + sheet.cell(1, segment::Won, Fixed::Columns) + ");" + closed + ";0)",
                    CellRole::Doubtful);
    if (!sheet.choices().picture || bars < 2) return;
    sheet.makeRoom(7, 9);
    sheet.draw(ChartKind::IntervalBars, SegmentBars(sheet, bars).write(), 5,
               sheet.say(msg("Win rate with its 95 % interval, of the closed deals")), sheet.pictureColumn() + 7);
    sheet.rule(sheet.say(msg("Rates of fewer than 30 closed deals are pale: chance alone moves them far")));
}

void picturePeriods(TableSheet& sheet, const TableContext&) {
    const std::int32_t points = std::min(mostPoints, sheet.rows());
    if (!sheet.choices().picture || points < 2) return;
    constexpr std::int32_t columns = 5;  // of one picture
    constexpr std::int32_t stride = 15;  // the row of headers, and the 14 rows that a picture has at least
    sheet.makeRoom(2 * columns, 7);
    std::int32_t number = 0;
    for (const std::size_t figure :
         {period::Rate, period::Revenue, period::Won, period::Average, period::Median, period::Pipeline}) {
        if (!sheet.shown(figure)) continue;
        const std::int32_t column = sheet.pictureColumn() + number % 2 * columns;
        const std::string header = headerAt(sheet, figure);
        sheet.draw(ChartKind::TargetLine,
                   PeriodLine(sheet, figure, points, number + 1).write(TableSheet::top + number / 2 * stride, column), columns,
                   header, column + columns);
        ++number;
    }
    sheet.rule(
        sheet.say(msg("Pictures show the last periods; dashed is the one that is running, grey the median of the complete ones")));
}

void pictureCohorts(TableSheet& sheet, const TableContext&) {
    const std::string measure = sheet.choices().text("measure");
    const bool shares = measure.empty() || measure == "retention" || measure == "revenue retention";
    // The first column of shares is 1 by definition.
    const std::int32_t first = 2 + (shares ? 1 : 0);
    if (first >= sheet.width()) return;
    const CellArea cells{2, first, sheet.allRows() - 1, sheet.width() - first};
    if (cells.rows > 0) sheet.heat(sheet.table(), cells, Formula("MAX(") + sheet.table().cells(cells, Fixed::All) + ")");
    sheet.add([&] {
        Block over{.id = "ages", .row = TableSheet::top - 1, .column = 2};
        over.put(0, 0, CellRole::Note, sheet.say(msg("Periods since the first purchase")));
        return over;
    }());
}

void pictureMovements(TableSheet& sheet, const TableContext& context) {
    if (!sheet.choices().picture) return;
    sheet.makeRoom(6, 11);
    const std::int32_t end = sheet.pictureColumn() + 6;
    Block waterfall = Waterfall(sheet, context).write();
    const std::int32_t points = std::min(mostPoints, sheet.rows());
    Block line = endLine(sheet, waterfall, points);
    sheet.draw(ChartKind::Waterfall, std::move(waterfall), 5, sheet.say(msg("Movements of the last complete period")), end);
    if (points < 2) return;
    const std::string title =
        sheet.say(sheet.thousands() ? msg("At the end of the period, in thousands") : msg("At the end of the period"));
    sheet.draw(ChartKind::TargetLine, std::move(line), 5, title, end);
}

void pictureWinCurve(TableSheet& sheet, const TableContext&) {
    sheet.follow(CellRole::Share, sheet.say(msg("Share open")), 12, [&](std::int32_t row) {
        return Formula("IF(ISNUMBER(") + sheet.cell(row, curve::ShareWon) + ");1-" + sheet.cell(row, curve::ShareWon) + "-" +
               sheet.cell(row, curve::ShareLost) + ";\"\")";
    });
    const Formula last = Formula("COUNT(") + sheet.column(curve::Days) + ")";
    const auto percentAtEnd = [&](std::size_t figure) { return percentFormula(sheet.texts(), at(sheet.column(figure), last)); };
    const Formula open = percentFormula(
        sheet.texts(), Formula("1-") + at(sheet.column(curve::ShareWon), last) + "-" + at(sheet.column(curve::ShareLost), last));
    sheet.liveNote(sentenceFormula(sheet.texts(), msg("After {days} days {won} are won, {lost} lost and {open} still open"),
                                   {{"days", Formula("FIXED(MAX(") + sheet.column(curve::Days) + ");0)"},
                                    {"won", percentAtEnd(curve::ShareWon)},
                                    {"lost", percentAtEnd(curve::ShareLost)},
                                    {"open", open}}));
    if (!sheet.choices().picture) return;
    constexpr std::int32_t points = 25;
    sheet.makeRoom(7, 9);
    Block block{.id = "picture", .row = TableSheet::top, .column = sheet.pictureColumn()};
    nameCurves(block, sheet.say(msg("Won")), sheet.say(msg("Lost")));
    for (std::int32_t point = 0; point < points; ++point) {
        const Formula age = Formula("MAX(") + sheet.column(curve::Days) + ")*" + text(point) + "/" + text(points - 1);
        // The last age that is not above this one; before the first nothing is decided.
        const auto reached = [&](std::size_t figure) {
            return Formula("IFERROR(") +
                   at(sheet.column(figure), Formula("MATCH(") + age + ";" + sheet.column(curve::Days) + ";1)") + ";0)";
        };
        if (isLabelled(point + 1, points, 4))
            block.put(point + 1, 0, CellRole::Helper, Formula("FIXED(") + age + ";0)");
        else
            block.put(point + 1, 0, CellRole::Helper, " ");
        block.put(point + 1, 1, CellRole::Share, reached(curve::ShareWon));
        block.put(point + 1, 2, CellRole::Share, reached(curve::Low));
        block.put(point + 1, 3, CellRole::Share, reached(curve::High));
        block.put(point + 1, 4, CellRole::Share, reached(curve::ShareLost));
        block.put(point + 1, 5, CellRole::Share, Formula("NA()"));
        block.put(point + 1, 6, CellRole::Share, Formula("NA()"));
    }
    sheet.draw(ChartKind::BoundedCurves, std::move(block), 7, sheet.say(msg("Share of deals decided, by their age in days")),
               sheet.pictureColumn() + 7);
}

namespace {

// Bounds of what is counted together: 0 to 30 days since the last purchase, and the like of other units.
struct Bins {
    Message upTo;   // "up to {n} days"
    Message above;  // "longer"
    std::vector<std::int32_t> ends;
};
Bins binsOf(std::string_view unit) {
    if (unit == "week" || unit == "week/sun") return {msg("up to {n} week", "up to {n} weeks"), msg("longer"), {4, 13, 26, 52}};
    if (unit == "month") return {msg("up to {n} month", "up to {n} months"), msg("longer"), {1, 3, 6, 12}};
    if (unit.starts_with("quarter")) return {msg("up to {n} quarter", "up to {n} quarters"), msg("longer"), {1, 2, 4, 8}};
    if (unit.starts_with("year")) return {msg("up to {n} year", "up to {n} years"), msg("longer"), {1, 2, 3, 5}};
    return {msg("up to {n} day", "up to {n} days"), msg("longer"), {30, 90, 180, 365}};
}

constexpr std::pair<std::int32_t, std::int32_t> repeatBins[] = {{0, 0}, {1, 1}, {2, 2}, {3, 5}, {6, 1'000'000}};

std::string repeatsHeader(std::pair<std::int32_t, std::int32_t> bin) {
    if (bin.first == bin.second) return text(bin.first);
    return bin.second >= 1'000'000 ? text(bin.first) + "+" : text(bin.first) + "–" + text(bin.second);
}

}  // namespace

void pictureCustomers(TableSheet& sheet, const TableContext&) {
    if (!sheet.choices().picture) return;
    const auto columns = static_cast<std::int32_t>(std::size(repeatBins));
    sheet.makeRoom(columns + 1, 8);
    sheet.widenPicture(0, 20);
    const Bins bins = binsOf(sheet.choices().text("unit"));
    Block grid{.id = "grid", .row = TableSheet::top, .column = sheet.pictureColumn()};
    grid.put(0, 0, CellRole::HeaderText, sheet.say(msg("Last purchase ago")));
    for (std::int32_t column = 0; column < columns; ++column)
        grid.put(0, 1 + column, CellRole::Header, repeatsHeader(repeatBins[column]));
    const Formula age(sheet.column(customer::Age));
    const Formula ago = Formula("IF(ISNUMBER(") + age + ");" + age + "-" + sheet.column(customer::Recency) + ";-1)";
    std::int32_t below = -1;
    for (std::int32_t row = 0; row <= static_cast<std::int32_t>(bins.ends.size()); ++row) {
        const bool last = row == static_cast<std::int32_t>(bins.ends.size());
        const std::int32_t end = last ? 1'000'000'000 : bins.ends[static_cast<std::size_t>(row)];
        grid.put(1 + row, 0, CellRole::Text, last ? sheet.say(bins.above) : sheet.texts().say(bins.upTo, end));
        for (std::int32_t column = 0; column < columns; ++column) {
            const Reference repeats = sheet.column(customer::Repeats);
            grid.put(1 + row, 1 + column, CellRole::Count,
                     Formula("SUMPRODUCT((") + ago + ">" + text(below) + ")*(" + ago + "<=" + text(end) + ")*(" + repeats +
                         ">=" + text(repeatBins[column].first) + ")*(" + repeats + "<=" + text(repeatBins[column].second) + "))");
        }
        below = end;
    }
    const CellArea cells{1, 1, static_cast<std::int32_t>(bins.ends.size()) + 1, columns};
    sheet.heat(grid, cells, Formula("MAX(") + grid.cells(cells, Fixed::All) + ")");
    Block over{.id = "over", .row = TableSheet::top - 1, .column = sheet.pictureColumn()};
    over.put(0, 0, CellRole::Section, sheet.say(msg("Customers by repeats and time since the last purchase")));
    sheet.add(std::move(over));
    sheet.add(std::move(grid));
}

}  // namespace calckpi::panel
