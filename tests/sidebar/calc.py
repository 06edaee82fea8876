"""A visible Calc with the extension on a desk, its sheets and the funnel panel, used as a person does: by pointer and keyboard.

    panel = calc.show_panel(document)
    panel.choose("Split by", "owner")
    panel.click(panel.button("Insert funnel table"))

What is where is read from the accessibility tree, as a screen reader does it. So what these tests find, a screen reader finds.
"""
import os
import pathlib
import shutil
import sys
import tempfile
import threading
import time

SOURCE = pathlib.Path(os.environ["CALCKPI_SOURCE"])
sys.path[:0] = [str(SOURCE / "packaging")]

import uno  # noqa: E402
import unohelper  # noqa: E402
from com.sun.star.accessibility import AccessibleRole, AccessibleStateType  # noqa: E402
from com.sun.star.awt import XCallback, XMouseMotionListener  # noqa: E402

from com.sun.star.lang import DisposedException, IndexOutOfBoundsException  # noqa: E402

from desk import wait_until  # noqa: E402
from office import Office  # noqa: E402

OXT = os.environ["CALCKPI_OXT"]
SHOW_PANEL = "vnd.org.calckpi:ShowFunnel"

MAIN_THREAD_SECONDS = 120


class _Call(unohelper.Base, XCallback):
    def __init__(self, what):
        self._what = what
        self.over = threading.Event()
        self.result = self.failure = None

    def notify(self, _):
        try:
            self.result = self._what()
        except Exception as failure:  # raised again where it was called for
            self.failure = failure
        self.over.set()


class Calc:
    """One office process. `environment` is for themes and scales: GTK_THEME, GDK_SCALE."""

    extensions = (OXT,)
    _profile = None  # with the extensions installed; each office takes a copy, which is quicker than installing

    def __init__(self, desk, language="en-US", locale="en-US", environment=None, settings=""):
        self.desk = desk
        self._panels = []
        self._folder = tempfile.TemporaryDirectory(prefix="calckpi-sidebar-")
        self.folder = pathlib.Path(self._folder.name)
        profile = self.folder / "profile"
        shutil.copytree(self._profile_with_extensions(), profile)
        registry = profile / "user" / "registrymodifications.xcu"
        text = registry.read_text(encoding="utf-8").replace("</oor:items>", settings + "</oor:items>")
        for prop, value in (("UILocale", language), ("ooSetupSystemLocale", locale)):
            start = text.index(">", text.index("<value", text.index(f'oor:name="{prop}"'))) + 1
            text = text[:start] + value + text[text.index("</value>", start):]
        registry.write_text(text, encoding="utf-8")
        # The look must not depend on the settings of whoever runs the tests.
        self.office = Office(profile=profile, visible=True, environment={
            "SAL_USE_VCLPLUGIN": "gtk3", "DISPLAY": desk.display, "GTK_THEME": "Adwaita", "NO_AT_BRIDGE": "1",
            "XDG_CONFIG_HOME": str(self.folder), **(environment or {})})

    @classmethod
    def _profile_with_extensions(cls):
        if cls._profile is None:
            cls._kept = tempfile.TemporaryDirectory(prefix="calckpi-profile-")
            profile = pathlib.Path(cls._kept.name) / "profile"
            office = Office(profile=profile)
            with office:
                for extension in cls.extensions:
                    office.install(extension)
            cls._profile = profile
        return cls._profile

    def __enter__(self):
        try:
            self.office.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.office.__exit__()
        self._folder.cleanup()

    def on_main_thread(self, what):
        """Runs `what` while the office's main thread waits for it: the calls to the office that it makes run there, as those of a
        user do. Windows must be opened like this: on any other thread GTK now and then locks up."""
        call = _Call(what)
        self.office.service("com.sun.star.awt.AsyncCallback").addCallback(call, None)
        if not call.over.wait(MAIN_THREAD_SECONDS):
            raise AssertionError("the office's main thread does not come back")
        if call.failure:
            raise call.failure
        return call.result

    def new(self):
        return self.on_main_thread(self.office.new_document)

    def open(self, path, **options):
        # A copy: the lock file of an office that was killed would keep the next one out.
        copy = self.folder / pathlib.Path(path).name
        shutil.copy(path, copy)
        copy.chmod(0o644)
        return self.on_main_thread(lambda: self.office.open(copy, **options))

    def dispatch(self, document, command):
        dispatcher = self.office.service("com.sun.star.frame.DispatchHelper")
        self.on_main_thread(lambda: dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ()))

    def show_panel(self, document, mirrored=False):
        """Shows the panel with cell A1 selected."""
        grid = Grid(self.desk, document.CurrentController)
        grid.wait_for_toolbars()
        if mirrored:  # the places of cells are not
            self.desk.keys("ctrl+Home")
        else:
            grid.click("A1")
        # The office remembers that the deck was shown, and a new window may open with it.
        if not [window for window in self.panel_windows() if window not in self._panels]:
            self.dispatch(document, SHOW_PANEL)
        return self.new_panel(document)

    def panel_windows(self):
        """The panels of all windows. In GTK each is a window of its own within the sidebar. (The office's own interface to sidebars
        crashes when it is asked for a panel that it is about to make.)"""
        def windows():
            toolkit = self.office.service("com.sun.star.awt.Toolkit")
            found = []
            for index in range(toolkit.getTopWindowCount()):
                context = context_of(toolkit.getTopWindow(index))
                if context is not None and not context.getAccessibleName() and context.getAccessibleChildCount() == 1:
                    found.append(context.getAccessibleChild(0))
            return found

        return self.on_main_thread(windows)

    def new_panel(self, document):
        """The panel that was not there before."""
        def find():
            for window in self.panel_windows():
                if window not in self._panels and context_of(window).getAccessibleChildCount() > 2:
                    return window
            return None

        self._panels.append(wait_until(find, "the panel is there"))
        return Panel(self.desk, document.CurrentController, self._panels[-1])


