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
    id: str = ""


class Docket:
    """排期 the commands of one device in journal order, and the states of what they need."""

    def __init__(self, earlier: Iterable[Earlier], needed: Mapping[str, str]) -> None:
        self._on: dict[str, list[Earlier]] = {}
        self._states = dict(needed)
        self._unjudged: dict[int, int] = {}
        for one in earlier:
            self._put(one)
            if one.state == "pending":
                incarnation, seq = one.place
                self._unjudged[incarnation] = min(seq, self._unjudged.get(incarnation, seq))

    def _put(self, one: Earlier) -> None:
        for subject in one.subjects:
            self._on.setdefault(subject, []).append(one)

    def before(self, place: tuple[int, int], subjects: Iterable[str], needs: Iterable[str]) -> Refusal | None:
        """`set_aside`, `waiting`, or None when a move may be judged now."""
        states = {e.state for subject in subjects for e in self._on.get(subject, ()) if e.place < place}
        states |= {self._states.get(need, "pending") for need in needs}
        if states & not_done:
            return set_aside
        return waiting if states & undecided else None

    def before_move(self, place: tuple[int, int], subjects: Iterable[str], needs: Iterable[str]) -> Refusal | None:
        """And a move is not judged past one that was taken in and never judged: a batch fell, or another process is slower.

        They share no subject, and may meet all the same: who calls the next ticket has finished the one before.
        """
        said = self.before(place, subjects, needs)
        incarnation, seq = place
        return waiting if said is None and self._unjudged.get(incarnation, seq) < seq else said

    def failed_on(self, subject: str) -> str:
        """The last command that came to nothing on this subject, as far as this batch knows; what only followed it is not named."""
        failed = [e for e in self._on.get(subject, ()) if e.state in not_done]
        causes = [e.id for e in failed if e.state != "set_aside"]
        return next(reversed(causes or [e.id for e in failed]), "")

    def anew(self, place: tuple[int, int], subjects: Iterable[str]) -> None:
        """A fact by which these stand anew: what came to nothing on them before it spoils nothing behind it."""
        for subject in subjects:
            known = self._on.get(subject, ())
            self._on[subject] = [e for e in known if e.place > place or e.state not in not_done]

    def note(self, key: str, earlier: Earlier) -> None:
        """A command was judged just now."""
        self._put(earlier)
        self._states[key] = earlier.state
