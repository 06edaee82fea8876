#include "core/panel/kpi_sheet_model.hpp"

#include "core/panel/controls.hpp"
#include "core/panel/findings_section.hpp"
#include "core/panel/items.hpp"
#include "core/panel/typed_number.hpp"
#include "core/panel/typed_texts.hpp"
#include "core/recognition/recognition.hpp"
#include "core/recognition/vocabulary.hpp"
#include "core/values/text.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>
#include <utility>

namespace calckpi::panel {
namespace {

constexpr PeriodWords::Value units[] = {PeriodWords::Month, PeriodWords::Quarter, PeriodWords::Week, PeriodWords::Year};

std::vector<SourceFound> foundIn(const Source& source) { return {{source.address, *source.facts, source.sample}}; }

// fromData are the KPIs of a template that need no typed figure.
std::size_t fromData(const KpiSheetChoices& choices) {
    return static_cast<std::size_t>(std::count_if(choices.kpis.begin(), choices.kpis.end(), [&](const std::string& id) {
        const Kpi* kpi = findKpi(id);
        return kpi != nullptr && typedBy(*kpi, choices).empty();
    }));
}

// stateColumn is the column of deals that says which are won and lost.
const ColumnFacts* stateColumn(const Source& source) {
    const ColumnFacts* status = source.facts->column(Role::Status);
    return status != nullptr ? status : source.facts->column(Role::Stage);
}

std::string currencyOf(const Source& at, const KpiSource& source) {
    const ColumnFacts* named = at.facts->column(Role::Currency);
    const std::string* amount = source.column(Role::Amount);
    return currencyOf(at.table, {named == nullptr ? std::string() : named->name, amount == nullptr ? std::string() : *amount},
                      at.currencies, source.filters);
}

constexpr std::size_t shownAtFirst = 8;
constexpr std::int32_t fewestPeriods = 2;
constexpr std::int32_t mostPeriods = 120;
constexpr std::int64_t mostColumns = 1'024;  // of a sheet in every version of Calc

bool hasSection(const KpiSheetChoices& choices, TemplateSection section) {
    return std::find(choices.sections.begin(), choices.sections.end(), section) != choices.sections.end();
}
bool othersInUse(const KpiSheetChoices& choices, const std::string& address) {
    return std::any_of(choices.sources.begin(), choices.sources.end(),
                       [&](const KpiSource& each) { return each.address == address; });
}

Message sectionCalled(TemplateSection section) {
    switch (section) {
        case TemplateSection::SegmentsByOwner: return msg("Win rate by seller");
        case TemplateSection::SegmentsByProduct: return msg("Win rate by product");
        case TemplateSection::SegmentsByChannel: return msg("Win rate by channel");
        case TemplateSection::SegmentsByRegion: return msg("Win rate by region");
        case TemplateSection::WinCurve: return msg("Win curve");
        case TemplateSection::StuckDeals: return msg("Stuck deals");
        case TemplateSection::Waterfall: return msg("Recurring revenue, step by step");
        case TemplateSection::Retention: break;
    }
    return msg("Retention of customers");
}

// nextOwnNumber is that of an id which no KPI has, and no target was typed for.
std::int32_t nextOwnNumber(const KpiSheetChoices& choices, const TypedFigures& typed) {
    for (std::int32_t number = 1;; ++number) {
        const std::string id = "own-" + std::to_string(number);
        const auto& columns = typed.columns;
        if (choices.ownKpi(id) == nullptr && std::find(columns.begin(), columns.end(), "target " + id) == columns.end())
            return number;
    }
}

std::vector<std::string> weekDays(const Texts& texts) {
    const std::string all = texts.say(msg("(Mon Tue Wed Thu Fri Sat Sun)"));
    std::vector<std::string> days;
    for (std::size_t at = 1; at < all.size(); at = all.find_first_of(" )", at) + 1)
        days.push_back(all.substr(at, all.find_first_of(" )", at) - at));
    return days;
}

}  // namespace

std::optional<Message> whyNoKpiSheet(const Source& source) {
    if (kpisFrom(source) > 0) return std::nullopt;
    const std::vector<ColumnFacts>& columns = source.facts->columns;
    const auto toConvert = [](const ColumnFacts& column) { return column.textDates || column.numberDates != NumberAsDate::None; };
    if (std::any_of(columns.begin(), columns.end(), toConvert))
        return msg("needs dates, and those of these data are texts or plain numbers: convert them first");
    const ColumnFacts* closed = source.facts->column(Role::Closed);
    if (source.facts->rows == RowKind::Deals && source.facts->column(Role::Opened) != nullptr && stateColumn(source) != nullptr &&
        sourceOf(foundIn(source).front()).won.empty()) {
        if (closed == nullptr || closed->filled == 0) return msg("needs deals that are won or lost, and none is yet");
        return std::nullopt;  // the user can say which texts mean so
    }
    return msg("needs columns of dates and of what is counted: deals, invoices, leads, activities or the like");
}

int kpisFrom(const Source& source) {
    const std::vector<SourceFound> found = foundIn(source);
    return static_cast<int>(fromData(defaultKpiSheet(bestTemplate(found), found)));
}

// found are the tables that the sheet is made from: the selected one and those of the others that are in use.
std::vector<SourceFound> KpiSheetModel::found() const {
    std::vector<SourceFound> all = {{source_.address, *source_.facts, source_.table}};
    for (const std::string& address : othersUsed())
        if (const Source* other = sourceAt(address)) all.push_back({address, *other->facts, other->table});
    return all;
}

const Source* KpiSheetModel::sourceAt(const std::string& address) const {
    if (address == source_.address) return &source_;
    const auto other = std::find_if(others_.begin(), others_.end(), [&](const Source& each) { return each.address == address; });
    return other == others_.end() ? nullptr : &*other;
}

std::vector<std::string> KpiSheetModel::othersUsed() const {
    std::vector<std::string> addresses;
    for (const KpiSource& each : choices_.sources)
        if (each.address != source_.address) addresses.push_back(each.address);
    return addresses;
}

// readdress gives the sources of the choices the addresses at which they are now.
void KpiSheetModel::readdress(const std::map<std::string, std::string>& addresses) {
    const auto change = [&](std::string& address) {
        if (const auto now = addresses.find(address); now != addresses.end()) address = now->second;
    };
    for (KpiSource& each : choices_.sources) change(each.address);
    for (OwnKpi& each : choices_.own) change(each.source);
}

void KpiSheetModel::take(Source source) {
    source_ = std::move(source);
    others_.clear();
    kept_ = false;
    othersTaken_ = false;
    typed_ = {};
    choices_ = {};
    clearFields();
    choose(bestTemplate(foundIn(source_)));
}

bool KpiSheetModel::takeKept(Source source, std::string_view settings, std::vector<Source> others) {
    std::optional<KpiSheetChoices> choices = readKpiSheetSettings(settings);
    if (!choices || findTemplate(choices->templateId) == nullptr) return false;
    source_ = std::move(source);
    others_ = std::move(others);
    kept_ = true;
    othersTaken_ = false;
    typed_ = {};
    choices_ = *std::move(choices);
    clearFields();
    std::map<std::string, std::string> addresses;
    std::vector<KpiSource> there;
    for (std::size_t index = 0; index < choices_.sources.size(); ++index) {
        // What is made from a table that is gone waits for it.
        if (index > others_.size() || (index > 0 && !others_[index - 1].table)) continue;
        addresses[choices_.sources[index].address] = index == 0 ? source_.address : others_[index - 1].address;
        there.push_back(choices_.sources[index]);
    }
    std::erase_if(others_, [](const Source& each) { return !each.table; });
    choices_.sources = std::move(there);
    readdress(addresses);
    forgetValues();
    return true;
}

void KpiSheetModel::takeAgain(Source source) {
    readdress({{source_.address, source.address}});
    source_ = std::move(source);
    forgetValues();
}

// takeOthers uses a table of a kind that is not there yet at once; a sheet that is updated keeps its sources.
void KpiSheetModel::takeOthers(std::vector<Source> others) {
    othersTaken_ = true;
    for (Source& other : others) {
        if (sourceAt(other.address) != nullptr) continue;
        const RowKind rows = other.facts->rows;
        if (!kept_ && rows != RowKind::Other && choices_.source(rows) == nullptr)
            choices_.sources.push_back(sourceOf(SourceFound{other.address, *other.facts, other.sample}));
        others_.push_back(std::move(other));
    }
    forgetValues();
}

void KpiSheetModel::takeOthersAgain(std::vector<Source> others) {
    const std::vector<std::string> used = othersUsed();
    std::map<std::string, std::string> addresses;
    for (std::size_t index = 0; index < std::min(used.size(), others.size()); ++index) {
        const auto same = [&](const Source& each) { return each.address == used[index]; };
        const auto place = std::find_if(others_.begin(), others_.end(), same);
        if (place == others_.end() || !others[index].table) continue;
        addresses[used[index]] = others[index].address;
        *place = std::move(others[index]);
    }
    readdress(addresses);
    forgetValues();
}

void KpiSheetModel::takeTyped(TypedFigures typed) {
    if (typed.asOf != typed_.asOf) {
        choices_.asOf = typed.asOf;
        asOfText_.clear();
    }
    typed_ = std::move(typed);
}

void KpiSheetModel::clearFields() {
    asOfText_.clear();
    periodsText_.reset();
    toleranceText_.reset();
    wonText_.reset();
    lostText_.reset();
    filters_.clear();
}

void KpiSheetModel::forgetValues() {
    own_.keep(sourcesUsed());
    computed_ = false;
    values_.clear();
}

void KpiSheetModel::choose(std::string_view templateId) {
    KpiSheetChoices before = std::exchange(choices_, defaultKpiSheet(templateId, found()));
    for (KpiSource& source : choices_.sources)
        for (const KpiSource& old : before.sources)
            if (old.address == source.address) source.filters = old.filters;
    if (!before.templateId.empty()) takeOptions(std::move(before));
    forgetValues();
}

// takeOptions keeps what is chosen whatever the template is.
void KpiSheetModel::takeOptions(KpiSheetChoices before) {
    before.templateId = std::move(choices_.templateId);
    before.sources = std::move(choices_.sources);
    before.sections = std::move(choices_.sections);
    before.kpis = std::move(choices_.kpis);
    choices_ = std::move(before);
    for (const OwnKpi& own : choices_.own) choices_.kpis.push_back(own.id);
}

std::optional<Message> KpiSheetModel::whyUseless() const {
    if (source_.table->rows() > 0) return std::nullopt;
    return msg("There are no rows below the headers. Select a table whose first row holds the headers");
}

std::vector<ColumnRef> KpiSheetModel::columnsNeeded() const {
    std::vector<ColumnRef> columns;
    // Those of other tables are read as they are asked for.
    for (const KpiSource& source : choices_.sources)
        if (source.address == source_.address)
            for (const auto& [role, name] : source.columns)
                if (columnIndex(name, *source_.table)) columns.push_back(columnRef(name, *source_.table));
    return columns;
}

// lookAtSources looks for the words that mean won, lost or a meeting in all rows.
void KpiSheetModel::lookAtSources() {
    for (KpiSource& each : choices_.sources)
        if (const Source* at = sourceAt(each.address)) each = sourceOf({at->address, *at->facts, at->table}, &each);
}

void KpiSheetModel::compute() {
    lookAtSources();
    const std::map<std::string, KpiSheetContext::Source> sources = context().sources;
    KpiValues values(choices_, sources);
    values_.clear();
    problem_.reset();
    if (!values.period()) findProblem(values);
    for (const std::string_view id : findTemplate(choices_.templateId)->kpis) {
        const Kpi& kpi = *findKpi(id);
        if (missingFor(kpi, choices_)) continue;
        const Result<double> value = values.of(id);
        if (std::find(choices_.kpis.begin(), choices_.kpis.end(), id) != choices_.kpis.end()) findProblem(values);
        if (!value) continue;
        values_[std::string(id)] = shownValue(kpi.unit, *value);
    }
    for (const OwnKpi& own : choices_.own)
        if (const Result<double> value = values.of(own.id))
            values_[own.id] = shownValue(own.statistic == "mean" ? Unit::Number : Unit::Count, *value);
    findCurrencies();
    findOneSidedAmounts();
    computed_ = true;
}

// findProblem takes the cell that is in the way of a value, if there is one.
void KpiSheetModel::findProblem(const KpiValues& values) {
    const std::optional<KpiValues::CellFault> fault = values.cellFault();
    const Source* at = fault ? sourceAt(fault->source) : nullptr;
    if (problem_ || at == nullptr) return;
    problem_ = cellFinding(fault->failure, *at->table);
    problemIn_ = fault->source;
}

// findCurrencies looks whether ticked KPIs add amounts of several currencies.
void KpiSheetModel::findCurrencies() {
    currencies_.clear();
    const auto nameOf = [](const std::string* column) { return column == nullptr ? std::string() : *column; };
    const auto isMoney = [](const std::string& id) {
        const Kpi* kpi = findKpi(id);
        return kpi != nullptr && (kpi->unit == Unit::Money || kpi->unit == Unit::MoneyPerDay);
    };
    if (std::none_of(choices_.kpis.begin(), choices_.kpis.end(), isMoney)) return;
    for (const KpiSource& each : choices_.sources)
        if (const Source* at = sourceAt(each.address))
            if (const std::optional<Finding> others = otherCurrencies(*at, nameOf(each.column(Role::Amount)), each.filters))
                currencies_.push_back(sentenceOf(*others, *at, texts_));
}

// findOneSidedAmounts looks whether won deals can be compared with lost ones by their amounts.
void KpiSheetModel::findOneSidedAmounts() {
    oneSided_.clear();
    const KpiSource* deals = choices_.source(RowKind::Deals);
    const Source* at = deals == nullptr ? nullptr : sourceAt(deals->address);
    if (at == nullptr) return;
    if (const std::optional<Finding> found = amountsOnOneSide(at->table, closedDealsOf(*deals), deals->filters))
        oneSided_ = sentenceOf(*found, *at, texts_);
}

const Source& KpiSheetModel::problemSource() const {
    const Source* at = sourceAt(problemIn_);
    return at == nullptr ? source_ : *at;
}

std::string KpiSheetModel::shownValue(Unit unit, double value) const {
    switch (unit) {
        case Unit::Share: return texts_.percent(value);
        case Unit::Days:
        case Unit::Number: return texts_.number(value, 1);
        case Unit::Ratio:
        case Unit::Periods: return texts_.number(value, 2);
        default: return texts_.number(value, 0);
    }
}

KpiSheetContext KpiSheetModel::context() const {
    KpiSheetContext context;
    context.title = source_.name;
    context.nullDate = source_.table->culture().nullDate();
    for (const KpiSource& each : choices_.sources)
        if (const Source* at = sourceAt(each.address))
            context.sources[each.address] = {at->table, columnNames(*at->table), at->filledBelow, at->currencies,
                                             currencyOf(*at, each)};
    context.typed = typed_;
    for (const std::string& id : choices_.kpis)
        if (!whyNotShown(id).empty()) context.leftOut.push_back(nameOf(id));
    return context;
}

// tick takes a KPI in or out; those that are in stay in the template's order.
void KpiSheetModel::tick(std::size_t kpi, bool on) {
    const std::span<const std::string_view> all = findTemplate(choices_.templateId)->kpis;
    std::vector<std::string> kpis;
    for (std::size_t index = 0; index < all.size(); ++index) {
        const bool in = std::find(choices_.kpis.begin(), choices_.kpis.end(), all[index]) != choices_.kpis.end();
        if (index == kpi ? on : in) kpis.emplace_back(all[index]);
    }
    for (const OwnKpi& own : choices_.own)
        if (std::find(choices_.kpis.begin(), choices_.kpis.end(), own.id) != choices_.kpis.end()) kpis.push_back(own.id);
    choices_.kpis = std::move(kpis);
}

Reaction KpiSheetModel::act(const Action& action) {
    if (action.item == ControlId(Item::MoreOptions)) {
        more_ = action.on;
        return Next::Draw;
    }
    if (action.item == Item::ProblemCell && problem_)
        return problemIn_ == source_.address ? Reaction::goTo(problem_->first) : Reaction(Next::Nothing);
    if (action.item == ControlId(KpiItem::AllKpis)) {
        allKpis_ = action.on;
        return Next::Draw;
    }
    if (action.item == ControlId(Item::WithPicture)) {
        choices_.pictures = action.on;
        return Next::Draw;
    }
    Reaction reaction = actOnKpis(action);
    if (reaction.next == Next::Nothing) reaction = actOnOptions(action);
    if (reaction.next == Next::Nothing) reaction = actOnOwn(action);
    if (reaction.next == Next::Nothing && mainSource() != nullptr)
        reaction = filters_.act(action, mainSource()->filters, mainColumns());
    return reaction;
}

Reaction KpiSheetModel::actOnOptions(const Action& action) {
    const auto index = static_cast<std::size_t>(action.index);
    const std::string text(trimmed(action.text));
    switch (static_cast<KpiItem>(action.item.number())) {
        case KpiItem::OtherSource: return index < others_.size() ? useOther(index, action.on) : Next::Nothing;
        case KpiItem::Week:
            if (action.entry < 0 || action.entry > 6) return Next::Nothing;
            choices_.weekStart = action.entry + 1;
            return Next::Compute;
        case KpiItem::AsOf: return typeAsOf(text);
        case KpiItem::Won: return typeStates(true, text);
        case KpiItem::Lost: return typeStates(false, text);
        case KpiItem::Periods: {
            const std::optional<double> number = typedNumber(text, texts_.language());
            const bool fits = number && *number >= fewestPeriods && *number <= mostPeriods && std::floor(*number) == *number;
            periodsText_ = fits ? std::nullopt : std::optional(text);
            if (fits) choices_.periods = static_cast<std::int32_t>(*number);
            return Next::Draw;
        }
        case KpiItem::Tolerance: {
            std::string number = text;
            while (!number.empty() && (number.back() == '%' || number.back() == ' ')) number.pop_back();
            const std::optional<double> percent = typedNumber(number, texts_.language());
            const bool fits = percent && *percent >= 0 && *percent <= 100;
            toleranceText_ = fits ? std::nullopt : std::optional(text);
            if (fits) choices_.tolerance = *percent / 100;
            return Next::Draw;
        }
        case KpiItem::Section: {
            const std::span<const TemplateSection> all = findTemplate(choices_.templateId)->sections;
            if (index >= all.size()) return Next::Nothing;
            std::vector<TemplateSection> sections;
            for (const TemplateSection each : all)
                if (each == all[index] ? action.on : hasSection(choices_, each)) sections.push_back(each);
            choices_.sections = std::move(sections);
            return Next::Draw;
        }
        default: return Next::Nothing;
    }
}

Reaction KpiSheetModel::actOnOwn(const Action& action) {
    const auto index = static_cast<std::size_t>(action.index);
    switch (static_cast<KpiItem>(action.item.number())) {
        case KpiItem::Own: {
            if (index >= choices_.own.size()) return Next::Nothing;
            const std::string& id = choices_.own[index].id;
            std::erase(choices_.kpis, id);
            if (action.on) choices_.kpis.push_back(id);
            return Next::Draw;
        }
        case KpiItem::RemoveOwn:
            if (index >= choices_.own.size()) return Next::Nothing;
            std::erase(choices_.kpis, choices_.own[index].id);
            choices_.own.erase(choices_.own.begin() + action.index);
            return Next::Compute;
        default: break;
    }
    const std::vector<const Source*> sources = sourcesUsed();
    if (action.item == ControlId(OwnItem::Add)) {
        const std::optional<OwnKpi> made = own_.made(nextOwnNumber(choices_, typed_), texts_);
        if (!made) return Next::Draw;
        choices_.own.push_back(*made);
        choices_.kpis.push_back(made->id);
        return Next::Compute;
    }
    return own_.act(action, sources);
}

// useOther makes a table of the document one that KPIs are computed from, or no longer one. What it makes possible is ticked as the
// template proposes.
Next KpiSheetModel::useOther(std::size_t other, bool on) {
    const std::string address = others_[other].address;
    if (!on) {
        std::erase_if(choices_.sources, [&](const KpiSource& each) { return each.address == address; });
        return Next::Compute;
    }
    if (othersInUse(choices_, address)) return Next::Nothing;
    const KpiSheetChoices before = choices_;
    choices_.sources.push_back(sourceOf(SourceFound{address, *others_[other].facts, others_[other].sample}));
    tickWhatIsNew(before);
    return Next::Compute;
}

// tickWhatIsNew ticks what was not possible with the choices before, and is proposed now.
void KpiSheetModel::tickWhatIsNew(const KpiSheetChoices& before) {
    for (const std::string& id : proposedKpis(choices_)) {
        const bool isIn = std::find(choices_.kpis.begin(), choices_.kpis.end(), id) != choices_.kpis.end();
        if (!isIn && missingFor(*findKpi(id), before)) choices_.kpis.push_back(id);
    }
}

Next KpiSheetModel::typeAsOf(const std::string& text) {
    asOfText_ = text;
    choices_.asOf = text.empty() ? std::nullopt : source_.table->culture().numberFromText(text);
    if (choices_.asOf && !isDay(*choices_.asOf)) choices_.asOf.reset();
    return Next::Compute;
}

// statesMissing is the first of these texts that no deal has as one of those that mean won, or lost; empty where all are.
std::string KpiSheetModel::statesMissing(bool won, const std::vector<std::string>& texts) const {
    const KpiSource* deals = choices_.source(RowKind::Deals);
    for (const std::string& text : texts) {
        const auto same = [&](const std::string& each) { return folded(each) == folded(text); };
        if (deals == nullptr || std::ranges::none_of(won ? deals->won : deals->lost, same)) return text;
    }
    return {};
}

// typeStates takes the texts that mean won, or lost. With an emptied field the data are asked again.
Next KpiSheetModel::typeStates(bool won, const std::string& text) {
    std::optional<std::string>& typed = won ? wonText_ : lostText_;
    const std::vector<std::string> texts = typedTexts(text);
    if (texts.empty()) {
        for (KpiSource& each : choices_.sources)
            if (each.rows == RowKind::Deals) each.statesSaid = false;
        wonText_.reset();
        lostText_.reset();
        return Next::Compute;
    }
    askStates(won, texts);
    typed = statesMissing(won, texts).empty() ? std::nullopt : std::optional(text);
    return Next::Compute;
}

namespace {

// What a macro calls the settings that it can choose.
constexpr std::pair<std::string_view, std::string_view> askedSettings[] = {
    {"unit", "unit"},           {"periods", "periods"},   {"yearStart", "year-start"}, {"weekStart", "week-start"},
    {"asOf", "as-of"},          {"previous", "previous"}, {"lastYear", "last-year"},   {"yearToDate", "year-to-date"},
    {"tolerance", "tolerance"}, {"pictures", "pictures"}, {"sections", "section"},
};

std::vector<std::string> settingsAsked(const ChosenValue& value) {
    if (const auto* number = std::get_if<double>(&value)) return {digitsOf(*number)};
    return textsAsked(value);
}

}  // namespace

Asked KpiSheetModel::ask(std::string_view option, const ChosenValue& value) {
    if (!computed_) lookAtSources();
    if (sameName(option, "template")) {
        const std::string id = textAsked(value).value_or("");
        if (findTemplate(id) == nullptr) return Asked::NoValue;
        choose(findTemplate(id)->id);
        return Asked::Taken;
    }
    if (sameName(option, "kpis")) return askKpis(textsAsked(value));
    if (sameName(option, "won") || sameName(option, "lost")) return askStates(sameName(option, "won"), textsAsked(value));
    if (const auto* text = std::get_if<std::string>(&value); text != nullptr && sameName(option, "asOf")) {
        typeAsOf(*text);
        forgetValues();
        return text->empty() || choices_.asOf ? Asked::Taken : Asked::NoValue;
    }
    for (const auto& [name, key] : askedSettings) {
        if (!sameName(option, name)) continue;
        std::optional<KpiSheetChoices> changed = withSetting(choices_, key, settingsAsked(value));
        if (!changed) return Asked::NoValue;
        choices_ = *std::move(changed);
        clearFields();
        forgetValues();
        return Asked::Taken;
    }
    return Asked::NoOption;
}

// askKpis takes KPIs of the template by their ids, or "all" that the data allow.
Asked KpiSheetModel::askKpis(const std::vector<std::string>& ids) {
    const std::span<const std::string_view> all = findTemplate(choices_.templateId)->kpis;
    const auto possible = [&](std::string_view id) {
        return std::find(all.begin(), all.end(), id) != all.end() && !missingFor(*findKpi(id), choices_);
    };
    std::vector<std::string> kpis = ids;
    if (ids == std::vector<std::string>{"all"}) {
        kpis.clear();
        for (const std::string_view id : all)
            if (possible(id)) kpis.emplace_back(id);
    }
    if (kpis.empty() || !std::all_of(kpis.begin(), kpis.end(), possible)) return Asked::NoValue;
    choices_.kpis = std::move(kpis);
    return Asked::Taken;
}

// askStates says which texts mean that a deal is won, or lost. What this makes possible is ticked as the template proposes.
Asked KpiSheetModel::askStates(bool won, const std::vector<std::string>& texts) {
    for (KpiSource& each : choices_.sources) {
        const Source* at = sourceAt(each.address);
        if (each.rows != RowKind::Deals || at == nullptr) continue;
        std::optional<KpiSource> changed = statesSaid(each, *at->table, won, texts);
        if (!changed) return Asked::NoValue;
        const KpiSheetChoices before = choices_;
        each = *std::move(changed);
        tickWhatIsNew(before);
        forgetValues();
        return Asked::Taken;
    }
    return Asked::NoOption;
}

std::string KpiSheetModel::nameOf(const std::string& id) const {
    if (const OwnKpi* own = choices_.ownKpi(id)) return own->name;
    const Kpi* kpi = findKpi(id);
    return kpi == nullptr ? id : texts_.say(kpi->name);
}

// whyNotShown says why a KPI that is ticked cannot be on the sheet: the data have changed since, or Calc KPI has.
std::string KpiSheetModel::whyNotShown(const std::string& id) const {
    if (const OwnKpi* own = choices_.ownKpi(id)) {
        const std::string column = missingColumn(*own, sourceAt(own->source));
        return column.empty() ? std::string() : texts_.say(msg("Needs a column {column}"), {{"column", column}});
    }
    const Kpi* kpi = findKpi(id);
    return kpi == nullptr ? texts_.say(msg("There is no such KPI any more")) : whyNot(*kpi, choices_, texts_);
}

// whyNothingShown says why none of the ticked KPIs can be on the sheet.
std::string KpiSheetModel::whyNothingShown() const {
    std::string first;
    for (const std::string& id : choices_.kpis) {
        const std::string reason = whyNotShown(id);
        if (reason.empty()) return {};
        if (first.empty())
            first = texts_.say(msg("None of the KPIs of this sheet can be computed any more. {kpi}: {reason}"),
                               {{"kpi", nameOf(id)}, {"reason", reason}});
    }
    if (!first.empty()) return first;
    const std::string none = whyNone(choices_, texts_);
    return none.empty() ? texts_.say(msg("Tick a KPI first")) : none;
}

std::string KpiSheetModel::refusal() const {
    if (!asOfText_.empty() && !choices_.asOf) return texts_.say(msg("\"{text}\" is not a date"), {{"text", asOfText_}});
    if (periodsText_)
        return texts_.say(msg("The sheet shows {fewest} to {most} periods"),
                          {{"fewest", std::to_string(fewestPeriods)}, {"most", std::to_string(mostPeriods)}});
    for (const bool won : {true, false})
        if (const std::optional<std::string>& typed = won ? wonText_ : lostText_)
            if (const KpiSource* deals = choices_.source(RowKind::Deals))
                if (const Source* at = sourceAt(deals->address); at != nullptr && stateColumn(*at) != nullptr)
                    return texts_.say(msg("\"{text}\" is in no cell of the column {column}"),
                                      {{"text", statesMissing(won, typedTexts(*typed))}, {"column", stateColumn(*at)->shown}});
    if (toleranceText_) return texts_.say(msg("The tolerance is a share of the target in per cent, such as 1"));
    return {};
}

std::vector<const Source*> KpiSheetModel::sourcesUsed() const {
    std::vector<const Source*> sources = {&source_};
    for (const std::string& address : othersUsed())
        if (const Source* other = sourceAt(address)) sources.push_back(other);
    return sources;
}

const KpiSource* KpiSheetModel::mainSource() const {
    for (const KpiSource& each : choices_.sources)
        if (each.address == source_.address) return &each;
    return nullptr;
}
KpiSource* KpiSheetModel::mainSource() {
    for (KpiSource& each : choices_.sources)
        if (each.address == source_.address) return &each;
    return nullptr;
}

std::vector<SourceColumn> KpiSheetModel::mainColumns() const {
    std::vector<SourceColumn> columns;
    for (const ColumnFacts& column : source_.facts->columns) columns.push_back({column.name, column.kind, column.shown});
    return columns;
}

Reaction KpiSheetModel::actOnKpis(const Action& action) {
    const auto among = [&](std::int32_t count) { return action.entry >= 0 && action.entry < count; };
    switch (static_cast<KpiItem>(action.item.number())) {
        case KpiItem::Template:
            if (!among(sizeOf(kpiTemplates()))) return Next::Nothing;
            choose(kpiTemplates()[static_cast<std::size_t>(action.entry)].id);
            return Next::Compute;
        case KpiItem::Unit:
            if (!among(static_cast<std::int32_t>(std::size(units)))) return Next::Nothing;
            choices_.unit = units[static_cast<std::size_t>(action.entry)];
            return Next::Compute;
        case KpiItem::Year:
            if (!among(12)) return Next::Nothing;
            choices_.yearStart = action.entry + 1;
            return Next::Compute;
        case KpiItem::Check: tick(static_cast<std::size_t>(action.index), action.on); return Next::Draw;
        case KpiItem::Compare:
            (action.index == 0 ? choices_.previous : action.index == 1 ? choices_.lastYear : choices_.yearToDate) = action.on;
            return Next::Draw;
        default: return Next::Nothing;
    }
}

std::string KpiSheetModel::withValue(const Kpi& kpi) const {
    const std::string name = texts_.say(kpi.name);
    if (const auto value = values_.find(std::string(kpi.id)); value != values_.end())
        return texts_.say(msg("{kpi}: {value}"), {{"kpi", name}, {"value", value->second}});
    if (!typedBy(kpi, choices_).empty()) return texts_.say(msg("{kpi} (typed in)"), {{"kpi", name}});
    return name;
}

void KpiSheetModel::showChoices(View& view) const {
    std::vector<std::string> names;
    std::int32_t selected = 0;
    for (const KpiTemplate& each : kpiTemplates()) {
        if (each.id == choices_.templateId) selected = sizeOf(names);
        names.push_back(texts_.say(each.name));
    }
    addField(view, KpiItem::TemplateLabel, texts_.say(msg("Template")),
             dropDown(KpiItem::Template, "", texts_.say(findTemplate(choices_.templateId)->purpose), names, selected), true);
    const std::vector<std::string> unitNames = {texts_.say(msg("Month")), texts_.say(msg("Quarter")), texts_.say(msg("Week")),
                                                texts_.say(msg("Year"))};
    const auto unit = static_cast<std::int32_t>(std::find(std::begin(units), std::end(units), choices_.unit) - std::begin(units));
    addField(view, KpiItem::UnitLabel, texts_.say(msg("Periods")),
             dropDown(KpiItem::Unit, "", texts_.say(msg("How long a period is")), unitNames, unit));
    showSources(view);
    // Where the data do not say what is won, that comes first; otherwise few people have to say so.
    const KpiSource* deals = choices_.source(RowKind::Deals);
    const bool statesFirst = deals != nullptr && (deals->won.empty() || deals->statesSaid);
    if (statesFirst) showStates(view);
    if (const KpiSource* main = mainSource()) showSubtotals(view, main->filters, *source_.facts, texts_);
    addRow(view, check(Item::MoreOptions, texts_.say(msg("More options")), texts_.say(msg("What few people need")), more_));
    if (!more_) return;
    if (!statesFirst) showStates(view);
    showDates(view);
    showOptions(view);
    showSections(view);
    if (const KpiSource* main = mainSource()) filters_.show(view, main->filters, mainColumns(), texts_);
    own_.show(view, sourcesUsed(), texts_);
}

// showSources offers the other tables of the document.
void KpiSheetModel::showSources(View& view) const {
    bool first = true;
    for (std::size_t index = 0; index < others_.size(); ++index) {
        const Source& other = others_[index];
        const bool used = othersInUse(choices_, other.address);
        if (other.facts->rows == RowKind::Other && !used) continue;
        if (std::exchange(first, false)) addRow(view, heading(KpiItem::SourcesTitle, texts_.say(msg("Also computed from"))), true);
        Widget widget =
            check(KpiItem::OtherSource,
                  texts_.say(msg("{sheet}: {rows}"), {{"sheet", other.name}, {"rows", texts_.say(rowsCalled(other.facts->rows))}}),
                  texts_.say(msg("KPIs that need this table can be shown")), used);
        widget.index = static_cast<std::int32_t>(index);
        addRow(view, std::move(widget));
    }
}

// showStates shows which texts of the deals' status, or stage, mean that they are won or lost.
void KpiSheetModel::showStates(View& view) const {
    const KpiSource* deals = choices_.source(RowKind::Deals);
    const Source* at = deals == nullptr ? nullptr : sourceAt(deals->address);
    if (at == nullptr || stateColumn(*at) == nullptr) return;
    const std::string help = texts_.say(msg("What the status column says then; several texts with ; between them"));
    addField(view, KpiItem::WonLabel, texts_.say(msg("Won")),
             edit(KpiItem::Won, "", help, wonText_.value_or(textsToType(deals->won))), true);
    addField(view, KpiItem::LostLabel, texts_.say(msg("Lost")),
             edit(KpiItem::Lost, "", help, lostText_.value_or(textsToType(deals->lost))));
    if (!deals->won.empty() && deals->lost.empty())
        addRow(view, sentence(WidgetKind::Warning, Item::Finding,
                              texts_.say(msg("No text means lost: each deal that is not won counts as open"))));
}

void KpiSheetModel::showDates(View& view) const {
    addField(view, KpiItem::PeriodsLabel, texts_.say(msg("How many periods")),
             edit(KpiItem::Periods, "", texts_.say(msg("How many periods the trend shows")),
                  periodsText_.value_or(std::to_string(choices_.periods))));
    if (choices_.unit == PeriodWords::Week)
        addField(
            view, KpiItem::WeekLabel, texts_.say(msg("The week begins on")),
            dropDown(KpiItem::Week, "", texts_.say(msg("The first day of the week")), weekDays(texts_), choices_.weekStart - 1));
    const std::string asOf = !asOfText_.empty() ? asOfText_
                             : choices_.asOf    ? isoDate(*choices_.asOf, source_.table->culture().nullDate())
                                                : "";
    addField(view, KpiItem::AsOfLabel, texts_.say(msg("Data up to")),
             edit(KpiItem::AsOf, "", texts_.say(msg("What happened later is left out; empty: all data")), asOf));
    std::vector<std::string> months;
    const std::string all = texts_.say(msg("(Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec)"));
    for (std::size_t at = 1; at < all.size(); at = all.find_first_of(" )", at) + 1)
        months.push_back(all.substr(at, all.find_first_of(" )", at) - at));
    addField(view, KpiItem::YearLabel, texts_.say(msg("The year begins in")),
             dropDown(KpiItem::Year, "", texts_.say(msg("The first month of the business year")), months, choices_.yearStart - 1));
}

void KpiSheetModel::showOptions(View& view) const {
    const auto compare = [&](std::int32_t index, Message text, bool on) {
        Widget widget = check(KpiItem::Compare, texts_.say(text), texts_.say(msg("A comparison of the scorecard")), on);
        widget.index = index;
        addRow(view, std::move(widget));
    };
    compare(0, msg("Compare with the period before"), choices_.previous);
    compare(1, msg("Compare with last year"), choices_.lastYear);
    compare(2, msg("Show the year to date"), choices_.yearToDate);
    addField(view, KpiItem::ToleranceLabel, texts_.say(msg("On target within (%)")),
             edit(KpiItem::Tolerance, "", texts_.say(msg("How far from its target a KPI still is on target, as a share of it")),
                  toleranceText_.value_or(numberToType(choices_.tolerance * 100, texts_.language()))));
    addRow(view, check(Item::WithPicture, texts_.say(msg("With pictures")), texts_.say(msg("Small charts of the KPIs")),
                       choices_.pictures));
}

void KpiSheetModel::showSections(View& view) const {
    const std::span<const TemplateSection> all = findTemplate(choices_.templateId)->sections;
    if (!all.empty()) addRow(view, heading(KpiItem::SectionsTitle, texts_.say(msg("Below the KPIs"))), true);
    for (std::size_t index = 0; index < all.size(); ++index) {
        Widget widget = check(KpiItem::Section, texts_.say(sectionCalled(all[index])),
                              texts_.say(msg("A table or a picture, where the data allow")), hasSection(choices_, all[index]));
        widget.index = static_cast<std::int32_t>(index);
        addRow(view, std::move(widget));
    }
}

// showOwn shows the user's own KPIs; one whose columns are gone waits for them.
void KpiSheetModel::showOwn(View& view) const {
    for (std::size_t index = 0; index < choices_.own.size(); ++index) {
        const OwnKpi& own = choices_.own[index];
        const std::string missing = missingColumn(own, sourceAt(own.source));
        std::string text = own.name;
        if (!missing.empty())
            text = texts_.say(msg("{kpi}: {value}"), {{"kpi", own.name}, {"value", whyNotShown(own.id)}});
        else if (const auto value = values_.find(own.id); value != values_.end())
            text = texts_.say(msg("{kpi}: {value}"), {{"kpi", own.name}, {"value", value->second}});
        const bool on = std::find(choices_.kpis.begin(), choices_.kpis.end(), own.id) != choices_.kpis.end();
        Row row;
        row.widgets.push_back(check(KpiItem::Own, text, texts_.say(msg("A KPI of your own")), on));
        row.widgets.push_back(link(KpiItem::RemoveOwn, texts_.say(msg("Remove")), texts_.say(msg("Takes this KPI off the sheet"))));
        row.widgets.back().stretch = 0;
        for (Widget& widget : row.widgets) widget.index = static_cast<std::int32_t>(index);
        view.rows.push_back(std::move(row));
    }
}

// showLeftOut says which of the KPIs that the sheet has shown cannot be on it any more.
void KpiSheetModel::showLeftOut(View& view) const {
    for (std::size_t index = 0; index < choices_.kpis.size(); ++index) {
        const std::string& id = choices_.kpis[index];
        const std::string reason = whyNotShown(id);
        if (choices_.ownKpi(id) != nullptr || reason.empty()) continue;
        Widget warning = sentence(WidgetKind::Warning, KpiItem::Missing,
                                  texts_.say(msg("{kpi}: {value}"), {{"kpi", nameOf(id)}, {"value", reason}}));
        warning.index = static_cast<std::int32_t>(index);
        addRow(view, std::move(warning));
    }
}

void KpiSheetModel::showPreview(View& view) const {
    if (!computed_) return;
    if (problem_) showProblem(view, *problem_, {}, problemSource(), texts_);
    for (const std::string& each : currencies_) addRow(view, sentence(WidgetKind::Warning, Item::Finding, each));
    if (!oneSided_.empty() && std::any_of(choices_.kpis.begin(), choices_.kpis.end(), comparesAmounts))
        addRow(view, sentence(WidgetKind::Warning, Item::Finding, oneSided_));
    if (const std::string why = whyNothingShown(); !why.empty() && !problem_)
        addRow(view, sentence(WidgetKind::Warning, Item::Problem, why));
    else if (why.empty() && !allKpis_)
        showLeftOut(view);
    showOwn(view);
    // The button to insert is to be in sight: the first of those that are ticked stand for all, until the user asks for them.
    std::size_t left = allKpis_ ? std::string::npos : shownAtFirst;
    const std::span<const std::string_view> all = findTemplate(choices_.templateId)->kpis;
    for (std::size_t index = 0; index < all.size() && left > 0; ++index) {
        const Kpi& kpi = *findKpi(all[index]);
        if (missingFor(kpi, choices_)) continue;
        const bool on = std::find(choices_.kpis.begin(), choices_.kpis.end(), all[index]) != choices_.kpis.end();
        if (!on && !allKpis_) continue;
        --left;
        Widget widget = check(KpiItem::Check, withValue(kpi), std::string(kpi.formula), on);
        widget.index = static_cast<std::int32_t>(index);
        addRow(view, std::move(widget));
    }
    addRow(view, check(KpiItem::AllKpis, texts_.say(msg("Show all KPIs of the template")),
                       texts_.say(msg("Those that are not ticked too, and why others cannot be shown")), allKpis_));
    if (!allKpis_) return;
    // Those that cannot be shown, with the reason.
    bool first = true;
    for (std::size_t index = 0; index < all.size(); ++index) {
        const Kpi& kpi = *findKpi(all[index]);
        const std::string reason = whyNot(kpi, choices_, texts_);
        if (reason.empty()) continue;
        Widget note = sentence(WidgetKind::Note, KpiItem::Missing,
                               texts_.say(msg("{kpi}: {value}"), {{"kpi", texts_.say(kpi.name)}, {"value", reason}}));
        note.index = static_cast<std::int32_t>(index);
        addRow(view, std::move(note), std::exchange(first, false));
    }
}

const Wording& KpiSheetModel::wording() const {
    static constexpr Wording sheet{.insert = msg("Insert KPI sheet"),
                                   .update = msg("Update KPI sheet"),
                                   .settingsOf = msg("Settings of the KPI sheet in {place}")};
    return sheet;
}

std::variant<Draft, std::string> KpiSheetModel::draft(const std::optional<std::string>& before) const {
    if (const std::string why = whyNothingShown(); !ready()) return why.empty() ? texts_.say(msg("Tick a KPI first")) : why;
    if (problem_) return sentenceOf(*problem_, problemSource(), texts_);
    KpiSheetChoices planned = choices_;
    for (const OwnKpi& own : choices_.own)
        if (!missingColumn(own, sourceAt(own.source)).empty()) std::erase(planned.kpis, own.id);
    std::vector<std::string> addresses;
    for (const KpiSource& each : choices_.sources) addresses.push_back(each.address);
    const std::string first = addresses.empty() ? source_.address : addresses.front();
    if (!addresses.empty()) addresses.erase(addresses.begin());
    DocumentPlan plan = planKpiSheet(planned, context(), texts_);
    for (const PlannedSheet& sheet : plan.sheets)
        if (const std::int64_t columns = sheet.area().endColumn(); columns > mostColumns)
            return texts_.say(msg("So many KPIs need {columns} columns on a sheet, and Calc has {most}: tick fewer"),
                              {{"columns", texts_.number(columns)}, {"most", texts_.number(mostColumns)}});
    return Draft{.plan = std::move(plan),
                 .kind = KeptKind::KpiSheet,
                 .settings = written(choices_),
                 .source = first,
                 .moreSources = std::move(addresses),
                 .title = texts_.say(before ? wording().update : wording().insert)};
}

}  // namespace calckpi::panel
