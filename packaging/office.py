"""A private office for scripts: its own profile, its own pipe, ended with the script.

    with Office(profile) as office:
        office.install("build/calckpi.oxt")      # restarts the office
        document = office.new_document()
"""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import uuid

import uno
import unohelper
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException
from com.sun.star.task import XInteractionHandler
from com.sun.star.ucb import XCommandEnvironment
from com.sun.star.uno import RuntimeException

START_SECONDS = 90
STOP_SECONDS = 30

# What a first start would ask or show, and the language of the interface.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="UILocale" oor:op="fuse"><value>{language}</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="ShowTipOfTheDay" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>99</value></prop></item>
{more}</oor:items>
"""


def properties(**values):
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def url(path):
    return unohelper.systemPathToFileUrl(os.path.abspath(path))


class Approving(unohelper.Base, XCommandEnvironment, XInteractionHandler):
    """Says yes to what the installation of an extension asks."""

    def getInteractionHandler(self):
        return self

    def getProgressHandler(self):
        return None

    def handle(self, request):
        for continuation in request.getContinuations():
            approve = continuation.queryInterface(uno.getTypeByName("com.sun.star.task.XInteractionApprove"))
            if approve is not None:
                approve.select()


class Office:
    """An office process with a profile of its own; `visible` needs a display."""

    recovery = False  # whether it keeps recovery files of its documents, and asks about them when it starts after a crash

    def __init__(self, profile=None, language="en-US", locale="en-US", visible=False, settings="", environment=None):
        self._own_profile = profile is None
        self.profile = pathlib.Path(profile or tempfile.mkdtemp(prefix="calckpi-profile-"))
        self.visible = visible
        self._environment = environment or {}
        self._process = None
        self.context = None
        registry = self.profile / "user" / "registrymodifications.xcu"
        if not registry.exists():
            registry.parent.mkdir(parents=True, exist_ok=True)
            registry.write_text(SETTINGS.format(language=language, locale=locale, more=settings), encoding="utf-8")

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop()
        if self._own_profile:
            shutil.rmtree(self.profile, ignore_errors=True)

    @property
    def pid(self):
        return self._process.pid

    def start(self):
        pipe = "calckpi" + uuid.uuid4().hex
        command = ["soffice", "--nologo", "--nodefault", "--nofirststartwizard", f"--accept=pipe,name={pipe};urp",
                   f"-env:UserInstallation={url(self.profile)}"]
        if not self.visible:
            command.append("--headless")
        if not self.recovery:
            command.append("--norestore")
        # A session of its own, so that the launcher and the office behind it end together.
        self._process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                         env={**os.environ, **self._environment})
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self.context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                return
            except (NoConnectException, RuntimeException):  # Calc 25.2 now and then answers with nonsense while it starts
                if self._process.poll() is not None:
                    raise RuntimeError(f"the office ended at its start, with code {self._process.returncode}") from None
                if time.monotonic() > deadline:
                    raise RuntimeError(f"the office did not answer within {START_SECONDS} s") from None
                time.sleep(0.01)

    def stop(self):
        if self._process is None:
            return
        try:
            self.desktop.terminate()
        except (AttributeError, DisposedException, RuntimeError):
            pass
        except Exception:  # the bridge may break in any way while the office goes down
            pass
        self.context = None
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        # Whatever of the session is left.
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait(STOP_SECONDS)
        self._process = None

    def restart(self):
        self.stop()
        self.start()

    @property
    def alive(self):
        return self._process is not None and self._process.poll() is None

    def service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    @property
    def desktop(self):
        return self.service("com.sun.star.frame.Desktop")

    @property
    def extensions(self):
        return self.context.getValueByName("/singletons/com.sun.star.deployment.ExtensionManager")

    def install(self, oxt):
        """Installs an extension as the Extension Manager does; the office must restart before it shows."""
        self.extensions.addExtension(url(oxt), (), "user", None, Approving())
        self.restart()

    def remove(self, identifier, file_name):
        self.extensions.removeExtension(identifier, file_name, "user", None, Approving())
        self.restart()

    def new_document(self):
        return self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=not self.visible))

    def open(self, path, **options):
        return self.desktop.loadComponentFromURL(url(path), "_blank", 0, properties(Hidden=not self.visible, **options))
