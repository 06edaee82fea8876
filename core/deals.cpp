#include "core/deals.hpp"

#include "core/text.hpp"

namespace calckpi {
namespace {

enum class State : std::uint8_t { None, Won, Lost, Open };

// States tells the state of a table's rows; each different text is looked up once.
class States {
public:
    States(const Column& status, const Values& won, const Values& lost) : status_(status), won_(won), lost_(lost) {
        textStates_.reserve(status.texts().size());
        for (const std::string& text : status.texts())
            textStates_.push_back(won.hasText(text)            ? State::Won
                                  : lost.hasText(text)         ? State::Lost
                                  : folded(text).empty()       ? State::None
                                                               : State::Open);
    }

    State of(std::size_t row) const {
        switch (status_.kind(row)) {
            case CellKind::Text: return textStates_[status_.textIndex(row)];
            case CellKind::Number:
                return won_.hasNumber(status_.number(row))    ? State::Won
                       : lost_.hasNumber(status_.number(row)) ? State::Lost
                                                              : State::Open;
            case CellKind::Blank:
            case CellKind::Error: break;
        }
        return State::None;
    }

private:
    const Column& status_;
    const Values& won_;
    const Values& lost_;
    std::vector<State> textStates_;
};

}  // namespace

Result<Share> dWinRate(const TableHandle& table, const ColumnRef& status, const Values& won, const Values& lost, Optional<Basis> basis,
                       const Filters& filters) {
    if (won.overlaps(lost)) return Fault::OutsideDomain;
    const Result<ColumnHandle> column = table->use(status);
    if (!column) return column.failure();
    if (won.areAnEmptyCell(**column) || lost.areAnEmptyCell(**column)) return Fault::OutsideDomain;
    const Result<std::vector<std::uint8_t>> pass = rowsThatPass(*table, filters);
    if (!pass) return pass.failure();

    const States states(**column, won, lost);
    double wonDeals = 0;
    double lostDeals = 0;
    double openDeals = 0;
    for (std::size_t row = 0; row < pass->size(); ++row) {
        if ((*pass)[row] == 0) continue;
        switch (states.of(row)) {
            case State::Won: ++wonDeals; break;
            case State::Lost: ++lostDeals; break;
            case State::Open: ++openDeals; break;
            case State::None: break;
        }
    }
    if (wonDeals + lostDeals + openDeals == 0) return Fault::NothingToCompute;
    return shareOf(wonDeals, wonDeals + lostDeals + (basis.value == BasisWords::Created ? openDeals : 0));
}

}  // namespace calckpi
