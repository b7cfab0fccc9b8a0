"""内置中心 the embedded centre of the training hall: the real server as a child process over SQLite on a loopback port."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path

from clerk_app.ports import CentreAway

ENROLMENT_CODE = "lian-xi"


class EmbeddedCentre:
    """内置中心 started, found by its URL, stopped. The child ends by itself when this process dies (its stdin closes)."""

    def __init__(self, folder: Path, hall_file: Path) -> None:
        self._database = f"sqlite:///{(folder / 'centre.db').resolve()}"
        self._hall_file = hall_file
        self._log_file = folder / "centre.log"
        self._child: subprocess.Popen[str] | None = None
        self.url = ""

    def start(self) -> str:
        """Serve (the child prepares its database itself) and wait until it answers; raises `CentreAway`."""
        with self._log_file.open("ab") as log:
            self._child = subprocess.Popen(
                self._command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=Path(__file__).resolve().parents[2],
            )
        out = self._child.stdout
        line = out.readline() if out is not None else ""
        if not line:
            self.stop()
            raise CentreAway("练习中心没有起来")
        self.url = str(json.loads(line)["url"])
        return self.url

    def stop(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(OSError):
            child.terminate()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _command(self) -> list[str]:
        serve = ["serve", "--port", "0", "--enrolment-code", ENROLMENT_CODE, "--with-parent"]
        hall = ["--training-hall", str(self._hall_file), "--database-url", self._database]
        return [sys.executable, "-m", "clerk_app.server", *serve, *hall]
