"""A headless Chromium at the end of two pipes (DevTools protocol), as a telephone or a screen on the wall: what is seen, and in which colours."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PACKAGE = "chromium"
WIDTH, HEIGHT = 390, 844
_calm = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-proxy-server", "--disable-dev-shm-usage", "--mute-audio",
    "--remote-debugging-pipe",
)  # fmt: skip


class Pipe:
    """Questions to the browser and its answers; what it says unasked waits in `events`."""

    def __init__(self, to_it: int, from_it: int) -> None:
        self._to, self._from = to_it, from_it
        self._rest = b""
        self._number = 0
        self.events: list[dict[str, Any]] = []

    def ask(self, method: str, session: str = "", **params: Any) -> dict[str, Any]:
        self._number += 1
        whom = {"sessionId": session} if session else {}
        os.write(
            self._to, json.dumps({"id": self._number, "method": method, "params": params, **whom}).encode() + b"\0"
        )
        while True:
            said = self.next()
            if said.get("id") == self._number:
                assert "error" not in said, said
                return said["result"]
            self.events.append(said)

    def next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._from, 1 << 20)
            assert piece, "the browser is gone"
            self._rest += piece
        one, self._rest = self._rest.split(b"\0", 1)
        return json.loads(one)


class Browser:
    """One page, of a telephone until it is given another shape; nothing of an earlier page is kept for it."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._pipe.events.clear()
        self._session = ""
        self._shape: dict[str, Any] = {"width": WIDTH, "deviceScaleFactor": 2, "mobile": True}
        self._height = HEIGHT
        self._alone = self.ask("Target.createBrowserContext")["browserContextId"]
        target = self.ask("Target.createTarget", url="about:blank", browserContextId=self._alone)["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for name in ("Page", "Network", "Log"):
            self.ask(f"{name}.enable")
        self._screen(HEIGHT)

    @property
    def events(self) -> list[dict[str, Any]]:
        return self._pipe.events

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        return self._pipe.ask(method, self._session, **params)

    def close(self) -> None:
        """The page and what it stored."""
        self._session = ""
        self.ask("Target.disposeBrowserContext", browserContextId=self._alone)

    def _screen(self, height: int) -> None:
        self.ask("Emulation.setDeviceMetricsOverride", height=height, **self._shape)

    def shape(self, width: int, height: int, scale: float = 1, *, mobile: bool = False) -> None:
        """Another glass; `scale` is also what zooming in does to a wall."""
        self._shape = {"width": width, "deviceScaleFactor": scale, "mobile": mobile}
        self._height = height
        self._screen(height)

    def until(self, method: str) -> dict[str, Any]:
        """The next event of this name."""
        while True:
            if found := next((e for e in self.events if e.get("method") == method), None):
                self.events.remove(found)
                return found["params"]
            self.events.append(self._pipe.next())

    def open(self, url: str) -> None:
        self.events.clear()
        self.ask("Page.navigate", url=url)
        self.until("Page.loadEventFired")

    def run(self, script: str) -> Any:
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def wait(self, condition: str, seconds: float = 60) -> None:
        """Until the page itself finds it true."""
        watching = (
            f"new Promise((yes, no) => {{ const look = () => {{ if ({condition}) yes(true) }}; look();"
            f"setInterval(look, 20); setTimeout(() => no(document.body.innerText), {seconds * 1000}) }})"
        )
        answer = self.ask("Runtime.evaluate", expression=watching, awaitPromise=True, returnByValue=True)
        assert answer["result"].get("value") is True, (condition, answer)

    @property
    def words(self) -> str:
        return self.run("document.body.innerText")

    def dark(self, yes: bool) -> None:
        value = "dark" if yes else "light"
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": value}])

    def calm(self, yes: bool) -> None:
        value = "reduce" if yes else "no-preference"
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": value}])

    def heard(self) -> list[dict[str, Any]]:
        """What a screen reader is told of the page: role, name and properties of everything that is there."""
        self.ask("Accessibility.enable")
        nodes = self.ask("Accessibility.getFullAXTree")["nodes"]
        return [
            {
                "role": node["role"]["value"], "name": node.get("name", {}).get("value", ""),
                **{one["name"]: one["value"].get("value") for one in node.get("properties", ())},
            }
            for node in nodes
            if not node["ignored"]
        ]  # fmt: skip

    def letters(self, size: int) -> None:
        """What the reader chose as his own size (16 is what browsers come with)."""
        self.ask("Page.setFontSizes", fontSizes={"standard": size, "fixed": size})

    def picture(self, file: Path) -> Path:
        """The whole page; on a longer screen, because a browser that looks beyond its own forgets the reader's letters."""
        self._screen(max(self._height, self.run("document.documentElement.scrollHeight")))
        file.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"]))
        self._screen(self._height)
        return file

    def colours(self) -> list[tuple[str, str, str]]:
        """Every text on the page with its colour and what is behind it, as the browser paints them."""
        return [tuple(found) for found in self.run(_painted)]

    def requests(self) -> set[str]:
        """Every address asked for since the page was opened."""
        asked = {e["params"]["request"]["url"] for e in self.events if e.get("method") == "Network.requestWillBeSent"}
        return {url for url in asked if not url.startswith("data:")}

    def complaints(self) -> list[str]:
        """What the browser had to say of the page, such as a style its policy forbids."""
        return [e["params"]["entry"]["text"] for e in self.events if e.get("method") == "Log.entryAdded"]


_painted = """
(() => {
  const hex = text => '#' + text.match(/[0-9.]+/g).slice(0, 3).map(n => (+n).toString(16).padStart(2, '0')).join('');
  const behind = node => {
    for (let n = node; n; n = n.parentElement) {
      const colour = getComputedStyle(n).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return hex(colour);
    }
    return '#000001';
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const words = walker.currentNode.data.trim();
    const node = walker.currentNode.parentElement;
    if (words) found.push([words, hex(getComputedStyle(node).color), behind(node)]);
  }
  return found;
})()
"""


def _pipe() -> tuple[int, int]:
    """Both ends above 20: the browser wants its own at 3 and 4."""
    low = os.pipe()
    read, write = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20) for end in low)
    for end in low:
        os.close(end)
    return read, write


@contextmanager
def browsing(need_program: Callable[[str, str], str]) -> Iterator[Pipe]:
    """A browser process, gone with everything it wrote."""
    program = need_program("chromium", PACKAGE)
    folder = Path(tempfile.mkdtemp(prefix="citizen-browser-"))
    its_in, to_it = _pipe()
    from_it, its_out = _pipe()
    words = " ".join(("exec", program, *_calm, f"--user-data-dir={folder}", f"3<&{its_in}", f"4>&{its_out}"))
    home = {**os.environ, "HOME": str(folder)}
    process = subprocess.Popen(
        ["bash", "-c", words], pass_fds=(its_in, its_out), env=home, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(its_in)
    os.close(its_out)
    try:
        yield Pipe(to_it, from_it)
    finally:
        os.close(to_it)
        os.close(from_it)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