def context_of(accessible):
    return accessible.getAccessibleContext()


def children_of(context):
    for index in range(context.getAccessibleChildCount()):
        child = context.getAccessibleChild(index)
        if child is not None:
            yield context_of(child)


def has_state(context, state):
    """Calc 7.4 gives an object for the states, later versions the bits of a number."""
    states = context.getAccessibleStateSet()
    return bool(states & state) if isinstance(states, int) else states.contains(state)


def add_menu_bar(desk, controller):
    """What is to be added to a height that the office tells. GTK's menu bar belongs to the window, and the office learns of it only
    with the first move of the pointer. Windows are as large as the screen, so that they end where it ends."""
    outer = controller.Frame.ContainerWindow.getPosSize()
    return desk.height - outer.Height - outer.Y


class Grid:
    """The cells of the sheet that is shown, to be clicked."""

    def __init__(self, desk, controller):
        self.desk = desk
        self.controller = controller

    def _tables(self):
        """The cells that are shown: one table, or one for each part of a frozen window."""
        def search(context, depth):
            if context.getAccessibleRole() == AccessibleRole.TABLE:
                return [context]
            return [found for child in children_of(context) if depth for found in search(child, depth - 1)]

        def shown():
            return search(context_of(self.controller.Frame.ComponentWindow), 4)

        return wait_until(shown, "the cells are shown")

    def middle(self, address):
        self.desk.bring_to_front(self.controller.Frame.Title)
        cell = self.controller.ActiveSheet.getCellRangeByName(address).CellAddress
        for table in self._tables():
            context = context_of(table.getAccessibleCellAt(cell.Row, cell.Column))
            corner, bounds, pane = context.getLocationOnScreen(), context.getBounds(), table.getSize()
            if 0 <= bounds.X < pane.Width and 0 <= bounds.Y < pane.Height:
                break
        return corner.X + bounds.Width // 2, corner.Y + bounds.Height // 2 + add_menu_bar(self.desk, self.controller)

    def wait_for_toolbars(self):
        """A new window gets its toolbars one by one, and the cells move down."""
        def still():
            before = self.middle("A1")
            time.sleep(0.3)
            return before == self.middle("A1") and before[1] > 100
        wait_until(still, "the cells stay where they are")

    def header(self, column):
        """The middle of a column's header."""
        x, _ = self.middle(f"{column}1")
        return x, self._tables()[0].getLocationOnScreen().Y - 8 + add_menu_bar(self.desk, self.controller)

    def click(self, address):
        self.desk.click(*self.middle(address))
        wait_until(lambda: self.selected() == address, lambda: f"{address} is selected, not {self.selected()}")

    def drag(self, first, last):
        self.desk.drag(self.middle(first), self.middle(last))
        wait_until(lambda: self.selected() == f"{first}:{last}", lambda: f"{first}:{last} is selected, not {self.selected()}")

    def drag_columns(self, first, last):
        self.desk.drag(self.header(first), self.header(last))

    def go_to(self, text):
        """Types an address or a name into Calc's Name Box."""
        self.desk.keys("ctrl+shift+t")
        time.sleep(0.5)  # what is typed too early would not arrive
        self.desk.type(text)
        self.desk.keys("Return")

    def selected(self):
        """The address of the selection, without its sheet."""
        selection = self.controller.getSelection()
        name = getattr(selection, "AbsoluteName", None) or selection.getRangeAddressesAsString()
        return name.split(".")[-1].replace("$", "")


