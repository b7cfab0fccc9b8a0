"""推送 what is due goes to the centre, in journal order; one that the centre cannot take never stops the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from clerk_app.ports import Centre, CentreAway, CentreProblem, Sent, Vault, Verdict
from clerk_app.sync.batching import BATCH_BYTES, ReadAhead, apart
from clerk_app.sync.verdicts import verdict_words

BATCH = 100
WINDOW = 3
"""So many batches may be on their way: one judged, one read by the centre, one on the line."""
ALONE = 2
"""So many batches go one after the other once going side by side did harm; each further time, twice as many."""
TRIES = 8
"""So often a single command may stay without an answer from a centre that answers otherwise."""
PAUSES = frozenset({401, 403})
"""Not this machine, not this token: nothing is wrong with what was sent."""
PASSING = PAUSES | {408, 409, 410, 425, 429}
TOO_LARGE = 413
_taken = frozenset({"applied", "duplicate"})
_doubtful = frozenset({"chain-broken", "chain-gap"})
_too_early = frozenset({"chain-gap", "earlier-undecided"})
_silent = "中心接了几次都没有答复这一步，先搁下，后面的照送，本机留着。请管理员看中心的日志。"


@dataclass(frozen=True)
class Pushed:
    """推送的结果 how many were answered, what they wrote, and whether the centre's journal of us is another than ours."""

    count: int
    subjects: tuple[str, ...]
    doubt: bool


def push(
    vault: Vault,
    centre: Centre,
    now: float,
    progress: Callable[[int], None] = lambda count: None,
    stop: Callable[[], bool] = lambda: False,
) -> Pushed:
    """推送 until nothing is due; `progress` hears how many were answered so far. Raises `CentreAway` or `CentreProblem`.

    `stop` is asked after each batch: what was not sent stays due.

    A batch the centre cannot take is halved; a single command it cannot take is put away, visible, and only its frame
    is sent, because the chain there must have no gap.
    """
    run = _PushRun(vault, centre, now, progress, stop)
    with ThreadPoolExecutor(WINDOW, "push") as line:
        batch = run.due()
        while batch and not stop():
            batch = run.stretch(line, batch)
    return Pushed(run.count, tuple(run.subjects), run.doubt)


@dataclass
class _OnWay:
    """A batch, and its answer to come; None: read, and not sent yet. `beside`: sent while another was at the centre."""

    batch: tuple[Sent, ...]
    answer: Future[tuple[Verdict, ...]] | None = None
    beside: bool = False

    def result(self) -> tuple[Verdict, ...]:
        """Waits for it; what was not sent has none."""
        return () if self.answer is None else self.answer.result()


