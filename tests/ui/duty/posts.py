"""A desk with the posts house over the real store: absences and substitutions written as the books would have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pytestqt.qtbot import QtBot

from clerk_app.duty.records import Absence, Substitution
from clerk_app.office.office import Office
from tests.desk import StandingClock, cut_office, sit
from tests.office.test_cover_board import at
from ui.background import Background
from ui.duty.house import PostsHouse
from ui.duty.posts import PostsRoom


class Shelf:
    """Rows by id, as `away` and `stood_in` of the board's tests put them."""

    def __init__(self) -> None:
        self.absences: dict[str, Absence] = {}
        self.substitutions: dict[str, Substitution] = {}

    def put_absence(self, row: Absence) -> None:
        self.absences[row.id] = row

    def put_substitution(self, row: Substitution) -> None:
        self.substitutions[row.id] = row


def an_office(folder: Path, person: str, fill: Callable[[Any], None], clock: str = "10:42") -> Office:
    """The Friday at this time, with this person signed in and these rows in the store."""
    standing = StandingClock()
    standing.moment = at(clock)
    office = cut_office(folder, clock=standing)
    put(office, fill)
    sit(office, person)
    return office


def put(office: Office, fill: Callable[[Any], None]) -> None:
    """More rows, as if the centre had sent them."""
    shelf = Shelf()
    fill(shelf)
    with office.parts.vault.unit(office.hall) as work:
        for absence in shelf.absences.values():
            work.books.put_absence(absence)
        for substitution in shelf.substitutions.values():
            work.books.put_substitution(substitution)


@contextmanager
def a_house(
    qtbot: QtBot, front: Callable[..., Any], office: Office, view: str = "board", *, connected: bool = True
) -> Iterator[SimpleNamespace]:
    """The house in front, started, with what it said and counted."""
    house, background = PostsHouse(), Background()
    line = SimpleNamespace(connected=connected)
    room = PostsRoom(office, background, house, lambda: line.connected)
    said: list[tuple[str, bool]] = []
    counts: list[int] = []
    room.said.connect(lambda text, good: said.append((text, good)))
    room.waiting.connect(counts.append)
    house.resize(1290, 640)
    front(house)

    def settle() -> None:
        qtbot.waitUntil(lambda: background.idle)

    house.show_view(view)
    room.start()
    settle()
    yield SimpleNamespace(house=house, room=room, said=said, counts=counts, settle=settle, office=office, line=line)
    background.close()
    office.parts.vault.close()
