"""批量的底数 the pages of a batch as they are read, put aside, and sealed: frozen values, no word made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clerk_app.command import Refusal
from clerk_app.office.counter.batching import Batch, BatchDone
from clerk_app.office.counter.prepared import Prepared
from ui.language import tr
from ui.sealing.seal_at_hand import SealAtHand
from ui.sealing.several_view import BatchPhase
from ui.widgets.strip import StripView

NO_PAGES = Batch()
Stop = tuple[int, int]
"""Which paper of the batch, and which of its pages (from 1)."""


@dataclass(frozen=True, kw_only=True)
class BatchState:
    """批量 one moment of it. `seen` holds every page that was on the screen, `aside` the papers that are put aside."""

    person: str
    cases: tuple[str, ...]
    names: tuple[tuple[str, str], ...] = ()
    """Each case's applicant, masked."""
    phase: BatchPhase = "making"
    batch: Batch = NO_PAGES
    seal: SealAtHand | None = None
    at: int = 0
    seen: frozenset[Stop] = frozenset()
    aside: frozenset[int] = frozenset()
    done: int = 0
    asking: bool = False
    stopping: bool = False
    own_seal_pin: bool = False
    finding: str = ""
    seal_finding: str = ""
    strip: StripView | None = None
    tries: int = 0
    result: BatchDone | None = None

    @property
    def stops(self) -> tuple[Stop, ...]:
        """Every page of every paper, in their order."""
        return tuple((n, page) for n, one in enumerate(self.batch.pages) for page in range(1, one.page.pages + 1))

    @property
    def stop(self) -> Stop | None:
        """The page in front."""
        stops = self.stops
        return stops[self.at] if self.at < len(stops) else None

    @property
    def front(self) -> Prepared | None:
        """The paper in front."""
        stop = self.stop
        return self.batch.pages[stop[0]] if stop is not None else None

    @property
    def unseen(self) -> tuple[Stop, ...]:
        """Pages nobody has looked at; what is put aside need not be read to its end."""
        return tuple(stop for stop in self.stops if stop not in self.seen and stop[0] not in self.aside)

    @property
    def kept(self) -> tuple[Prepared, ...]:
        """What will be authorised."""
        return tuple(one for n, one in enumerate(self.batch.pages) if n not in self.aside)

    @property
    def put_aside(self) -> tuple[Prepared, ...]:
        """What was taken out while reading."""
        return tuple(one for n, one in enumerate(self.batch.pages) if n in self.aside)

    @property
    def off(self) -> Refusal | None:
        """Why its seal cannot be used now."""
        return None if self.seal is None else self.seal.barred or self.seal.off

    def read_through(self, number: int) -> bool:
        """Whether every page of this paper was on the screen."""
        return all(stop in self.seen for stop in self.stops if stop[0] == number)

    def turned(self, by: int) -> BatchState:
        """The next page, or the last; not beyond the ends."""
        return replace(self, at=max(0, min(len(self.stops) - 1, self.at + by)))

    def toggled(self) -> BatchState:
        """抽出, or back in; a paper taken out gives way to the next one."""
        stop = self.stop
        if stop is None:
            return self
        if stop[0] in self.aside:
            return replace(self, aside=self.aside - {stop[0]})
        out = replace(self, aside=self.aside | {stop[0]})
        later = next((n for n, (paper, _) in enumerate(self.stops) if paper > stop[0]), self.at)
        return replace(out, at=later)

    def name_of(self, case: str) -> str:
        """Whose it is, masked."""
        return dict(self.names).get(case, "")


def below_a_used_one(state: BatchState, sealed: tuple[str, ...]) -> tuple[Prepared, ...]:
    """Put aside, with a number below one that was used now: it stays empty for ever, and is explained."""
    used = max((one.serial for one in state.kept if one.case.id in sealed), default=0)
    return tuple(one for one in state.put_aside if 0 < one.serial < used)


def case_key(state: BatchState, case: str) -> int:
    """At which stop a case's paper begins; where one is now, for a case that is not there."""
    return next((n for n, (paper, _) in enumerate(state.stops) if state.batch.pages[paper].case.id == case), state.at)


PIN_REFUSALS = ("pin-wrong", "account-locked", "no-credential")


def after_refusal(state: BatchState, refusal: Refusal) -> BatchState:
    """Nothing was authorised: it is read on, and said where it belongs."""
    state = replace(state, phase="reading", done=0, asking=False, stopping=False, tries=state.tries + 1)
    if refusal.type in PIN_REFUSALS:
        return replace(state, finding=refusal.sentence)
    if refusal.type == "seal-pin-wrong":
        return replace(state, seal_finding=refusal.sentence, own_seal_pin=True)
    head, _, rest = refusal.sentence.partition("。")
    return replace(state, strip=StripView(tr("{head}。", head=head), rest))
