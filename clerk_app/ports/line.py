"""线路接口 the line to the centre: what is said and answered, and the two ways it fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

NO_ANSWER = "no-answer"
"""The last problem of a command the centre was asked to take, and said nothing."""


class CentreAway(Exception):
    """线路中断 the centre could not be reached, or answered something that is not the centre's; nothing is known to have happened there.

    `retry_after`: how many seconds it asked to be left alone. `reached`: it was there and gave no answer to this request
    (a fault of its own, or too late): a smaller request may pass.
    """

    def __init__(self, why: str = "", retry_after: float = 0.0, *, reached: bool = False) -> None:
        super().__init__(why)
        self.retry_after = retry_after
        self.reached = reached


class CentreProblem(Exception):
    """中心不收 the centre answered with a problem (RFC 9457): a stable type and one Chinese sentence.

    `retry_after`: how many seconds it asked to be left alone.
    """

    def __init__(self, type_: str, sentence: str, status: int, retry_after: float = 0.0) -> None:
        super().__init__(type_)
        self.type = type_
        self.sentence = sentence
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, kw_only=True)
class Sent:
    """送出的命令 an envelope as canonical JSON bytes, and the person's signature over its hash (base64).

    `aside`: it was set aside here before the centre had it; sent all the same, so that the chain there has no gap.
    `bare`: given up here, because the centre cannot take its body; only its frame and hash are sent, for the chain's sake.
    `id` and `seq` say which journal row it is, `subjects` what it writes, `tries` how often the centre gave no answer to
    it; for this side only.
    """

    envelope: bytes
    signature: str
    aside: bool = False
    id: str = ""
    seq: int = 0
    bare: bool = False
    tries: int = 0
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """中心的答复 what became of one command; `state` is one of `sync.verdicts.VerdictState`."""

    id: str
    state: str
    type: str = ""
    sentence: str = ""
    rows: Mapping[str, Mapping[str, Any] | None] = field(default_factory=dict)
    """For a refused move: what the centre holds of its subjects now."""
    seq: int = 0
    """For a move just applied: from this number on the feed has what became of each of its subjects; 0 says nothing."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """变更 one subject's state as of `seq` in the hall's commit order."""

    seq: int
    subject: str
    row: Mapping[str, Any]
    holder: str | None = None
    fence: int = 0


@dataclass(frozen=True, kw_only=True)
class ChangePage:
    """一页变更 changes after a cursor, the cursor after them, and whether more wait.

    `news` is another word when a hello would bring something; empty says nothing.
    """

    changes: tuple[Change, ...]
    cursor: str
    more: bool
    news: str = ""


@dataclass(frozen=True, kw_only=True)
class NumberBlock:
    """号段 serials `first`–`last` of one kind of number, given to one device for ever."""

    id: str
    kind: str
    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class HelloSaid:
    """问好时说的 where this device's journal stands, and the highest number of each kind it was ever given.

    `client` is what the program speaks (`sync.protocol.CLIENT`). `held` are the blocks themselves, told to a centre that
    came back from a backup and may have forgotten whose they are.
    """

    incarnation: int
    last_seq: int
    head: str
    blocks: Mapping[str, int] = field(default_factory=dict)
    client: int = 0
    held: tuple[NumberBlock, ...] = ()
    name: str = ""
    platform: str = ""
    program: str = ""
    """What the machine is called, what it runs on, and its program's version; the line itself says them."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """限量 how much the centre takes at once: commands and bytes a batch, bytes a chunk of a file."""

    commands: int = 100
    bytes: int = 1 << 20
    chunk: int = 1 << 20


@dataclass(frozen=True, kw_only=True)
class HoldPolicy:
    """占用规矩 in minutes: how much earlier the holder stops, how much later the centre lets go."""

    early: int = 5
    late: int = 5


@dataclass(frozen=True, kw_only=True)
class Machine:
    """机器 one machine of the hall that was let in, by its public key; `until`: since when it is out of use.

    `kiosk`: a place where citizens help themselves: its word is good for the tickets it gave out, and for no paper.
    """

    public_key: str
    until: datetime | None = None
    kiosk: bool = False


