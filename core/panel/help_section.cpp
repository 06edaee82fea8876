#include "core/panel/help_section.hpp"

#include "core/catalog/function.hpp"
#include "core/panel/controls.hpp"
#include "core/panel/items.hpp"

namespace calckpi::panel {
namespace {

// There is a sample document of KPI sheets, and one for each family of functions.
constexpr Message kpiSheets = msg("KPI sheets");
constexpr auto samples = enumTable<Family, Message>({{Family::Acquisition, msg("Acquisition and marketing")},
                                                     {Family::Sales, msg("Sales")},
                                                     {Family::Time, msg("Time")},
                                                     {Family::Customers, msg("Customers")},
                                                     {Family::Finance, msg("Finance and growth")},
                                                     {Family::Certainty, msg("Certainty")},
                                                     {Family::DealTable, msg("One number from a deal table")},
                                                     {Family::WholeTable, msg("Whole tables")}});

// fileOf is the name of a sample's file, as packaging/write_samples.py gives it: finance-and-growth.
std::string fileOf(std::string_view title) {
    std::string name(title);
    for (char& letter : name)
        letter = letter == ' ' ? '-' : letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    return name;
}

}  // namespace

void showHelp(View& view, const Texts& texts) {
    std::vector<std::string> entries = {texts.say(kpiSheets)};
    for (std::string& entry : entriesOf(samples, texts)) entries.push_back(std::move(entry));
    Widget sample = dropDown(Item::Sample, texts.say(msg("Samples")),
                             texts.say(msg("Open a document with an example of each function")), std::move(entries), -1);
    sample.text = texts.say(msg("Samples"));
    sample.stretch = 1;
    Widget reference =
        button(Item::Reference, texts.say(msg("Reference")), texts.say(msg("Open the description of all functions")));
    reference.stretch = 1;
    view.rows.push_back({{std::move(reference), std::move(sample)}, true});
}

Reaction actOnHelp(const Action& action) {
    if (action.item == Item::Reference) return Next::ShowReference;
    if (action.item == Item::Sample && action.entry == 0) return {Next::ShowSample, fileOf(kpiSheets.one)};
    if (action.item == Item::Sample) return {Next::ShowSample, fileOf(familyTitle(static_cast<Family>(action.entry - 1)))};
    return Next::Nothing;
}

}  // namespace calckpi::panel
