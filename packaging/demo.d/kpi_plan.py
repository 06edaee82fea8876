"""What the KPI sheet computes: the scorecard of the classic KPIs, more figures from the deals, and the inputs that no deal tells.

    plan = plan_kpis(export, facts, functions, texts.text)     # functions: the catalog's, by name

Rows of label, formula and unit, as far as the export's columns allow. In a formula {won_value} stands for the cell of the row with
that key, {names} and {rates} for columns of the table by product; inputs are called by their names. No office.
"""

from collections import Counter
from dataclasses import dataclass, field

from recognition import ROLE_NAMES, folded, ordered_stages, quoted

MOST_GROUPS = 8
MOST_STAGES = 10
WAITS = "–"            # what a figure without its inputs shows
# Kinds of figures, which decide their format: the catalog's units, and days that are counted in business hours.
SHARE, COUNT, MONEY, DAYS, RATIO, HOURS = "share", "count", "money", "days", "ratio", "hours"


@dataclass
class Kpi:
    key: str
    label: str
    formula: str
    kind: str
    unit: str
    needs: tuple = ()      # the roles without which it is left out
    is_array: bool = False
    inputs: tuple = ()     # names of the inputs without which it waits
    lower_is_better: bool = False
    unit_names_group: bool = False    # {name} in the unit is the group that has the value


@dataclass
class Input:
    """A figure that the user types in. Neighbours with the same name are one range."""
    name: str
    label: str
    kind: str
    detail: str = ""       # tells neighbours with the same label apart
    unit: str = ""


@dataclass
class Groups:
    """The table by product or by seller."""
    role: str
    range_name: str
    column: str            # as DWINRATE is told
    names: list
    others: int            # groups that are not shown


@dataclass
class Plan:
    scorecard: list        # the KPIs that have a target
    kpis: list             # the other figures
    groups: Groups = None
    inputs: list = field(default_factory=list)
    input_labels: dict = field(default_factory=dict)   # by name, those of the two lists beside the inputs too
    types_actuals: bool = False    # the deals do not tell what was won by month
    left_out: list = field(default_factory=list)   # (label, [role names])
    table: str = ""
    arguments: str = ""    # of DWINRATE up to the lost texts
    currency: str = ""     # when the export tells one
    stages: list = field(default_factory=list)     # of the funnel, in order
    notices: list = field(default_factory=list)


def text_argument(text):
    return '"' + text.replace('"', '""') + '"'


def texts_argument(texts):
    """One text, or several as an inline array."""
    spelled = [text_argument(text) for text in texts]
    return spelled[0] if len(spelled) == 1 else "{" + ";".join(spelled) + "}"


def column_argument(export, column):
    """The header, or the column's number where the header alone does not tell it."""
    if not column.header or export.doubled(column):
        return str(column.index + 1)
    return text_argument(column.header)


def kind_of(function):
    """The kind of a function's result, from the catalog's row of the function."""
    unit = function["unit"].split(" per ")[0]
    if unit == DAYS and any(parameter["name"] == "opening" for parameter in function["parameters"]):
        return HOURS       # business time: a day of it would be 24 open hours, which nobody means
    return unit


def words_of_thousand(unit, currency, translate):
    """The unit of money that is shown in thousands."""
    _ = translate
    if currency:
        return _("thousand {unit}").format(unit=unit)
    return " ".join((_("thousands"), "" if unit == _("money") else unit)).strip()


def guarded(inputs, expression):
    """A formula that gives a dash until each of the inputs holds a number."""
    return '=IF({}=0;"{}";{})'.format("*".join(f"COUNT({name})" for name in inputs), WAITS, expression)


