"""What the sheet Funnel shows: tables that each are one array formula over the deals, localised headers, the rules they follow.

    plan = plan_funnel(export, facts, kpi_plan, texts.text)
    plan.funnel.formula, plan.segments[0].columns, plan.curve.rule

A table that the export does not allow is None or missing, and `notices` says why. No office.
"""

from dataclasses import dataclass, field

from kpi_plan import COUNT, DAYS, MONEY, MOST_STAGES, SHARE, column_argument, texts_argument, words_of_thousand
from recognition import ROLE_NAMES, Column, folded

NAME, P_VALUE = "name", "p-value"     # kinds of columns beside those of kpi_plan
MOST_SEGMENTS, MOST_AGES = 60, 5000
STAGES = "Stages"                     # the named range on the sheet Inputs


@dataclass
class TableColumn:
    title: str
    kind: str
    title_in_thousands: str = ""      # of money above a million


@dataclass
class FunnelTable:
    title: str
    formula: str
    columns: list
    rules: list                       # what it counts, for the lines under it
    most_rows: int
    picture: str = ""                 # the heading of its chart


@dataclass
class FunnelPlan:
    funnel: FunnelTable = None
    segments: list = field(default_factory=list)
    curve: FunnelTable = None
    ages: FunnelTable = None          # the curve at a few ages: `columns` and no formula of its own
    notices: list = field(default_factory=list)


def plan_funnel(export, facts, kpis, translate):
    return _Planner(export, facts, kpis, translate).plan()


class _Planner:
    def __init__(self, export, facts, kpis, translate):
        self.export, self.facts, self.kpis, self._ = export, facts, kpis, translate
        self.stage = self.column("stage")
        won = texts_argument(export.won or ["Won"])
        lost = texts_argument(export.lost or ["Lost"])
        self.status = f"{self.stage};{won};{lost}"
        self.notices = []

    def column(self, role):
        return column_argument(self.export, self.export.roles[role])

    def usable(self, role):
        return role in self.export.roles and role not in self.facts.unread_roles

    def plan(self):
        _ = self._
        curve, ages = self.curve()
        segments = [self.segments(role, title, name)
                    for role, title, name in (("product", _("Deals by product"), _("Product")),
                                              ("owner", _("Deals by seller"), _("Seller")))
                    if role in self.export.roles and len(set(map(folded, self.export.roles[role].filled))) > 1]
        return FunnelPlan(self.funnel(), segments, curve, ages, self.notices)

    def funnel(self):
        _, export = self._, self.export
        if not self.kpis.stages:
            self.notices.append(f"The funnel is left out: it takes won deals and 1 to {MOST_STAGES - 1} open stages, and there are "
                                f"{len(export.open)}.")
            return None
        table, stage = self.kpis.table, self.stage
        if export.has_several_won_texts:
            # The helper column on the sheet Deals, to the right of the state.
            place = len(export.columns) + 1
            table, stage = f"$Deals.A:{Column(place, '', []).letter}", str(place + 1)
        lost = texts_argument(export.lost) if export.lost else ""
        rules = [_("A deal has reached its own stage and those before it. The lighter part of a bar: deals still at the stage. "
                   "The order of the stages is on the sheet Inputs.")]
        if lost:
            rules.append(_("Where a lost deal was lost the export does not tell: it counts at the first stage only."))
        return FunnelTable(
            _("Funnel"), f"=FUNNELSTAGES({table};{stage};{STAGES};{lost};;;;0)",
            [TableColumn(_("Stage"), NAME), TableColumn(_("Reached"), COUNT), TableColumn(_("Of previous"), SHARE),
             TableColumn(_("Of first"), SHARE), TableColumn(_("Lost"), COUNT), TableColumn(_("Still there"), COUNT)],
            rules, MOST_STAGES, _("Deals that reached each stage, and their share of the stage before"))

    def curve(self):
        """The win curve day by day, and at a few ages."""
        _ = self._
        unusable = [ROLE_NAMES[role] for role in ("opened", "closed") if not self.usable(role)]
        if unusable:
            self.notices.append(f"The win curve is left out: a column that it takes is missing or has cells that are no dates "
                                f"({', '.join(unusable)}).")
        elif self.facts.closes_before_opening:
            self.notices.append("The win curve is left out: there are deals that close before they open.")
        if unusable or self.facts.closes_before_opening:
            return None, None
        low, high = _("Low"), _("High")
        curve = FunnelTable(
            _("Win curve"), f"=WINCURVE({self.kpis.table};{self.column('opened')};{self.column('closed')};{self.status};;0)",
            [TableColumn(_("Age, days"), COUNT), TableColumn(_("At risk"), COUNT), TableColumn(_("Won"), COUNT),
             TableColumn(_("Lost"), COUNT), TableColumn(_("Won"), SHARE), TableColumn(_("Lost"), SHARE), TableColumn(low, SHARE),
             TableColumn(high, SHARE)],
            [], MOST_AGES)
        ages = FunnelTable(
            _("Win curve"), "",
            [TableColumn(_("Age, days"), NAME), TableColumn(_("At risk"), COUNT), TableColumn(_("Won"), SHARE),
             TableColumn(low, SHARE), TableColumn(high, SHARE), TableColumn(_("Lost"), SHARE), TableColumn(_("Still open"), SHARE)],
            [_("Share of the deals won and lost by their age. An open deal counts for as long as it has been seen "
               "(Aalen-Johansen); deals without an opening date are left out."),
             _("At risk: the deals that were open so long. Low and high are the 95 % bounds of the share won.")],
            MOST_AGES, _("Share of the deals won and lost by their age in days"))
        return curve, ages

    def segments(self, role, title, name):
        _, currency = self._, self.kpis.currency
        columns = [TableColumn(name, NAME), TableColumn(_("Deals"), COUNT), TableColumn(_("Won"), COUNT),
                   TableColumn(_("Lost"), COUNT), TableColumn(_("Open"), COUNT), TableColumn(_("Win rate"), SHARE),
                   TableColumn(_("Low"), SHARE), TableColumn(_("High"), SHARE), TableColumn(_("p-value"), P_VALUE)]
        rules = [_("Win rate: won of won and lost. Low and high are its 95 % bounds. The p-value compares it with that of all the "
                   "others together; one in 20 is below 0.05 by chance.")]
        details = []

        def money(label):
            return TableColumn(label, MONEY, ", ".join((label, words_of_thousand(currency, currency, _))))

        # The columns after a missing one would be there without figures, so they go with it.
        amount = opened = closed = ""
        if self.usable("amount"):
            columns += [money(_("Won value")), TableColumn(_("Share of value"), SHARE), money(_("Mean sale"))]
            amount = self.column("amount")
            details.append(_("Value, mean sale and cycle are those of the won deals."))
            if self.usable("opened") and self.usable("closed") and not self.facts.cycle_needs_guard:
                columns.append(TableColumn(_("Median cycle, days"), DAYS))
                opened, closed = self.column("opened"), self.column("closed")
        if len(self.export.roles[role].filled) < self.export.rows:
            details.append(_("“(blank)”: deals that name none."))
        if details:
            rules.append(" ".join(details))
        formula = f"=SEGMENTS({self.kpis.table};{self.column(role)};{self.status};{amount};{opened};{closed};0)"
        return FunnelTable(title, formula, columns, rules, MOST_SEGMENTS + 1)
