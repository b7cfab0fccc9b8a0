"""办件单的来历 which list is shown, what was looked for and where; what changes meanwhile waits until it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.cases.finding import CaseLine, Lines, StatusLine, Worklist, folded
from clerk_app.command import Refusal
from clerk_app.office.counter import looking_up
from clerk_app.office.counter.looking_up import MOST, Looked, Wider
from clerk_app.office.office import Office
from clerk_app.office.oversight.routing_desk import Load, own_load
from ui.background import Background

FIRST = 30
"""Rows at once; the rest comes behind them."""
SHORTEST_ID = 15
Place = Literal["here", "centre", "status"]


@dataclass(frozen=True, kw_only=True)
class Read:
    """读到的 one list with what stands around it."""

    found: Lines
    counts: Mapping[Worklist, int]
    mine: tuple[str, ...]
    own: Load | None = None
    """手上的件 of who sits here, for the list of what was given to him."""
    unwritten: int = 0
    unchecked: frozenset[str] = frozenset()
    """补录待核 the cases typed off paper that no second person has compared yet."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """列着的 what is on screen now, and how many changes wait behind it."""

    segment: Worklist = "mine"
    text: str = ""
    place: Place = "here"
    lines: tuple[CaseLine, ...] = ()
    statuses: tuple[StatusLine, ...] = ()
    more: bool = False
    here: bool = False
    """A status line of this machine's own books, the line being cut."""
    counts: Mapping[Worklist, int] = field(default_factory=dict)
    mine: tuple[str, ...] = ()
    unchecked: frozenset[str] = frozenset()
    own: Load | None = None
    unwritten: int = 0
    news: int = 0
    busy: bool = True


class CaseLists(QObject):
    """办件单 reads behind the page; `changed` when there is something else to show, `said` for the status line."""

    changed = Signal()
    said = Signal(str, bool)

    def __init__(self, office: Office, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._office, self._background = office, background
        self.now = Listed()
        self._asked = 0
        self._at_once = True
        self._indexed = False
        self._waiting: Read | None = None

    @Slot()
    def come(self) -> None:
        """The page is looked at again: the hand is not on it yet, so rows may move once."""
        self._at_once = True

    @Slot()
    def refresh(self) -> None:
        """Something changed; a list already read is only mended, its order kept."""
        if self._office.session is None:
            return
        fresh = self._at_once or not self.now.lines
        self._load(FIRST if fresh else MOST, at_once=fresh)
        self._at_once = False

    @Slot(str)
    def take(self, segment: str) -> None:
        """Another list."""
        self._begin(segment=segment)

    @Slot(str)
    def search(self, text: str) -> None:
        """Among all of this machine's cases; nothing typed is the list again."""
        if text.strip() != self.now.text or self.now.place != "here":
            self._begin(text=text.strip())

    @Slot()
    def take_news(self) -> None:
        """Show what waited."""
        if self._waiting is not None:
            self._show(self._waiting)

    @Slot()
    def look_wider(self) -> None:
        """At the centre: the one status line by a whole code or number of a person, else his departments' cases."""
        text = self.now.text
        if not text:
            return
        plain = folded(text)
        exact = plain.isascii() and (len(plain) == looking_up.CODE_LENGTH or len(plain) >= SHORTEST_ID)
        self._asked += 1
        asked = self._asked
        look = looking_up.look_up if exact and " " not in text else looking_up.find_wider
        self._background.run_net(lambda: look(self._office, text), lambda found: self._looked(asked, found))

    def _begin(self, segment: str = "", text: str = "") -> None:
        kept = cast("Worklist", segment or self.now.segment)
        self.now = Listed(segment=kept, text=text, counts=self.now.counts, mine=self.now.mine, lines=self.now.lines)
        self._load(FIRST, at_once=True)

    def _load(self, limit: int, *, at_once: bool) -> None:
        self._asked += 1
        asked, office, segment, text, indexed = (
            self._asked, self._office, self.now.segment, self.now.text, self._indexed,
        )  # fmt: skip

        def read() -> Read:
            found = (
                looking_up.find_here(office, text, limit) if text else looking_up.listed_here(office, segment, limit)
            )
            left = 0 if indexed else looking_up.unwritten(office)
            return Read(
                found=found, counts=looking_up.counts_here(office), mine=looking_up.mine(office), unwritten=left,
                unchecked=looking_up.unchecked_here(office),
                own=own_load(office) if segment == "assigned" and not text else None,
            )  # fmt: skip

        self._background.look(read, lambda found: self._land(asked, found, limit, at_once=at_once))

    def _land(self, asked: int, read: Read, limit: int, *, at_once: bool) -> None:
        if asked != self._asked or self.now.place != "here":
            return
        if at_once:
            self._show(read, busy=read.found.more and limit < MOST)
        else:
            self._mend(read)
        if read.found.more and limit < MOST:
            self._load(MOST, at_once=True)
        elif read.unwritten and not self._indexed:
            self._index(read.unwritten)
        self._indexed = self._indexed or not read.unwritten

    def _show(self, read: Read, *, busy: bool = False) -> None:
        self._waiting = None
        kept = self.now
        self.now = Listed(
            segment=kept.segment, text=kept.text, lines=read.found.lines, more=read.found.more, counts=read.counts,
            mine=read.mine, unwritten=kept.unwritten or read.unwritten, busy=busy, unchecked=read.unchecked,
            own=read.own,
        )  # fmt: skip
        self.changed.emit()

    def _mend(self, read: Read) -> None:
        """Words change in place; rows that come, go or move wait behind the quiet line."""
        shown = self.now.lines
        if [line.id for line in shown] == [line.id for line in read.found.lines]:
            self._show(read)
            return
        fresh = {line.id: line for line in read.found.lines}
        known = {line.id: line for line in shown}
        changed = sum(1 for key, line in known.items() if key in fresh and fresh[key] != line)
        news = len(fresh.keys() ^ known.keys()) or max(1, changed)
        self._waiting = read
        lines = tuple(fresh.get(line.id, line) for line in shown)
        self.now = Listed(
            **{
                **vars(self.now),
                "lines": lines,
                "counts": read.counts,
                "news": news,
                "busy": False,
                "unchecked": read.unchecked,
                "own": read.own,
            }
        )
        self.changed.emit()

    def _looked(self, asked: int, found: Looked | Wider | Refusal) -> None:
        if asked != self._asked:
            return
        if isinstance(found, Refusal):
            self.said.emit(found.sentence, False)
            return
        self._waiting = None
        plain = {**vars(self.now), "news": 0, "busy": False, "lines": (), "statuses": (), "more": False}
        if isinstance(found, Looked):
            self.now = Listed(**{**plain, "place": "status", "statuses": found.lines, "here": found.here})
        else:
            self.now = Listed(**{**plain, "place": "centre", "lines": found.lines, "more": found.more})
        self.changed.emit()

    def _index(self, left: int) -> None:
        """补编索引 a slice at a time, said all the while; what a clerk does goes between the slices."""
        self._indexed = True
        self._say_left(left)
        self._background.look(lambda: looking_up.write_some(self._office), self._indexed_some)

    def _indexed_some(self, left: int) -> None:
        self._say_left(left)
        if left:
            self._background.look(lambda: looking_up.write_some(self._office), self._indexed_some)
        else:
            self.refresh()

    def _say_left(self, left: int) -> None:
        self.now = Listed(**{**vars(self.now), "unwritten": left})
        self.changed.emit()
