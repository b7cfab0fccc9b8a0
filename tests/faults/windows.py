"""A real client office without a screen at one window: its own folder, its own keys, its line leading wherever it is told."""

from __future__ import annotations

import base64
import json
from contextlib import ExitStack
from pathlib import Path

from clerk_app.bootstrap import Handed, open_office
from clerk_app.office.office import Office
from clerk_app.office.signing_in import sign_in
from clerk_app.settings import Settings
from tests.desk import PlainMaker
from tests.faults.centres import CODE
from tests.keeping import RememberingKeeper

PEOPLE = {2: "P203", 3: "P204", 4: "P105", 5: "P106"}


class FileBox:
    """A keyring for tests: a plain file beside the store, so that the next process finds its keys."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def _all(self) -> dict[str, str]:
        return json.loads(self._file.read_text("utf-8")) if self._file.exists() else {}

    def get(self, name: str) -> bytes | None:
        text = self._all().get(name)
        return None if text is None else base64.b64decode(text)

    def put(self, name: str, secret: bytes) -> None:
        kept = {**self._all(), name: base64.b64encode(secret).decode()}
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(kept), encoding="utf-8")
        fresh.replace(self._file)


class Window:
    """One window's machine; opened, it has an office and a keeper of its line that is turned by hand."""

    def __init__(self, folder: Path, url: str, number: int = 2) -> None:
        self.folder, self.url, self.number = folder, url, number
        folder.mkdir(parents=True, exist_ok=True)
        self._open = ExitStack()

    def open(self) -> Window:
        """Enrols when the store is new."""
        settings = Settings(data_dir=self.folder, centre=self.url, window=self.number, training=True)
        box = FileBox(self.folder / "keys.json")
        self.office: Office = self._open.enter_context(open_office(settings, Handed(maker=PlainMaker()), box, CODE))
        self.keeper = RememberingKeeper(self.office)
        return self

    def sign_in(self, person: str = "") -> Window:
        person = person or PEOPLE[self.number]
        session = sign_in(self.office, person, f"lian-xi-{person[1:].lower()}")
        assert self.office.session is session, session
        return self

    def close(self) -> None:
        self._open.close()
        self._open = ExitStack()

    @property
    def device(self) -> str:
        return self.office.parts.vault.keep.meta("device") or ""

    def tally(self) -> dict[str, int]:
        return self.office.parts.vault.journal.tally()

    def due_now(self) -> None:
        """What waits for its hour is due, and what a busy centre asked for is over: tests do not sleep."""
        self.keeper._quiet_until = 0.0
        with self.office.parts.vault._gate.begin() as connection:
            connection.exec_driver_sql("UPDATE verdicts SET next_at = 0 WHERE next_at < 1e15")

    def settled(self) -> bool:
        waiting = self.tally()
        return not waiting.get("pending") and not waiting.get("held") and not self._unsent()

    def _unsent(self) -> int:
        return len(self.office.parts.vault.journal.due(1e15, 1000, 1 << 20))

    def drain(self, rounds: int = 60) -> None:
        """Rounds until nothing waits, and until one of them moved nothing: everything is pulled too."""
        for _ in range(rounds):
            self.due_now()
            self.keeper.round()
            if self.keeper.state.connected and self.settled() and self.keeper.quiet():
                return
        raise AssertionError((self.tally(), self.keeper.state))
