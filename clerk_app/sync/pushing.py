"""推送 what is due goes to the centre, in journal order; one that the centre cannot take never stops the others."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from clerk_app.ports import Centre, CentreAway, CentreProblem, Sent, Vault, Verdict
from clerk_app.sync.verdicts import verdict_words

BATCH = 100
BATCH_BYTES = 1 << 20
TRIES = 8
"""So often a single command may stay without an answer from a centre that answers otherwise."""
PAUSES = frozenset({401, 403})
"""Not this machine, not this token: nothing is wrong with what was sent."""
PASSING = PAUSES | {408, 409, 410, 425, 429}
TOO_LARGE = 413
_taken = frozenset({"applied", "duplicate"})
_doubtful = frozenset({"chain-broken", "chain-gap"})
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
    with ThreadPoolExecutor(1, "push") as line:
        batch = run.due()
        while batch and not stop():
            batch = run.stretch(line, batch)
    return Pushed(run.count, tuple(run.subjects), run.doubt)


@dataclass
class _PushRun:
    """一次推送 one request under way at a time, in journal order; the one before is written down and the one after is
    read meanwhile, so that neither end waits for the other.
    """

    vault: Vault
    centre: Centre
    now: float
    progress: Callable[[int], None]
    stop: Callable[[], bool]
    limit: int = field(default_factory=lambda: BATCH)
    count: int = 0
    doubt: bool = False
    subjects: set[str] = field(default_factory=set)

    def due(self, after: int = 0) -> tuple[Sent, ...]:
        """The next batch; half as many for each time the first of them stayed without an answer."""
        batch = self.vault.journal.due(self.now, self.limit, BATCH_BYTES, after)
        return batch[: max(1, BATCH >> batch[0].tries)] if batch and batch[0].tries else batch

    def stretch(self, line: Executor, batch: tuple[Sent, ...]) -> tuple[Sent, ...]:
        """Batch after batch while each is simply taken; then the rows are asked afresh what is due.

        A refusal may set later moves aside, and they must go marked so: what was read ahead is dropped then.
        """
        on_way = line.submit(self.centre.push, batch)
        while True:
            ahead = self.due(after=batch[-1].seq)
            verdicts = self._answer(batch, on_way)
            if verdicts is None:
                return self.due()
            if not ahead or self.stop() or not all(v.state in _taken for v in verdicts):
                self._settle(verdicts)
                return () if all(v.state == "held" for v in verdicts) else self.due()
            on_way = line.submit(self.centre.push, ahead)
            self._settle(verdicts)
            batch = ahead

    def _answer(self, batch: tuple[Sent, ...], on_way: Future[tuple[Verdict, ...]]) -> tuple[Verdict, ...] | None:
        """None when this batch is to be asked again another way."""
        try:
            verdicts = on_way.result()
        except CentreAway as away:
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
        return verdicts

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
        self.subjects.update(self.vault.journal.settle(verdicts, self.now))
        self.count += len(verdicts)
        self.doubt = self.doubt or any(verdict.type in _doubtful for verdict in verdicts)
        self.progress(self.count)


def _only_asked(batch: tuple[Sent, ...], verdicts: tuple[Verdict, ...]) -> None:
    """Anything but one known word for each command asked is not the centre's answer."""
    asked = sorted(sent.id for sent in batch)
    if sorted(v.id for v in verdicts) != asked or not all(v.state in verdict_words for v in verdicts):
        raise CentreAway("答复与送出的对不上")
