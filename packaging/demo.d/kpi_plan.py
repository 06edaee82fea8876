"""What the KPI sheet computes from an export: rows of label, formula and unit, as far as the export's columns allow. No office.

    plan = plan_kpis(export, facts, titles, texts.text)

In a formula {won_value} stands for the cell of the row with that key.
"""

from collections import Counter
from dataclasses import dataclass, field

from recognition import ROLE_NAMES, folded, quoted

MOST_GROUPS = 8
SHARE, COUNT, MONEY, DAYS = "share", "count", "money", "days"


@dataclass
class Kpi:
    key: str
    label: str
    formula: str
    kind: str
    unit: str
    needs: tuple = ()      # the roles without which it is left out
    is_array: bool = False


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
    kpis: list
    groups: Groups = None
    left_out: list = field(default_factory=list)   # (label, [role names])
    table: str = ""
    arguments: str = ""    # of DWINRATE up to the lost texts
    currency: str = ""     # when the export tells one
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


def plan_kpis(export, facts, titles, translate, by=None):
    _ = translate
    plan = Plan([], table=f"$Deals.A:{export.columns[-1].letter}")
    plan.currency = _currency(export, plan.notices)

    def money(unit="{money}"):
        """A unit with the currency in it; without a currency "per day" says enough."""
        return unit.format(money=plan.currency).strip(" ,") or _("money")

    stage = column_argument(export, export.roles["stage"])
    # DWINRATE wants both texts; when no deal is lost, any text that is not there will do.
    won, lost = export.won or ["Won"], export.lost or ["Lost"]
    plan.arguments = f"{plan.table};{stage};{texts_argument(won)};{texts_argument(lost)}"
    # Not inside the f-strings below, where xgettext would not find them.
    win_rate, closed_deals, all_deals = _(titles["WINRATE"]), _("closed deals"), _("all deals")
    cycle, mean, median = _(titles["SALESCYCLE"]), _("mean"), _("median")
    kpis = [
        Kpi("won", _("Deals won"), '=COUNTIF(State;"won")', COUNT, _("deals")),
        Kpi("lost", _("Deals lost"), '=COUNTIF(State;"lost")', COUNT, _("deals")),
        Kpi("open", _("Deals open"), '=COUNTIF(State;"open")', COUNT, _("deals")),
        Kpi("closed_win_rate", f"{win_rate}, {closed_deals}", f"=DWINRATE({plan.arguments})", SHARE, _("of won and lost")),
        Kpi("created_win_rate", f"{win_rate}, {all_deals}", f'=DWINRATE({plan.arguments};"created")', SHARE,
            _("of won, lost and open")),
        Kpi("won_value", _("Won value"), '=SUMIFS(Amount;State;"won")', MONEY, money(), ("amount",)),
        Kpi("average_sale", _(titles["AVERAGESALE"]),
            '=AVERAGESALE({won_value};COUNTIFS(State;"won";Amount;"<>"))' if facts.won_without_amount
            else "=AVERAGESALE({won_value};{won})",
            MONEY, money(_("{money} per won deal")), ("amount",)),
        Kpi("cycle", f"{cycle}, {mean}", _cycle(facts, ""), DAYS, _("days, won deals"), ("opened", "closed"), is_array=True),
        Kpi("median_cycle", f"{cycle}, {median}", _cycle(facts, ';"median"'), DAYS, _("days, won deals"),
            ("opened", "closed"), is_array=True),
        Kpi("velocity", _(titles["SALESVELOCITY"]), "=SALESVELOCITY({open};{average_sale};{closed_win_rate};{cycle})", MONEY,
            money(_("{money} per day")), ("amount", "opened", "closed")),
        # Each seller is counted in the row where the name stands first.
        Kpi("sellers", _("Sellers"), "=SUM(IF(Owner=\"\";0;IF(MATCH(Owner;Owner;0)=ROW(Owner)-1;1;0)))", COUNT, _("sellers"),
            ("owner",), is_array=True),
        Kpi("productivity", _(titles["SALESPRODUCTIVITY"]), "=SALESPRODUCTIVITY({won_value};{sellers})", MONEY,
            money(_("{money} per seller")), ("amount", "owner")),
    ]
    if facts.open_with_amount or "amount" not in export.roles:
        kpis += [Kpi("pipeline", _("Open pipeline"), '=SUMIFS(Amount;State;"open")', MONEY, money(), ("amount",)),
                 Kpi("weighted", _(titles["WEIGHTEDPIPELINE"]), _weighted(export, facts), MONEY,
                     money() if "probability" in export.roles else money(_("{money}, at the closed win rate")),
                     ("amount",), is_array=True)]
    elif export.open:
        plan.notices.append("Open deals have no amounts: the open and the weighted pipeline are left out.")
    for kpi in kpis:
        missing = [ROLE_NAMES[role] for role in kpi.needs if role not in export.roles]
        if missing:
            plan.left_out.append((kpi.label, missing))
        else:
            plan.kpis.append(kpi)
    plan.groups = _groups(export, by, plan.notices)
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