@dataclass
class _PushRun:
    """一次推送 in journal order: while one batch is at the centre, the one before is written down and those after are
    read, and sent too if they share nothing with it, so that neither end waits for the other.
    """

    vault: Vault
    centre: Centre
    now: float
    progress: Callable[[int], None]
    stop: Callable[[], bool]
    limit: int = field(default_factory=lambda: BATCH)
    count: int = 0
    doubt: bool = False
    alone: int = 1
    """So many batches still go one after the other; the first of all opens the line, and two would race on it."""
    overtaken: int = 0
    subjects: set[str] = field(default_factory=set)
    _ahead: ReadAhead = field(init=False)

    def due(self) -> tuple[Sent, ...]:
        """The next batch, asked of the rows afresh."""
        self._ahead = ReadAhead(lambda after: self.vault.journal.due(self.now, self.limit, BATCH_BYTES, after))
        return self._ahead.take(self.limit, 0)

    def stretch(self, line: Executor, batch: tuple[Sent, ...]) -> tuple[Sent, ...]:
        """Batch after batch while each is simply taken; then the rows are asked afresh what is due.

        A refusal may set later moves aside, and they must go marked so: what was read ahead is dropped then.
        """
        way = deque([_OnWay(batch, line.submit(self.centre.push, batch))])
        while way:
            self._fill(line, way)
            first = way.popleft()
            try:
                verdicts = self._answer(first)
            except (CentreAway, CentreProblem):
                self._drain(way)
                raise
            if verdicts is None or self.stop() or not all(v.state in _taken for v in verdicts):
                self._settle(verdicts or ())
                self._drain(way)
                return () if verdicts and all(v.state == "held" for v in verdicts) else self.due()
            self.alone = max(0, self.alone - 1)
            if way and way[0].answer is None:
                way[0].answer = line.submit(self.centre.push, way[0].batch)
            self._settle(verdicts)
        return self.due()

    def _fill(self, line: Executor, way: deque[_OnWay]) -> None:
        """What comes behind, on its way already where that is harmless; one that must wait keeps back all after it."""
        while len(way) < WINDOW and way[-1].answer is not None:
            batch = self._ahead.take(self.limit, way[-1].batch[-1].seq)
            if not batch:
                return
            beside = not self.alone and not self.stop() and all(apart(other.batch, batch) for other in way)
            way.append(_OnWay(batch, line.submit(self.centre.push, batch) if beside else None, beside))

    def _drain(self, way: Iterable[_OnWay]) -> None:
        """What was on its way when the one before it ended otherwise: its own answer counts, if there is one."""
        for on_way in way:
            if on_way.answer is None:
                continue
            try:
                verdicts = on_way.result()
                _only_asked(on_way.batch, verdicts)
            except (CentreAway, CentreProblem):
                continue
            if not _overtook(on_way, verdicts):
                self._settle(verdicts)

    def _answer(self, on_way: _OnWay) -> tuple[Verdict, ...] | None:
        """None when this batch is to be asked again another way."""
        batch = on_way.batch
        try:
            verdicts = on_way.result()
        except CentreAway as away:
            if away.reached and on_way.beside:  # it waited for those before it as well: that says nothing of itself
                self._step_back()
                return None
            if away.reached:
                self.vault.journal.unanswered([sent.id for sent in batch])
            if not away.reached or len(batch) > 1 or batch[0].tries + 1 < TRIES:
                raise
            self._without_body(batch[0])
            return None
        except CentreProblem as problem:
            if problem.status in PASSING:
                raise
            if len(batch) > 1:
                self.limit = max(1, len(batch) // 2)
            elif problem.status == TOO_LARGE:
                self._without_body(batch[0], problem.sentence)
            else:
                self._give_up(batch[0], problem.type, problem.sentence)
            return None
        _only_asked(batch, verdicts)
        if _overtook(on_way, verdicts):
            self._step_back()
            return None
        return verdicts

    def _step_back(self) -> None:
        """One after the other for a while, from this one on."""
        self.alone = ALONE << self.overtaken
        self.overtaken += 1

    def _without_body(self, sent: Sent, sentence: str = _silent) -> None:
        """Its frame alone: taken, it was this body the centre cannot answer; not taken, it is the centre (or the line) that
        is ill, and nothing is put away for that.
        """
        verdicts = self.centre.push((replace(sent, bare=True),))
        _only_asked((sent,), verdicts)
        self._settle(tuple(replace(verdict, sentence=sentence) for verdict in verdicts))
        self.limit = BATCH

    def _give_up(self, sent: Sent, kind: str, sentence: str) -> None:
        problem = Verdict(id=sent.id, state="quarantined", type=kind, sentence=sentence)
        self.subjects.update(self.vault.journal.give_up(problem, last=sent.bare))
        self.limit = BATCH

    def _settle(self, verdicts: tuple[Verdict, ...]) -> None:
        if not verdicts:
            return
        self.subjects.update(self.vault.journal.settle(verdicts, self.now))
        self.count += len(verdicts)
        self.doubt = self.doubt or any(verdict.type in _doubtful for verdict in verdicts)
        self.progress(self.count)


def _overtook(on_way: _OnWay, verdicts: tuple[Verdict, ...]) -> bool:
    """It came in, or was judged, before the one before it: what was not taken is sent again behind that."""
    return on_way.beside and any(verdict.type in _too_early for verdict in verdicts)


def _only_asked(batch: tuple[Sent, ...], verdicts: tuple[Verdict, ...]) -> None:
    """Anything but one known word for each command asked is not the centre's answer."""
    asked = sorted(sent.id for sent in batch)
    if sorted(v.id for v in verdicts) != asked or not all(v.state in verdict_words for v in verdicts):
        raise CentreAway("答复与送出的对不上")