@dataclass(frozen=True, kw_only=True)
class Hello:
    """问好 the centre's time, epoch and what it knows of this device's journal.

    `update_wanted`: this program is too old to read what it would pull; it may push. Commands whose schema went out of
    use less than `schemas_from_days` ago are taken.
    """

    time: datetime
    epoch: str
    last_seq: int
    head: str
    hall_version: str
    incarnation: int = 1
    schemas_from_days: int = 180
    update_wanted: bool = False
    limits: Limits = field(default_factory=Limits)
    holds: HoldPolicy = field(default_factory=HoldPolicy)
    neighbours: Mapping[str, str] = field(default_factory=dict)
    """Public keys by device of the machines whose windows call the same queue letters, this one among them."""
    machines: Mapping[str, Machine] = field(default_factory=dict)
    """Every machine of the hall that was ever let in: what their codes on papers are checked by. An older centre says none."""
    queue_keys: Mapping[str, str] = field(default_factory=dict)
    """日钥 of today and the next working day (ISO), in hex; an older centre says none."""


@dataclass(frozen=True, kw_only=True)
class SnapshotPage:
    """一页快照 current rows (`Change.seq` is the feed's at the beginning), the cursor to pull from afterwards, and the next page's name.

    An empty `next` is the last page. `Change.holder` is told for every row; empty means nobody.
    """

    changes: tuple[Change, ...]
    cursor: str
    next: str = ""


@dataclass(frozen=True, kw_only=True)
class OwnEnvelope:
    """取回的信封 one envelope of this very device as the centre keeps it, with its verdict there."""

    incarnation: int
    device_seq: int
    id: str
    envelope: str
    state: str
    type: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class DayDigest:
    """日摘要 how many commands of a day the centre has of one device, the last one's hash, and how many are undecided."""

    device: str
    window: int
    rows: int
    head: str
    undecided: int


@dataclass(frozen=True, kw_only=True)
class HoldGrant:
    """占用答复 whether the subject is this device's now; if so under which fence, until when, and its release code."""

    granted: bool
    fence: int = 0
    until: datetime | None = None
    release_code: str = ""


@dataclass(frozen=True, kw_only=True)
class SessionGrant:
    """登录许可 the centre knows this person and the secret; `devices` lack it, and with `grant` it may be sent to them.

    `factor`: by what second factor he proved himself, `totp` or `pin`; empty when none was asked for.
    """

    person: str
    grant: str = ""
    devices: tuple[str, ...] = ()
    factor: str = ""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """佐证 what goes with a password when the centre asks for it: a second factor, and a new password for an old one."""

    code: str = field(default="", repr=False)
    new_password: str = field(default="", repr=False)


NO_PROOF = Proof()


class Centre(Protocol):
    """中心 the central server as this device sees it. Raises `CentreAway` or `CentreProblem`, nothing else."""

    def enrol(self, code: str, window: int, public_key: str) -> str:
        """入列 register this device; returns its id."""
        ...

    def hello(self, said: HelloSaid | None = None) -> Hello:
        """Time, epoch, and this device's head there."""
        ...

    def push(self, batch: Sequence[Sent]) -> tuple[Verdict, ...]:
        """Commands in, one verdict each out, after COMMIT."""
        ...

    def changes(self, cursor: str, limit: int, wait: int = 0) -> ChangePage:
        """Changes after the cursor (empty = from the beginning); when there are none, `wait` up to so many seconds."""
        ...

    def snapshot(self, page: str) -> SnapshotPage:
        """A page of everything as it stands (empty = the first)."""
        ...

    def own_envelopes(self, incarnation: int, after: int) -> tuple[OwnEnvelope, ...]:
        """What the centre has of this device in that incarnation after a place; empty when there is no more."""
        ...

    def new_incarnation(self, number: int) -> int:
        """Begin another journal: blocks and holds of this device are given up there; asked again, the same answer."""
        ...

    def digests(self, day: date) -> tuple[DayDigest, ...]:
        """One digest for each device that has commands of this day."""
        ...

    def hall_document(self, version: str) -> Mapping[str, Any]:
        """The hall document of a version."""
        ...

    def number_block(self, kind: str, count: int) -> NumberBlock:
        """A fresh block of `count` serials."""
        ...

    def claim(self, subject: str, release_code: str = "") -> HoldGrant:
        """占用 ask for the hold of a subject, or for a longer one; with the code its holder read out, take it over."""
        ...

    def sign_in(
        self, account: str, secret: str, window: int, public_key: str, by: str = "password", proof: Proof = NO_PROOF
    ) -> SessionGrant:
        """Judge a sign-in (`by` password) or a countersignature (`by` pin) and register the person's key for this device."""
        ...
