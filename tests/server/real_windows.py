"""Real desks without a screen before a centre behind a real socket, each by a line of its own that can be cut."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clerk_app.bootstrap import Handed, open_office
from clerk_app.office.office import Office, Session
from clerk_app.office.signing_in import sign_in
from clerk_app.outside.relay import Relay
from clerk_app.outside.secrets import ForgetfulBox
from clerk_app.settings import Settings
from tests.desk import PlainMaker
from tests.keeping import RememberingKeeper

TURNS = 5
"""More than any act needs to go round; what the centre holds back is offered in each of them."""


class RealWindow:
    """One machine of a working hall: its own store and keys; its loops are turned by hand."""

    def __init__(self, folder: Path, base: str, code: str, number: int, box: ForgetfulBox | None = None) -> None:
        self._open = ExitStack()
        self.line = Relay()
        self._open.callback(self.line.close)
        self.line.lead_to(base)
        self.number, self._code = number, code
        self.settings = Settings(data_dir=folder / f"window-{number}", centre=self.line.url, window=number)
        self.box = box or ForgetfulBox()
        self.events: list[Any] = []
        handed = Handed(maker=PlainMaker())
        self.office: Office = self._open.enter_context(open_office(self.settings, handed, self.box, code))
        self.office.bell.subscribe(self.events.append)
        self.keeper = RememberingKeeper(self.office)

    @property
    def device(self) -> str:
        return self.office.parts.vault.keep.meta("device") or ""

    def rounds(self, count: int = 2) -> None:
        """So many rounds of the line at most: one greets, the next hears what is new; after a quiet one nothing comes."""
        for _ in range(count):
            if not self.moves():
                return

    def moves(self) -> bool:
        """One round; whether it moved anything."""
        with self.office.parts.vault._gate.begin() as connection:
            connection.exec_driver_sql("UPDATE verdicts SET next_at = 0 WHERE next_at < 1e15")
        self.keeper._quiet_until = 0.0
        self.keeper.round()
        return not self.keeper.quiet()

    def sits(self, person: str, password: str) -> Session:
        session = sign_in(self.office, person, password)
        assert isinstance(session, Session), session
        return session

    def states(self) -> dict[str, str]:
        """How each command stands, newest first, by its kind."""
        return {row.id: row.state for row in self.office.parts.vault.journal.rows((), 1000)}

    def close(self) -> None:
        self._open.close()


def in_step(windows: Iterable[RealWindow]) -> None:
    """Everybody whose line is up hears everything: turn after turn, until one in which nothing moved at anybody's."""
    everybody = list(dict.fromkeys(windows))
    for _ in range(TURNS):
        moved = [window.moves() for window in everybody]
        if not any(moved):
            return


@dataclass
class RealHall:
    """Windows by number, closed together."""

    folder: Path
    base: str
    code: str
    windows: list[RealWindow] = field(default_factory=list)

    def window(self, number: int) -> RealWindow:
        folder = self.folder / f"machine-{len(self.windows)}"
        self.windows.append(RealWindow(folder, self.base, self.code, number))
        return self.windows[-1]

    def close(self) -> None:
        for window in self.windows:
            window.close()
