"""A browser without a window for the tests: finds one, opens a page in it, presses its keys and asks what it sees."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update --disable-default-apps --disable-extensions"
    " --mute-audio"
).split()
NOBODY_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
MISSING = f"needs one of the browsers {', '.join(NAMES)}, and none is here"

_PATIENCE_S = 20
# The DevTools protocol over a pipe: the browser reads commands from its descriptor 3 and answers on 4.
_BOOT = (
    "import os, sys; read, write = map(int, sys.argv[1:3]); os.dup2(read, 3); os.dup2(write, 4);"
    " os.execv(sys.argv[3], sys.argv[3:])"
)


class Page:
    """One page in a browser, over the Chrome DevTools Protocol; all it complains of and asks for is kept."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._to, self._from = to_browser, from_browser
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        self._loaded = False
        self.complaints: list[str] = []
        self.requests: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and give its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + _PATIENCE_S
        while True:
            answer = self._next(until)
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self, until: float) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            if not select.select([self._from], [], [], max(0.0, until - time.monotonic()))[0]:
                raise AssertionError("the browser did not answer")
            data = os.read(self._from, 1 << 16)
            if not data:
                raise AssertionError("the browser has gone")
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        self._note(message.get("method", ""), message.get("params", {}))
        return message

    def _note(self, event: str, told: dict[str, Any]) -> None:
        if event == "Page.loadEventFired":
            self._loaded = True
        elif event == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif event == "Log.entryAdded" and told["entry"]["level"] in ("error", "warning"):
            self.complaints.append(told["entry"]["text"])
        elif event == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(told["exceptionDetails"]))
        elif event == "Runtime.consoleAPICalled" and told["type"] in ("error", "warning", "assert"):
            self.complaints.append(json.dumps(told["args"]))

    def open(self, address: str) -> None:
        """Go to an address and wait until it is loaded."""
        self._loaded = False
        self.call("Page.navigate", url=address)
        until = time.monotonic() + _PATIENCE_S
        while not self._loaded:
            self._next(until)

    def value(self, script: str) -> Any:
        """What an expression comes to in the page; promises are waited for."""
        told = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True)
        if "exceptionDetails" in told:
            raise AssertionError(told["exceptionDetails"])
        return told["result"].get("value")

    def wait(self, script: str) -> Any:
        """Wait until an expression is true in the page; gives its value."""
        until = time.monotonic() + _PATIENCE_S
        while not (value := self.value(script)):
            if time.monotonic() > until:
                raise AssertionError(f"never true: {script}; complaints: {self.complaints}")
            time.sleep(0.03)
        return value

    def press(self, key: str, *, text: str = "") -> None:
        """Press and let go of a key, as `KeyboardEvent.key` names it."""
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=text or (key if len(key) == 1 else ""))
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def click(self, selector: str) -> None:
        """Click into the middle of an element with the mouse."""
        x, y = self.value(
            f"(() => {{ const box = document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)


@contextlib.contextmanager
def page(profile: Path, *, size: tuple[int, int] = (1100, 900)) -> Iterator[Page]:
    """A page in a browser of its own, whose profile lies in a folder of the test."""
    assert BROWSER is not None, MISSING
    (read_there, write_here), (read_here, write_there) = os.pipe(), os.pipe()
    command = [
        *(sys.executable, "-c", _BOOT, str(read_there), str(write_there), BROWSER, *FLAGS, NOBODY_ELSE),
        *("--remote-debugging-pipe", "--autoplay-policy=user-gesture-required", f"--user-data-dir={profile}"),
        f"--window-size={size[0]},{size[1]}",
    ]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, pass_fds=(read_there, write_there), stdout=quiet, stderr=quiet)
    try:
        for end in (read_there, write_there):
            os.close(end)
        opened = Page(write_here, read_here)
        opened.call(
            "Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1, mobile=False
        )
        yield opened
    finally:
        with contextlib.suppress(OSError):
            os.close(write_here)  # The browser leaves when its pipe does.
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        os.close(read_here)
