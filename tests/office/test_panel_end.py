#!/usr/bin/env python3
"""What the funnel panel leaves behind when it ends with its document: nothing."""
import threading

import unohelper

import bed
from com.sun.star.awt import XCallback
from com.sun.star.lang import XEventListener

PANEL = "private:resource/toolpanel/CalcKpi/Funnel"
SECONDS = 120


class OnMainThread(unohelper.Base, XCallback):
    """There the office makes and ends its panels."""

    def __init__(self, office, what):
        self._what = what
        self._over = threading.Event()
        self._failure = None
        office.service("com.sun.star.awt.AsyncCallback").addCallback(self, None)
        if not self._over.wait(SECONDS):
            raise AssertionError("the office's main thread does not come back")
        if self._failure:
            raise self._failure

    def notify(self, _):
        try:
            self._what()
        except Exception as failure:  # raised again where it was asked for
            self._failure = failure
        self._over.set()


class Ended(unohelper.Base, XEventListener):
    """Counts the objects that have ended."""

    def __init__(self):
        self.count = 0

    def disposing(self, _):
        self.count += 1


class PanelTest(bed.CalcTest):
    def test_all_models_end_with_the_panel(self):
        """The office does not end them with their window, and they would hold one another for as long as it runs."""
        self.fill("A1", [["Deal", "Stage"], ["D-1", "Lead"], ["D-2", "Won"], ["D-3", "Lost"]])
        frame = self.document.CurrentController.Frame
        listener = Ended()
        models = []

        def make_and_end():
            factory = self.office.service("org.calckpi.SidebarFactory")
            element = factory.createUIElement(PANEL, bed.properties(Frame=frame, ParentWindow=frame.ComponentWindow))
            model = element.RealInterface.Window.getModel()
            models.extend([model, *(model.getByName(name) for name in model.ElementNames)])
            for one in models:
                one.addEventListener(listener)
            element.dispose()

        OnMainThread(self.office, make_and_end)
        self.assertGreater(len(models), 10)
        self.assertEqual(listener.count, len(models))


if __name__ == "__main__":
    bed.main()
