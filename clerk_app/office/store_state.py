"""库的状态 is this store the newest of its journal? An old copy or a second machine with the same identity acts no more
until it begins a journal of its own; reading goes on.

Found by the mark in the secret box (with the line cut, at start) or by the centre's hello. What was lost is fetched back,
what the centre never got is shown, and nothing is applied twice: numbers, holds and papers of the old copy are closed.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from clerk_app.command import Refusal
from clerk_app.ports import (
    Centre,
    CentreAway,
    CentreProblem,
    Head,
    Hello,
    HelloSaid,
    OwnEnvelope,
    Renewal,
    SecretBox,
    SecretBoxAway,
    SecretBoxLocked,
    Vault,
)
from clerk_app.sync.catching_up import EPOCH, STORE
from clerk_app.sync.protocol import CLIENT

log = logging.getLogger(__name__)

MARK = "journal-mark"
Word = Literal["good", "old_copy", "clone"]

_sentences: dict[Word, str] = {
    "good": "",
    "old_copy": "这台电脑上的数据不是最新的一份（恢复过旧数据，或另有一台用着同样的数据），没有办；看和查照常。连着线请管理员另起一本流水再办。",
    "clone": "另有一份数据用着这台电脑的身份，各办各的，没有再办；看和查照常。请管理员给其中一台重新入列，这一台另起一本流水再办。",
}
LOST = "这一步记在旧的一份流水里，中心没收过，本机留着。看清楚有没有办过，没有就重办。"
PAPER = "这台电脑换过数据，这张打没打说不清。看一眼出纸口再答。"


@dataclass(frozen=True)
class StoreState:
    """库的状态 and the one sentence that stops acts; empty when they go on."""

    word: Word = "good"

    @property
    def good(self) -> bool:
        """Acts go on."""
        return self.word == "good"

    @property
    def sentence(self) -> str:
        """What happened, what was kept, what to do."""
        return _sentences[self.word]


def compare(known: Head, here: Head, hash_here: Callable[[int, int], str | None]) -> Word:
    """`known` is what somebody outside this file has seen of our journal; `here` was read after that was said."""
    if known.incarnation < here.incarnation:
        return "good"
    if known.incarnation > here.incarnation or known.seq > here.seq:
        return "old_copy"
    if known.seq and hash_here(known.incarnation, known.seq) != known.hash:
        return "clone"
    return "good"


class StoreGuard:
    """看库 keeps the state in the store itself, so that a start with the line cut knows it too."""

    def __init__(self, vault: Vault, box: SecretBox | None) -> None:
        self._vault = vault
        self._box = box
        kept = vault.keep.meta(STORE)
        self.state = StoreState("clone" if kept == "clone" else "old_copy" if kept == "old_copy" else "good")
        self._look_at_mark()

    @property
    def refusal(self) -> Refusal | None:
        """Why nothing is done; None when all is well."""
        return None if self.state.good else Refusal(f"store-{self.state.word.replace('_', '-')}", self.state.sentence)

    def mark(self) -> None:
        """记一笔 outside the file how far the journal has come; a box that is away costs nothing but this check."""
        head = self._vault.journal.head()
        text = json.dumps({"incarnation": head.incarnation, "seq": head.seq, "head": head.hash})
        try:
            if self._box is not None:
                self._box.put(MARK, text.encode())
        except (SecretBoxAway, SecretBoxLocked, OSError) as error:
            log.warning("journal mark not kept: %s", type(error).__name__)

    def _look_at_mark(self) -> None:
        try:
            kept = self._box.get(MARK) if self._box is not None else None
            said = json.loads(kept) if kept else None
        except (SecretBoxAway, SecretBoxLocked, OSError, ValueError) as error:
            log.warning("journal mark not read: %s", type(error).__name__)
            return
        if isinstance(said, dict):
            here = self._vault.journal.head()
            seen = Head(here.device, int(said["incarnation"]), int(said["seq"]), str(said["head"]))
            self._judge(compare(seen, here, self._vault.history.hash_at))

    def hear(self, hello: Hello) -> None:
        """The centre said what it has of us."""
        here = self._vault.journal.head()
        there = Head(here.device, hello.incarnation, hello.last_seq, hello.head)
        self._judge(compare(there, here, self._vault.history.hash_at))

    def _judge(self, word: Word) -> None:
        """Once found, it stays until a new journal begins."""
        if word != "good" and self.state.good:
            log.error("store: %s", word)
            self._vault.keep.put_meta(STORE, word)
            self.state = StoreState(word)

    def renewed(self) -> None:
        """A new journal has begun."""
        self.state = StoreState()
        self.mark()


def said_of(vault: Vault) -> HelloSaid:
    """What this journal says of itself."""
    head = vault.journal.head()
    return HelloSaid(incarnation=head.incarnation, last_seq=head.seq, head=head.hash, client=CLIENT)


def new_incarnation(vault: Vault, centre: Centre, guard: StoreGuard) -> StoreState | Refusal:
    """另起一本流水; it needs the line. A stop anywhere in between is made good by asking again."""
    try:
        hello = centre.hello(said_of(vault))
        here = vault.journal.head()
        fetched = _fetch(vault, centre, here, hello.incarnation)
        number = centre.new_incarnation(max(hello.incarnation, here.incarnation) + 1)
    except CentreAway:
        return Refusal("line-cut", "线路断着，没有另起流水，什么都没动。线路恢复再来。")
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    there = {envelope.id for envelope in fetched}
    lost = tuple(key for key in vault.history.undecided(here.incarnation) if key not in there)
    renewal = Renewal(number=number, fetched=fetched, lost=lost, sentence=LOST, paper_said=PAPER)
    vault.history.renew(renewal)
    vault.keep.put_meta(EPOCH, hello.epoch)
    guard.renewed()
    return guard.state


def _fetch(vault: Vault, centre: Centre, here: Head, newest: int) -> tuple[OwnEnvelope, ...]:
    """Everything the centre has from our first undecided command on."""
    first = vault.history.first_undecided(here.incarnation)
    after = here.seq if first is None else min(here.seq, first - 1)
    found: list[OwnEnvelope] = []
    for incarnation in range(here.incarnation, newest + 1):
        while page := centre.own_envelopes(incarnation, after):
            found += page
            after = page[-1].device_seq
        after = 0
    return tuple(found)