def plan_kpis(export, facts, functions, translate, by=None):
    _ = translate
    plan = Plan([], [], table=f"$Deals.A:{export.columns[-1].letter}")
    plan.currency = _currency(export, plan.notices)
    plan.stages = _stages(export, plan.notices)
    plan.groups = _groups(export, by, plan.notices)

    def title(function):
        return _(functions[function]["title"])

    def kind(function):
        return kind_of(functions[function])

    def money(unit="{money}"):
        """A unit with the currency in it; without a currency "per day" says enough."""
        return unit.format(money=plan.currency).strip(" ,") or _("money")

    stage = column_argument(export, export.roles["stage"])
    # DWINRATE wants both texts; when no deal is lost, any text that is not there will do.
    won, lost = export.won or ["Won"], export.lost or ["Lost"]
    plan.arguments = f"{plan.table};{stage};{texts_argument(won)};{texts_argument(lost)}"
    # Not inside the f-strings below, where xgettext would not find them.
    closed_deals, all_deals, mean, median = _("closed deals"), _("all deals"), _("mean"), _("median")
    if plan.groups and plan.groups.role == "owner":
        grouped, best, weakest = ("owner",), _("Seller performance, best"), _("Seller performance, weakest")
    else:
        grouped, best, weakest = ("product",), _("Product performance, best"), _("Product performance, weakest")

    typed_pipeline = ("OpenPipeline",) if not facts.open_with_amount else ()
    plan.types_actuals = not {"amount", "closed"} <= set(export.roles)
    actuals = ("Actuals",) if plan.types_actuals else ()
    for name, label, figure, detail, unit in (
            ("Costs", _("Costs of winning customers"), MONEY, _("marketing"), money()),
            ("Costs", _("Costs of winning customers"), MONEY, _("sales"), money()),
            ("Costs", _("Costs of winning customers"), MONEY, _("service"), money()),
            ("Costs", _("Costs of winning customers"), MONEY, _("other"), money()),
            ("NewCustomers", _("New customers"), COUNT, "", ""),
            ("CustomersAtStart", _("Customers at the start"), COUNT, "", ""),
            ("CustomersLost", _("Customers lost"), COUNT, "", ""),
            ("Revenue", _("Revenue from customers"), MONEY, "", money()),
            ("Margin", _("Gross margin"), SHARE, "", _("of the revenue")),
            ("Leads", _("Leads"), COUNT, "", ""),
            ("Opportunities", _("Leads that became opportunities"), COUNT, "", ""),
            ("Touches", _("Touch points"), COUNT, "", _("calls, mails and messages")),
            ("Meetings", _("First meetings"), COUNT, "", ""),
            ("SalesTarget", _("Sales still to win in the period ahead"), MONEY, "", money()),
            ("OpenPipeline", _("Open pipeline"), MONEY, "", money()),
            ("OpeningTime", _("Opening time"), HOURS, "", ""),
            ("ClosingTime", _("Closing time"), HOURS, "", "")):
        if name != "OpenPipeline" or typed_pipeline:
            plan.inputs.append(Input(name, label, figure, detail, unit))
    plan.input_labels = {given.name: given.label for given in plan.inputs}
    plan.input_labels.update({"Forecasts": _("Forecast"), "Actuals": _("Won value"), "Received": _("Lead received"),
                              "Contacted": _("First contact")})

    def waiting(inputs, expression):
        return {"formula": guarded(inputs, expression), "inputs": inputs}

    scorecard = [
        Kpi("forecast_accuracy", title("FORECASTACCURACY"), kind=kind("FORECASTACCURACY"), unit=_("of the won value by month"),
            **waiting(("Forecasts",) + actuals, "FORECASTACCURACY(Actuals;Forecasts)")),
        Kpi("cycle", f"{title('SALESCYCLE')}, {mean}", _cycle(facts, ""), kind("SALESCYCLE"), _("days, won deals"),
            ("opened", "closed"), is_array=True, lower_is_better=True),
        Kpi("median_cycle", f"{title('SALESCYCLE')}, {median}", _cycle(facts, ';"median"'), kind("SALESCYCLE"),
            _("days, won deals"), ("opened", "closed"), is_array=True, lower_is_better=True),
        Kpi("pipeline", _("Open pipeline"), kind=MONEY, unit=money(),
            **(waiting(typed_pipeline, "OpenPipeline") if typed_pipeline else {"formula": '=SUMIFS(Amount;State;"open")'})),
        Kpi("open", _("Deals open"), '=COUNTIF(State;"open")', COUNT, _("deals")),
        Kpi("coverage", title("PIPELINECOVERAGE"), kind=kind("PIPELINECOVERAGE"), unit=_("times the sales still to win"),
            **waiting(("SalesTarget",) + typed_pipeline, "PIPELINECOVERAGE({pipeline};SalesTarget)")),
        Kpi("closed_win_rate", f"{title('WINRATE')}, {closed_deals}", f"=DWINRATE({plan.arguments})", kind("DWINRATE"),
            _("of won and lost")),
        Kpi("close_ratio", title("CLOSERATIO"), "=CLOSERATIO({won};{won}+{lost}+{open})", kind("CLOSERATIO"),
            _("of won, lost and open")),
        Kpi("touch_points", title("TOUCHPOINTS"), kind=kind("TOUCHPOINTS"), unit=_("per first meeting"), lower_is_better=True,
            **waiting(("Touches", "Meetings"), "TOUCHPOINTS(Touches;Meetings)")),
        Kpi("best_product", best, "=MAX({rates})", kind("DWINRATE"), _("win rate of {name}"), grouped,
            unit_names_group=True),
        Kpi("weakest_product", weakest, "=MIN({rates})", kind("DWINRATE"), _("win rate of {name}"), grouped,
            unit_names_group=True),
        Kpi("cac", title("CAC"), kind=kind("CAC"), unit=money(_("{money} per new customer")), lower_is_better=True,
            **waiting(("Costs", "NewCustomers"), "CAC(Costs;NewCustomers)")),
        Kpi("clv", title("CLV"), kind=kind("CLV"), unit=money(_("{money} per customer")),
            **waiting(("Revenue", "Margin", "CustomersAtStart", "CustomersLost"),
                      "CLV(ARPA(Revenue;CustomersAtStart);Margin;{churn})")),
        Kpi("churn", title("CHURNRATE"), kind=kind("CHURNRATE"), unit=_("of the customers at the start"), lower_is_better=True,
            **waiting(("CustomersLost", "CustomersAtStart"), "CHURNRATE(CustomersLost;CustomersAtStart)")),
        Kpi("lead_to_opportunity", title("LEADTOOPPORTUNITY"), kind=kind("LEADTOOPPORTUNITY"), unit=_("of the leads"),
            **waiting(("Opportunities", "Leads"), "LEADTOOPPORTUNITY(Opportunities;Leads)")),
        Kpi("response", f"{title('LEADRESPONSETIME')}, {median}", kind=kind("LEADRESPONSETIME"),
            unit=_("hours and minutes, business time"), lower_is_better=True,
            **waiting(("Received", "Contacted", "OpeningTime", "ClosingTime"),
                      'LEADRESPONSETIME(Received;Contacted;"median";OpeningTime;ClosingTime)')),
    ]
    kpis = [
        Kpi("won", _("Deals won"), '=COUNTIF(State;"won")', COUNT, _("deals")),
        Kpi("lost", _("Deals lost"), '=COUNTIF(State;"lost")', COUNT, _("deals")),
        Kpi("created_win_rate", f"{title('WINRATE')}, {all_deals}", f'=DWINRATE({plan.arguments};"created")', kind("DWINRATE"),
            _("of won, lost and open")),
        Kpi("won_value", _("Won value"), '=SUMIFS(Amount;State;"won")', MONEY, money(), ("amount",)),
        Kpi("average_sale", title("AVERAGESALE"),
            '=AVERAGESALE({won_value};COUNTIFS(State;"won";Amount;"<>"))' if facts.won_without_amount
            else "=AVERAGESALE({won_value};{won})",
            kind("AVERAGESALE"), money(_("{money} per won deal")), ("amount",)),
        Kpi("velocity", title("SALESVELOCITY"), "=SALESVELOCITY({open};{average_sale};{closed_win_rate};{cycle})",
            kind("SALESVELOCITY"), money(_("{money} per day")), ("amount", "opened", "closed")),
        # Each seller is counted in the row where the name stands first.
        Kpi("sellers", _("Sellers"), "=SUM(IF(Owner=\"\";0;IF(MATCH(Owner;Owner;0)=ROW(Owner)-1;1;0)))", COUNT, _("sellers"),
            ("owner",), is_array=True),
        Kpi("productivity", title("SALESPRODUCTIVITY"), "=SALESPRODUCTIVITY({won_value};{sellers})", kind("SALESPRODUCTIVITY"),
            money(_("{money} per seller")), ("amount", "owner")),
    ]
    if facts.open_with_amount or "amount" not in export.roles:
        kpis.append(Kpi("weighted", title("WEIGHTEDPIPELINE"), _weighted(export, facts), kind("WEIGHTEDPIPELINE"),
                        money() if "probability" in export.roles else money(_("{money}, at the closed win rate")),
                        ("amount",), is_array=True))
    elif export.open:
        plan.notices.append("Open deals have no amounts: the weighted pipeline is left out.")
    for wanted, rows in ((scorecard, plan.scorecard), (kpis, plan.kpis)):
        for kpi in wanted:
            missing = [ROLE_NAMES[role] for role in kpi.needs if role not in export.roles]
            if missing or (kpi.unit_names_group and not plan.groups):
                plan.left_out.append((kpi.label, missing))
            else:
                rows.append(kpi)
    return plan


