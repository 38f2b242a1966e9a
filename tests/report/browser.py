"""A Chromium without network, spoken to over its debugging pipe: true widths, and values of the page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


class Browser:
    """One page in a browser.

    Parameters
    ----------
    folder : Path
        Where the browser may keep its profile.

    Notes
    -----
    The window of a browser has a least width; the metrics of a device have none, so a telephone is
    390 px here and not what the window makes of it.
    """

    def __init__(self, folder: Path) -> None:
        assert CHROMIUM is not None
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        # The pipe's ends are 3 and 4 in the browser, whatever they are here.
        line = f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}'
        flags = ("--remote-debugging-pipe", f"--user-data-dir={folder / 'profile'}")
        self._process = subprocess.Popen(
            ["bash", "-c", line, "bash", CHROMIUM, *FLAGS, *flags, "about:blank"],
            pass_fds=(theirs_in, theirs_out),
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        pages = [one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page"]
        target = {"targetId": pages[0]["targetId"], "flatten": True}
        self._session = str(self.call("Target.attachToTarget", **target)["sessionId"])
        self.call("Page.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)
        os.close(self._in)
        os.close(self._out)

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Give one order of the DevTools protocol and return its result."""
        self._number += 1
        order: dict[str, object] = {"id": self._number, "method": method, "params": params}
        if self._session is not None:
            order["sessionId"] = self._session
        os.write(self._out, json.dumps(order).encode() + b"\0")
        while True:
            told = self._told()
            if told.get("id") == self._number:
                assert "result" in told, told
                return dict(told["result"])

    def open(self, page: Path, width: int, height: int = 844, fragment: str = "") -> None:
        """Open a page at a true width, and wait until it is loaded and has come to rest."""
        device = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **device)
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=page.as_uri() + fragment)
        self.value(
            "new Promise(done => { const rest = () => setTimeout(done, 700);"
            " document.readyState === 'complete' ? rest() : addEventListener('load', rest); })"
        )

    def value(self, expression: str) -> Any:
        """Value of an expression on the page, after its promise where it is one."""
        told = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def _told(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = os.read(self._in, 1 << 16)
            assert more, "the browser has ended"
            self._rest += more
        text, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(text))
