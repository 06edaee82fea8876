"""The named cell styles of the sheets that the demo writes ("KPI Sheet Title", "KPI Sheet Money", ...), so that the user restyles all at once.

    make_styles(document, locale)
    cell.CellStyle = style_of(MONEY)
"""

from com.sun.star.lang import Locale
from com.sun.star.table import BorderLine2
from com.sun.star.table.CellHoriJustify import CENTER as MIDDLE
from com.sun.star.table.CellHoriJustify import LEFT, RIGHT
from com.sun.star.table.CellVertJustify2 import CENTER

from kpi_plan import COUNT, DAYS, HOURS, MONEY, RATIO, SHARE

BLUE, LIGHT_BLUE, TEXT, GREY, PALE, LINE = 0x1F5C99, 0x8FB3D6, 0x222222, 0x6B6B6B, 0xEEF2F6, 0x9AA5B1
GREEN, RED = 0x2E7D32, 0xC62828
BETTER, WORSE, ON_TARGET = "\u25b2", "\u25bc", "\u25cf"
MARK_STYLES = {BETTER: "KPI Sheet Better", WORSE: "KPI Sheet Worse", ON_TARGET: "KPI Sheet On Target"}
THOUSANDS = " in Thousands"

# Format of a figure and of the difference to its target.
_FORMATS = {
    "KPI Sheet Number": ("#,##0", "+#,##0;-#,##0;0"),
    "KPI Sheet Share": ("[<0.0995]0.0%;0%", "+0.0%;-0.0%;0.0%"),
    "KPI Sheet Money": ("#,##0", "+#,##0;-#,##0;0"),
    "KPI Sheet Money" + THOUSANDS: ("#,##0,", "+#,##0,;-#,##0,;0"),
    "KPI Sheet Days": ("[<10]0.0;#,##0", "+0.0;-0.0;0.0"),
    "KPI Sheet Ratio": ("0.0", "+0.00;-0.00;0.00"),
    "KPI Sheet Hours": ("[H]:MM", "+[H]:MM;-[H]:MM;[H]:MM"),
}
_STYLES = {SHARE: "KPI Sheet Share", COUNT: "KPI Sheet Number", MONEY: "KPI Sheet Money", DAYS: "KPI Sheet Days",
           HOURS: "KPI Sheet Hours", RATIO: "KPI Sheet Ratio"}


def style_of(kind):
    return _STYLES[kind]


