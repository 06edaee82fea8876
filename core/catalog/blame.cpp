#include "core/catalog/call.hpp"

namespace calckpi {
namespace {

const Argument& argumentAt(std::span<const Argument> arguments, std::size_t index) {
    static const Argument absent = Absent{};
    return index < arguments.size() ? arguments[index] : absent;
}

// isNoColumn is true for an argument that names none of the table's columns, or two.
bool isNoColumn(const Argument& argument, const Table& table) {
    const Result<ColumnRef> column = Reader<ColumnRef>::read(scalarOf(argument));
    return column && !leftOut<ColumnRef>(scalarOf(argument)) && !table.find(*column);
}

// isNoListOfHeaders is true for a list of which a text names no column.
bool isNoListOfHeaders(const Argument& argument, const Table& table) {
    const Result<Stages> names = Reader<Stages>::read(argument);
    return names &&
           std::any_of(names->names.begin(), names->names.end(), [&](const std::string& name) { return !table.find(name); });
}

bool is0(const Argument& argument) {
    const Argument scalar = scalarOf(argument);
    const double* number = std::get_if<double>(&scalar);
    return number != nullptr && *number == 0;
}

// noColumn is the place of the first argument that names no column.
std::optional<std::size_t> noColumn(const Function& function, std::span<const Argument> arguments, const Table& table) {
    const std::span<const Parameter> parameters = function.parameters();
    for (std::size_t index = 0; index < parameters.size(); ++index)
        if (parameters[index].kind == Kind::Column && isNoColumn(argumentAt(arguments, index), table)) return index;
    if (function.takesFilters())
        for (std::size_t index = parameters.size() - 1; index < arguments.size(); index += 2)
            if (isNoColumn(arguments[index], table)) return index;
    for (std::size_t index = 0; index < parameters.size(); ++index)
        if (parameters[index].name == "stages" && isNoListOfHeaders(argumentAt(arguments, index), table)) return index;
    return std::nullopt;
}

// blamedName is the place of the parameter of this name that `suits`.
template <class Suits>
std::optional<std::size_t> blamedName(const Function& function, std::span<const Argument> arguments, std::string_view name,
                                      Suits suits) {
    const std::span<const Parameter> parameters = function.parameters();
    for (std::size_t index = 0; index < parameters.size(); ++index)
        if (parameters[index].name == name && suits(argumentAt(arguments, index))) return index;
    return std::nullopt;
}

std::optional<std::size_t> blamed(const Function& function, std::span<const Argument> arguments, const Failure& failure) {
    const auto any = [](const Argument&) { return true; };
    switch (failure.wrong) {
        case Wrong::NoHeader:
        case Wrong::HeaderTwice:
        case Wrong::NoPosition:
            if (const auto* table = std::get_if<TableHandle>(&argumentAt(arguments, 0)))
                return noColumn(function, arguments, **table);
            return std::nullopt;
        case Wrong::WonAndLost: return blamedName(function, arguments, "lost", any);
        case Wrong::OutsideBounds: return blamedName(function, arguments, "window", any);
        // Of two series the later times are to blame, where they are not one time for all.
        case Wrong::EndBeforeStart:
            if (function.takesTable()) return std::nullopt;
            return std::holds_alternative<Grid>(argumentAt(arguments, 1)) || !std::holds_alternative<Grid>(argumentAt(arguments, 0))
                       ? 1
                       : 0;
        case Wrong::Missing: {
            const auto isAbsent = [](const Argument& argument) { return leftOut<ColumnRef>(scalarOf(argument)); };
            std::optional<std::size_t> place = blamedName(function, arguments, "won", is0);
            if (!place) place = blamedName(function, arguments, "lost", is0);
            if (!place) place = blamedName(function, arguments, "closing", is0);
            return place ? place : blamedName(function, arguments, "amount", isAbsent);
        }
        default: return std::nullopt;
    }
}

// errorIn is the first error of a block.
std::optional<Failure> errorIn(const Argument& argument, std::size_t index) {
    const Grid* grid = std::get_if<Grid>(&argument);
    if (grid == nullptr) return std::nullopt;
    WrongRows errors;
    for (std::size_t place = 0; place < grid->cells.size(); ++place)
        if (std::holds_alternative<CellError>(grid->cells[place])) errors.add(place);
    if (errors.none()) return std::nullopt;
    Failure failure = Failure(Fault::ErrorInCell, Wrong::Error).of(index).in(grid->columns, errors.first, errors.count);
    failure.cellError = std::get<CellError>(grid->cells[errors.first]).code;
    return failure;
}

}  // namespace

Result<Outcome> Function::call(std::span<const Argument> arguments, NullDate nullDate) const {
    const auto* table = arguments.empty() ? nullptr : std::get_if<TableHandle>(&arguments.front());
    Result<Outcome> result = invoke(*this, arguments, table != nullptr ? NullDate{(*table)->culture().nullDate()} : nullDate);
    // A series that holds an error is refused when it is read; other blocks are looked through.
    const auto isRead = [this](std::size_t index) { return index < parameterCount && parameterStore[index].kind == Kind::Series; };
    for (std::size_t index = 0; index < arguments.size(); ++index)
        if (!result || !isRead(index))
            if (const std::optional<Failure> error = errorIn(arguments[index], index)) return *error;
    return result;
}

Failure blamedArgument(const Function& function, std::span<const Argument> arguments, Failure failure) {
    if (failure.parameter != 0) return failure;
    const std::optional<std::size_t> index = blamed(function, arguments, failure);
    return index ? failure.of(*index) : failure;
}

Failure detail::refusedArgument(const Parameter& parameter, const Argument& argument, std::size_t index, Failure failure) {
    const bool isDate = parameter.unit == Unit::Moment;
    if (failure.wrong == Wrong::Unsaid && failure.fault == Fault::NotANumber)
        failure.wrong = isDate ? Wrong::TextForDate : Wrong::TextForNumber;
    if (failure.wrong == Wrong::Unsaid && failure.fault == Fault::OutsideDomain)
        failure.wrong = std::holds_alternative<Absent>(argument) ? Wrong::Missing
                        : !parameter.options.empty()             ? Wrong::UnknownOption
                        : isDate                                 ? Wrong::NoDate
                                                                 : Wrong::OutsideBounds;
    return failure.of(index);
}

}  // namespace calckpi