class Element:
    """What a screen reader knows of a control; its place is counted from the panel's upper left corner."""

    def __init__(self, context):
        self.context = context
        self.role = context.getAccessibleRole()
        self.name = context.getAccessibleName().replace("\u200E", "").removesuffix(" ")  # figures end with a blank
        bounds = context.getBounds()
        self.x, self.y, self.width, self.height = bounds.X, bounds.Y, bounds.Width, bounds.Height
        if self.role == AccessibleRole.PANEL and not context.getAccessibleChildCount():
            self.role = AccessibleRole.LABEL  # a link, which is a label to Calc 7.4 and an empty panel to 25.2

    def __repr__(self):
        return f"{self.role} {self.name!r} at {self.x},{self.y} {self.width}x{self.height}"

    @property
    def number(self):
        """Its place among all controls of the panel, which tells it from the others wherever it is scrolled to."""
        return self.context.getAccessibleIndexInParent()

    @property
    def middle(self):
        return self.x + self.width // 2, self.y + self.height // 2

    def has(self, state):
        return has_state(self.context, state)

    @property
    def enabled(self):
        return self.has(AccessibleStateType.ENABLED)

    @property
    def checked(self):
        return self.has(AccessibleStateType.CHECKED)

    @property
    def focused(self):
        return self.has(AccessibleStateType.FOCUSED) or any(
            has_state(child, AccessibleStateType.FOCUSED) for child in children_of(self.context))

    @property
    def text(self):
        """What stands in an edit field or in a drop-down."""
        if self.role == AccessibleRole.TEXT:
            return self.context.getText()
        return next((child.getText() for child in children_of(self.context) if child.getAccessibleRole() == AccessibleRole.TEXT), "")

    @property
    def entries(self):
        """Of a drop-down or a list: [(text, whether it is selected)]."""
        lists = [child for child in children_of(self.context) if child.getAccessibleRole() == AccessibleRole.LIST]
        return [(item.getAccessibleName().replace("\u200E", ""), has_state(item, AccessibleStateType.SELECTED))
                for item in children_of(lists[0])] if lists else []

    @property
    def selected(self):
        return next((name for name, selected in self.entries if selected), None)

    def is_left_of(self, other):
        return self.x + self.width <= other.x and abs(self.middle[1] - other.middle[1]) < min(self.height, other.height)