def _cycle(facts, statistic):
    condition = 'State="won"'
    if facts.cycle_needs_guard:
        condition = '(State="won")*ISNUMBER(Opened)*ISNUMBER(Closed)*(Closed>=Opened)'
    return f'=SALESCYCLE(IF({condition};Opened;"");IF({condition};Closed;""){statistic})'


def _weighted(export, facts):
    amounts = 'IF(State="open";Amount;"")'
    if "probability" not in export.roles:
        return f"=WEIGHTEDPIPELINE({amounts};{{closed_win_rate}})"
    if facts.probability_in_percent:
        return f'=WEIGHTEDPIPELINE({amounts};IF((State="open")*(Probability<>"");Probability/100;""))'
    return f'=WEIGHTEDPIPELINE({amounts};IF(State="open";Probability;""))'


def _currency(export, notices):
    column = export.roles.get("currency")
    if column is None:
        return ""
    currencies = Counter(cell.strip() for cell in column.filled)
    if len(currencies) == 1:
        return next(iter(currencies))
    if currencies:
        notices.append(f"The amounts are in {len(currencies)} currencies ({', '.join(sorted(currencies))}) and are added up as "
                       "they are.")
    return ""


def _stages(export, notices):
    """The stages of the funnel in their order, the won deals last; none when there is no funnel to show."""
    if not export.won or not 1 <= len(export.open) < MOST_STAGES:
        return []
    stages, reason = ordered_stages(export)
    stages += export.won[:1]
    notices.append(f"Stages of the funnel, {reason}: {', '.join(map(quoted, stages))}. The sheet Inputs can change their order.")
    return stages


