"""What Calc says of the arguments while a formula is typed: the hint below the cell, and the labels of the function wizard.

The hint is the function's signature, which the wizard shows as well. It is read there, and so are the labels, as a screen reader
reads them: a headless office has the window, only nobody sees it.
"""
import time

import bed
from com.sun.star.accessibility import AccessibleRole, AccessibleStateType
from texts import Texts

SECONDS = 20
ATTEMPTS = 3
SHOWN_AT_ONCE = 4  # arguments; the others come when the list is scrolled


class NotShown(AssertionError):
    pass


def wait_until(condition, what):
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    raise NotShown(f"not within {SECONDS} s: {what}")


def context_of(accessible):
    return accessible.getAccessibleContext()


def shown(context):
    """Calc 7.4 gives an object for the states, later versions the bits of a number."""
    states = context.getAccessibleStateSet()
    showing = AccessibleStateType.SHOWING
    return bool(states & showing) if isinstance(states, int) else states.contains(showing)


def child_of(context, index):
    child = context.getAccessibleChild(index)
    return child and context_of(child)


def search(context, fits, path=()):
    """The way down to the first shown element that fits, as the numbers of children."""
    count = context.getAccessibleChildCount()
    for index in range(count if count < 100 else 0):  # no cells, and not the list of all functions
        child = child_of(context, index)
        if child is None or not shown(child):
            continue
        if fits(child):
            return (*path, index)
        found = search(child, fits, (*path, index))
        if found:
            return found
    return None


class Wizard:
    """Calc's function wizard, open on the formula of the selected cell."""

    # The ways down to what was found before: the window looks much the same each time, and searching all of it takes long.
    _ways = {}

    def __init__(self, office, controller):
        self._office = office
        office.service("com.sun.star.frame.DispatchHelper").executeDispatch(controller.Frame, ".uno:FunctionDialog", "", 0, ())
        self._window = wait_until(self._find, "the wizard is open")

    def _find(self):
        toolkit = self._office.service("com.sun.star.awt.Toolkit")
        for index in range(toolkit.getTopWindowCount()):
            context = context_of(toolkit.getTopWindow(index))
            if context is not None and context.getAccessibleRole() == AccessibleRole.DIALOG:
                return context
        return None

    def _element(self, name, fits):
        """The element that fits; None if there is none yet. It is looked for first where it was before."""
        ways = self._ways.setdefault(name, [])
        for way in ways:
            found = self._window
            for index in way:
                found = child_of(found, index) if found and index < found.getAccessibleChildCount() else None
            if found and fits(found):
                return found
        new = search(self._window, fits)
        if new is None or new in ways:
            return None
        ways.append(new)
        return self._element(name, fits)

    def _press(self, name):
        def fits(element):
            return element.getAccessibleRole() == AccessibleRole.PUSH_BUTTON and element.getAccessibleName() == name

        self._element(name, fits).doAccessibleAction(0)

    def signature(self, function):
        """What the hint says: the names of the arguments, and how many more there may be. Later versions than 7.4 begin with the
        arguments of the function that is there, and do not say it then: None."""
        def fits(element):
            return element.getAccessibleRole() == AccessibleRole.LABEL and element.getAccessibleName().startswith(function + "(")

        def look():
            self._window = self._find() or self._window  # what was found first may be gone
            label = self._element("signature", fits)
            return (label.getAccessibleName(),) if label else self._fields() and (None,)

        return wait_until(look, f"the signature of {function} is shown")[0]

    @staticmethod
    def _labels_in(panel):
        """The labels in it, if its elements are the fields of arguments: a label, a button, a text and one more button for each. A
        field is called as its label says."""
        count = panel.getAccessibleChildCount()
        if panel.getAccessibleRole() != AccessibleRole.PANEL or count == 0 or count % 4 or count > 4 * SHOWN_AT_ONCE:
            return []
        children = [child_of(panel, index) for index in range(count)]
        labels, fields = ([each.getAccessibleName() for each in children if each and each.getAccessibleRole() == role]
                          for role in (AccessibleRole.LABEL, AccessibleRole.TEXT))
        return labels if labels == fields and len(labels) == count // 4 else []

    def _fields(self):
        panel = self._element("fields", self._labels_in)
        return panel and self._labels_in(panel)

    def labels(self, count):
        """The labels of all arguments, of which there are `count`."""
        def turn():  # a press that comes too early, or where the arguments are shown already, does nothing
            self._press("Next >")
            return self._fields()

        found = wait_until(turn, "the arguments are shown")
        while len(found) < count:
            first = min(len(found), count - SHOWN_AT_ONCE)
            bar = self._element("scroll bar", lambda element: element.getAccessibleRole() == AccessibleRole.SCROLL_BAR)
            bar.setCurrentValue(first)
            found = found[:first] + self._fields()
        return found

    def close(self):
        self._press("Cancel")
        wait_until(lambda: self._find() is None, "the wizard is closed")


class Hints(bed.CalcTest):
    def setUp(self):
        self.document = self.office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
        self.addCleanup(self.close)
        self.sheet = self.document.Sheets[0]
        self.document.CurrentController.select(self.cell("A1"))

    def said(self, formula, function, count):
        """The signature and the labels. Once in some hundred times, on a busy machine, the wizard opens before it knows the formula, and
        stays empty: then a user opens it again."""
        self.type("A1", formula)
        for attempt in range(1, ATTEMPTS + 1):
            wizard = Wizard(self.office, self.document.CurrentController)
            try:
                return wizard.signature(function), wizard.labels(count)
            except NotShown:
                if attempt == ATTEMPTS:
                    raise
            finally:
                wizard.close()
        return None

    def test_each_argument_of_each_function_is_called_by_its_name(self):
        texts = Texts("en", bed.MO_FOLDER)
        for function in bed.catalog()["functions"]:
            name = function["name"]
            names = [texts.counted_argument(argument, name)
                     for parameter in function["parameters"] for argument in parameter["arguments"]]
            with self.subTest(name):
                signature, labels = self.said(f"={name}()", name, len(names))
                self.assertIn(signature, (None, f"{name}( {', '.join(names)}\u00a0)"))
                self.assertEqual(labels, names)  # as they would not be if Calc took the function for one without an end


if __name__ == "__main__":
    bed.main()
