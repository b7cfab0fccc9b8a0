"""先后 what earlier commands mean for the next one: a move waits or is set aside, a fact never (design §2 D). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clerk_app.command import Refusal
from clerk_app.sync.verdicts import not_done, undecided

waiting = Refusal("earlier-undecided", "前一步还没有定，这一步先等着，本机都留着。前一步定了会自动接着办。")
set_aside = Refusal("earlier-refused", "前一步中心没收，这一步跟着放下，等您重办或作罢。")


@dataclass(frozen=True)
class Earlier:
    """前一步 one command of this device: its place in the journal, what it writes and how it stands."""

    place: tuple[int, int]
    subjects: frozenset[str]
    state: str


class Docket:
    """排期 the commands of one device in journal order, and the states of what they need."""

    def __init__(self, earlier: Iterable[Earlier], needed: Mapping[str, str]) -> None:
        self._earlier = list(earlier)
        self._states = dict(needed)

    def before(self, place: tuple[int, int], subjects: Iterable[str], needs: Iterable[str]) -> Refusal | None:
        """`set_aside`, `waiting`, or None when a move may be judged now."""
        mine = set(subjects)
        states = {e.state for e in self._earlier if e.place < place and e.subjects & mine}
        states |= {self._states.get(need, "pending") for need in needs}
        if states & not_done:
            return set_aside
        return waiting if states & undecided else None

    def note(self, key: str, earlier: Earlier) -> None:
        """A command was judged just now."""
        self._earlier.append(earlier)
        self._states[key] = earlier.state