class _Watch(unohelper.Base, XMouseMotionListener):
    """Remembers where the panel says the pointer is."""

    def __init__(self):
        self.place = None

    def mouseMoved(self, event):
        self.place = event.X, event.Y

    def mouseDragged(self, event):
        pass

    def disposing(self, event):
        pass


CUT = "\u2026"  # at the end of a text that is cut

EDGE = 15  # pixels at the ends of what is shown of a panel; a button half out of sight is no place to click


class Panel:
    def __init__(self, desk, controller, dialog):
        self.desk = desk
        self.controller = controller
        self.frame = controller.Frame
        self.dialog = dialog
        self._left = None
        self._top_shown = None

    # What is there
    def elements(self):
        """What is visible, from top to bottom and from left to right."""
        found = wait_until(self._read, "the panel stays as it is while it is read")
        return sorted(found, key=lambda element: (element.middle[1], element.x))

    def _read(self):
        try:
            return [Element(context) for context in children_of(context_of(self.dialog))]
        except (IndexOutOfBoundsException, DisposedException):  # it is just being drawn
            return None

    def find(self, role, name):
        found = [element for element in self.elements() if element.role in role and element.name == name]
        if not found:
            raise LookupError(f"no {role} {name!r} in the panel; there are {self.elements()}")
        return found[0]

    def button(self, name):
        return self.find((AccessibleRole.PUSH_BUTTON,), name)

    def check_box(self, name):
        return self.find((AccessibleRole.CHECK_BOX,), name)

    def field(self, label):
        """The drop-down or edit field beside a label."""
        elements = self.elements()
        for text in elements:
            if text.role == AccessibleRole.LABEL and text.name == label:
                for element in elements:
                    if element.role in (AccessibleRole.PUSH_BUTTON, AccessibleRole.TEXT) and text.is_left_of(element):
                        return element
        raise LookupError(f"no field {label!r} in the panel; there are {elements}")

    def has(self, label):
        return any(element.name == label for element in self.elements())

    def chosen(self, label):
        """What a drop-down holds: it is a button with a menu. What it has not the room for stands in the help lines."""
        field = self.field(label)
        shown = field.name.removeprefix("\u25BE ")
        if not shown.endswith(CUT):
            return shown
        start = shown.removesuffix(CUT)
        return wait_until(lambda: self._whole(field, start), f"the help lines tell the whole of {shown}")

    def _whole(self, field, start):
        help_text = self.help_of(field)
        return help_text.split(". ")[0] if help_text.startswith(start) else None

    def help(self):
        """What the lines at the bottom say: the help text of what is under the pointer, or else of what has the focus."""
        shown = self.dialog.getPosSize().Height
        return max((element for element in self.elements() if element.role == AccessibleRole.LABEL and element.y < shown),
                   key=lambda element: element.y).name

    def help_of(self, element):
        """What they say while the pointer rests there."""
        self.desk.point(*self._on_screen(element, *element.middle))
        time.sleep(0.1)
        return self.help()

    def edit(self):
        """The field with the address of the data."""
        return next(element for element in self.elements() if element.role == AccessibleRole.TEXT)

    def texts(self):
        """All sentences, labels and figures."""
        return [element.name for element in self.elements() if element.role == AccessibleRole.LABEL and element.name]

    def says(self, part):
        return any(part in text for text in self.texts())

    def sentence(self, part):
        """The label, link or sentence that contains a text."""
        for element in self.elements():
            if element.role == AccessibleRole.LABEL and part in element.name:
                return element
        raise LookupError(f"the panel does not say {part!r}, but {self.texts()}")

    def clipped(self):
        """The controls that have less room than their text needs."""
        found = []
        for window in self.dialog.getWindows():
            if not window.isVisible() or not hasattr(window, "getPreferredSize"):
                continue
            context, room, needed = context_of(window), window.getPosSize(), window.getPreferredSize()
            spare = 1
            if context.getAccessibleRole() == AccessibleRole.LABEL:  # a sentence goes over as many lines as it needs
                needed = window.calcAdjustedSize(uno.createUnoStruct("com.sun.star.awt.Size", room.Width, 0))
                # A bar; or a name that is shown cut, and is told whole in the help lines.
                if not context.getAccessibleName() or context.getAccessibleName().endswith(CUT):
                    continue
            elif context.getAccessibleRole() == AccessibleRole.PUSH_BUTTON:
                spare = 34  # a theme likes much air around the text; with this much less it still stood whole in the pictures
            elif context.getAccessibleRole() == AccessibleRole.CHECK_BOX:
                if window.getProperty("MultiLine"):  # where one line has not the room
                    needed = window.calcAdjustedSize(uno.createUnoStruct("com.sun.star.awt.Size", room.Width, 0))
            else:
                continue
            if needed.Width - spare > room.Width or needed.Height - spare > room.Height:
                found.append((context.getAccessibleName(), (room.Width, room.Height), (needed.Width, needed.Height)))
        return found

    def link(self, name):
        return self.find((AccessibleRole.LABEL,), name)

    def stage_list(self):
        return wait_until(lambda: next((element for element in self.elements() if element.role == AccessibleRole.PANEL), None),
                          "the stage list is there")

    def stages(self):
        return [text for text, _ in self.stage_list().entries]

    def preview(self, heading="Preview"):
        """The rows of the preview, the header first, each as its texts from left to right."""
        elements = self.elements()
        start = next((element.y for element in elements if element.name == heading), 1 << 20)
        rows = {}
        for element in elements:
            if element.role == AccessibleRole.LABEL and element.y > start and element.height > 8:
                rows.setdefault(element.y, []).append(element)
        return [[element.name for element in row] for row in rows.values() if len(row) >= 4]

    # Where it is
    def _place(self):
        """Where the panel's upper left corner is on the screen: it moves when the deck scrolls. The office does not tell, so
        the pointer goes to the panel's margin, and the panel says where it sees it."""
        watch = _Watch()
        self.dialog.addMouseMotionListener(watch)
        try:
            self.desk.bring_to_front(self.frame.Title)
            outer = self.frame.ContainerWindow.getPosSize()
            if self._left is None:
                y = outer.Y + outer.Height // 2
                for x in range(outer.X + outer.Width - 2, outer.X, -5):
                    self.desk.point(x, y)
                    if self._heard(watch, 0.05):
                        break
                else:
                    raise LookupError("the pointer does not find the panel")
                self._left = x - watch.place[0]
                if self._top_shown is None:  # nothing is scrolled yet
                    self._top_shown = y - watch.place[1]
                self._bottom_shown = self._bottom_of_the_deck(outer)
                return self._left, y - watch.place[1]
            self._bottom_shown = self._bottom_of_the_deck(outer)
            y = (self._top_shown + self._bottom_shown) // 2
            self.desk.point(self._left + 3, y)
            if self._heard(watch, 3):
                return self._left, y - watch.place[1]
            self._left = None  # the deck has become wider or narrower
        finally:
            self.dialog.removeMouseMotionListener(watch)
        return self._place()

    def _bottom_of_the_deck(self, outer):
        inner = self.frame.ComponentWindow.getPosSize()
        return outer.Y + inner.Y + inner.Height + add_menu_bar(self.desk, self.controller)

    @staticmethod
    def _heard(watch, seconds):
        try:
            return wait_until(lambda: watch.place, "", seconds)
        except AssertionError:
            return None

    def area(self):
        left, top = self._place()
        size = self.dialog.getPosSize()
        return left, self._top_shown, size.Width, min(size.Height, self._bottom_shown - self._top_shown)

    def _on_screen(self, element, x, y):
        """The screen position of a point of an element, which is scrolled to it if need be: x and y are those of the panel when the
        element was read."""
        right, down = x - element.x, y - element.y
        for _ in range(60):
            left, top = self._place()
            bounds = element.context.getBounds()
            x, y = bounds.X + right, bounds.Y + down
            shown = min(self.dialog.getPosSize().Height, self._bottom_shown - top)
            if self._top_shown <= top + y and y + min(EDGE, bounds.Height - down) <= shown and (y >= EDGE or bounds.Y >= 0):
                return left + x, top + y
            self._scroll_to(y, left, top, shown)
        raise AssertionError(f"{element} cannot be scrolled to")

    def _scroll_to(self, y, left, top, shown):
        """By the panel's own bar: a click beside its handle pages, or takes the handle there, as the theme likes. In a window that is
        too low for that it is the deck that scrolls, by the wheel over its bar."""
        bar = self.scroll_bar()
        if bar:
            self.desk.click(left + bar.middle[0], top + bar.y + (bar.height - 12 if y > 0 else 12))
        else:
            self.desk.wheel(left + self.dialog.getPosSize().Width - 5, (self._top_shown + self._bottom_shown) // 2, y > shown - EDGE, 1)

    def scroll_bar(self):
        """The panel's own, where it does not fit its window."""
        return next((element for element in self.elements() if element.role == AccessibleRole.SCROLL_BAR), None)

    def in_sight(self, element):
        """Whether it is shown now, wherever the panel is scrolled to."""
        now, bar = Element(element.context), self.scroll_bar()
        return now.y >= 0 and now.y + now.height <= (bar.height if bar else self.dialog.getPosSize().Height)

    # What a user does
    def click(self, element):
        x, y = element.middle
        if element.role == AccessibleRole.CHECK_BOX:
            x = element.x + 10  # only the box and its text react
        self.desk.click(*self._on_screen(element, x, y))

    def click_until(self, element, condition, what):
        self.click(element)
        return wait_until(condition, lambda: f"{what}; the panel says {self.texts()}")

    def type_into(self, element, text, end="Return"):
        self.desk.click(*self._on_screen(element, *element.middle))
        self.desk.keys("ctrl+a", "Delete")
        self.desk.type(text)
        if end:
            self.desk.keys(end)

    def open_menu(self, element):
        """Clicks a drop-down and gives the place of its menu on the screen."""
        known = self.desk.windows(["--class", "soffice"])
        x, y = self._on_screen(element, *element.middle)
        self.desk.click(x, y)

        def menu():
            return [place for window, place in self.desk.windows(["--class", "soffice"]).items() if window not in known]

        return wait_until(menu, f"the menu of {element} is open")[0]

    def choose(self, label, entry, entries, by="keys"):
        """Takes an entry of a drop-down, by keys or by a click. `entries` are all that it offers: menus do not tell."""
        place = entries.index(entry)
        x, y, width, height = self.open_menu(self.field(label))
        if by == "keys":
            self.desk.keys(*["Down"] * (place + 1), "Return")
        else:
            border = 4
            self.desk.click(x + width // 3, round(y + border + (place + 0.5) * (height - 2 * border) / len(entries)))
        wait_until(lambda: self.chosen(label) == entry, lambda: f"{label} is {entry}, not {self.chosen(label)}")

    def select_stage(self, place):
        """Clicks the line of the stage list, counted from 0."""
        box = self.stage_list()
        items = next(child for child in children_of(box.context) if child.getAccessibleRole() == AccessibleRole.LIST)
        bounds = context_of(items.getAccessibleChild(place)).getBounds()
        self.desk.click(*self._on_screen(box, box.x + box.width // 3, box.y + bounds.Y + bounds.Height // 2))
        wait_until(lambda: self.stage_list().entries[place][1], f"line {place} of the stages is selected")