def make_styles(document, locale):
    styles = document.StyleFamilies.getByName("CellStyles")
    english = Locale("en", "US", "")

    def number_format(code):
        """A number format with the separators of the sheet's language; `code` is written as in English."""
        if locale.Language == "fr":
            code = code.replace("%", '"\u00a0"%')  # in quotes, or XLSX files would have it as the sign for thousands
        formats = document.NumberFormats
        key = formats.queryKey(code, english, False)
        if key == -1:
            key = formats.addNew(code, english)
        return key if locale.Language == "en" else formats.addNewConverted(code, english, locale)

    def style(name, parent="Default", **values):
        made = document.createInstance("com.sun.star.style.CellStyle")
        styles.insertByName(name, made)
        made.ParentStyle = parent
        for key, value in values.items():
            setattr(made, key, value)

    base = styles.getByName("Default")
    base.CharFontName, base.CharHeight, base.CharLocale = "Liberation Sans", 10.0, locale
    thin = BorderLine2()
    thin.Color, thin.OuterLineWidth, thin.LineWidth = LINE, 18, 18
    frame = {**{side: thin for side in ("TopBorder2", "BottomBorder2", "LeftBorder2", "RightBorder2")},
             "ParaLeftMargin": 100, "ParaRightMargin": 100}

    style("KPI Sheet", CharColor=TEXT, VertJustify=CENTER)
    style("KPI Sheet Title", "KPI Sheet", CharHeight=18.0, CharWeight=150.0, CharColor=BLUE)
    style("KPI Sheet Subtitle", "KPI Sheet", CharHeight=10.5)
    style("KPI Sheet Section", "KPI Sheet", CharHeight=12.0, CharWeight=150.0, CharColor=BLUE)
    style("KPI Sheet Header", "KPI Sheet", CharWeight=150.0, CellBackColor=PALE, BottomBorder2=thin, HoriJustify=LEFT)
    style("KPI Sheet Header Number", "KPI Sheet Header", HoriJustify=RIGHT)
    style("KPI Sheet Header Number Wrapped", "KPI Sheet Header Number", IsTextWrapped=True, ParaLeftMargin=120)
    style("KPI Sheet Header Indented", "KPI Sheet Header", ParaIndent=250)
    style("KPI Sheet Label", "KPI Sheet", HoriJustify=LEFT, ShrinkToFit=True)
    style("KPI Sheet Unit", "KPI Sheet", CharColor=GREY, HoriJustify=LEFT, ParaIndent=250, ShrinkToFit=True)
    style("KPI Sheet Formula", "KPI Sheet", CharFontName="Liberation Mono", CharHeight=7.0, CharColor=GREY, HoriJustify=LEFT)
    style("KPI Sheet Waiting", "KPI Sheet", CharHeight=8.5, CharColor=GREY, HoriJustify=LEFT, ShrinkToFit=True)
    style("KPI Sheet Note", "KPI Sheet", CharHeight=8.0, CharColor=GREY, HoriJustify=LEFT)
    style("KPI Sheet Warning", "KPI Sheet", CharHeight=9.0, CharColor=RED)
    style("KPI Sheet Mark", "KPI Sheet", CharHeight=11.0, HoriJustify=MIDDLE)
    for name, colour in ((MARK_STYLES[BETTER], GREEN), (MARK_STYLES[WORSE], RED), (MARK_STYLES[ON_TARGET], GREY)):
        style(name, "KPI Sheet Mark", CharColor=colour)
    for name, (code, signed) in _FORMATS.items():
        parent = "KPI Sheet Money" if name.endswith(THOUSANDS) else "KPI Sheet" if name == "KPI Sheet Number" else "KPI Sheet Number"
        style(name, parent, HoriJustify=RIGHT, NumberFormat=number_format(code))
        # The sign before a target says which side of it is the better one.
        for suffix, sign in (("at Least", "\u2265"), ("at Most", "\u2264")):
            bounded = ";".join(_after_condition(part, f'"{sign} "') for part in code.split(";"))
            style(f"{name} {suffix}", name, CharColor=GREY, NumberFormat=number_format(bounded))
        style(f"{name} Difference", name, NumberFormat=number_format(signed))
        style(f"{name} Input", name, **frame)
    # A p-value of 0.000 would say too much.
    decimal = "." if locale.Language == "en" else ","
    style("KPI Sheet P-Value", "KPI Sheet Number", NumberFormat=number_format(f'[<0.0005]"< 0{decimal}001";0.000'))
    style("KPI Sheet Bar", "KPI Sheet Number", NumberFormat=number_format("0.000,,,,"))
    style("KPI Sheet Percent", "KPI Sheet Share", NumberFormat=number_format("0%"))
    style("KPI Sheet Age", "KPI Sheet Number", HoriJustify=LEFT)
    style("KPI Sheet Text Input", "KPI Sheet Label", **frame)
    style("KPI Sheet Month Input", "KPI Sheet", HoriJustify=LEFT, NumberFormat=number_format("YYYY-MM"), **frame)
    style("KPI Sheet Instant Input", "KPI Sheet", HoriJustify=LEFT, NumberFormat=number_format("YYYY-MM-DD HH:MM"), **frame)
    # The row of all stands below the figures of its parts, or above them.
    for name in ("KPI Sheet Label", "KPI Sheet Number", "KPI Sheet Share", "KPI Sheet Money", "KPI Sheet Money" + THOUSANDS,
                 "KPI Sheet Days", "KPI Sheet P-Value"):
        style(name.replace("KPI Sheet", "KPI Sheet Total"), name, CharWeight=150.0, TopBorder2=thin)
        style(name.replace("KPI Sheet", "KPI Sheet All"), name, CharWeight=150.0, BottomBorder2=thin)


def _after_condition(part, text):
    """A section of a number format with a text before the number: after the condition, "[<10]0.0"."""
    end = part.index("]") + 1 if part.startswith("[<") else 0
    return part[:end] + text + part[end:]
