"""A real headless Chromium for tests of pages, driven through ChromeDriver with nothing but the standard library."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars",
)  # fmt: skip


class Browser:
    """One session of a running ChromeDriver."""

    def __init__(self, driver: str, profile: str) -> None:
        self._driver = driver
        options = {
            "binary": shutil.which("chromium"),
            "args": [*_FLAGS, f"--user-data-dir={profile}"],
        }
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        self._session = self._post("session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(f"{self._driver}/{path}", json.dumps(body).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def command(self, method: str, **parameters: Any) -> Any:
        """A command of the DevTools protocol."""
        body = {"cmd": method, "params": parameters}
        return self._post(f"session/{self._session}/goog/cdp/execute", body)

    def look(self, *, width: int = 1200, dark: bool = False, media: str = "screen", phone: bool = False) -> None:
        """Set the window, the colour scheme and the medium."""
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=phone)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def open(self, page: Path) -> None:
        """Load a page from disk, as a user who clicks on it does."""
        self._post(f"session/{self._session}/url", {"url": page.as_uri()})

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression on the page."""
        return self._post(f"session/{self._session}/execute/sync", {"script": f"return ({script})", "args": []})

    def becomes(self, script: str, wanted: Any) -> bool:
        """Whether an expression gets a value within ten seconds: a page follows its screen in its own time."""
        deadline = time.monotonic() + 10
        while self.run(script) != wanted and time.monotonic() < deadline:
            time.sleep(0.05)
        return bool(self.run(script) == wanted)

    def problems(self) -> list[str]:
        """What the page wrote to the console since the last call, errors and blocked loads included."""
        return [entry["message"] for entry in self._post(f"session/{self._session}/se/log", {"type": "browser"})]

    def picture(self, target: Path) -> None:
        """The whole page as a PNG file."""
        size = self.command("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self.command("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        target.write_bytes(base64.b64decode(shot["data"]))

    def print(self) -> bytes:
        """The page on paper, as a PDF document."""
        self.command("Emulation.setEmulatedMedia", media="", features=[])
        return base64.b64decode(self.command("Page.printToPDF", preferCSSPageSize=True)["data"])

    def close(self) -> None:
        """End the session and its browser."""
        request = urllib.request.Request(f"{self._driver}/session/{self._session}", method="DELETE")
        urllib.request.urlopen(request, timeout=30).close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with a new, empty profile; skips the test where none is installed."""
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("no browser: install Debian's chromium and chromium-driver to check the page in one")
    with (
        tempfile.TemporaryDirectory() as profile,
        subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True) as process,
    ):
        try:
            browser = Browser(f"http://127.0.0.1:{_port(process)}", profile)
            try:
                yield browser
            finally:
                browser.close()
        finally:
            process.terminate()


def _port(process: subprocess.Popen[str]) -> int:
    assert process.stdout
    deadline = time.monotonic() + 30
    for line in process.stdout:
        if "successfully on port" in line:
            return int(line.rstrip().rstrip(".").rsplit(" ", 1)[1])
        if time.monotonic() > deadline:
            break
    raise RuntimeError("chromedriver did not start")