def _groups(export, by, notices):
    """The groups with most closed deals, of products when the export has several, otherwise of sellers."""
    for role, range_name in (("product", "Product"), ("owner", "Owner")):
        if by not in (None, role):
            continue
        column = export.roles.get(role)
        if column is None:
            if by:
                notices.append(f"There is no {ROLE_NAMES[role]} column to group by.")
            continue
        closed = Counter()
        spellings = {}
        stages = export.roles["stage"].cells
        outcome = {folded(text) for text in export.won + export.lost}
        for cell, stage in zip(column.cells, stages):
            if cell.strip():
                spellings.setdefault(folded(cell), Counter())[cell] += 1
                closed[folded(cell)] += folded(stage) in outcome
        names = [name for name, count in closed.most_common() if count]
        if len(names) < 2 and not (by and names):
            continue
        blanks = [spelling for counts in spellings.values() for spelling in counts if spelling != spelling.strip()]
        if blanks:
            notices.append(f"In column {quoted(column.header)} {len(blanks)} names have outer blanks, such as {quoted(blanks[0])}; "
                           "their deals are missing in the table by name.")
        shown = [spellings[name].most_common(1)[0][0] for name in names[:MOST_GROUPS]]
        return Groups(role, range_name, column_argument(export, column), shown, len(names) - len(shown))
    return None
