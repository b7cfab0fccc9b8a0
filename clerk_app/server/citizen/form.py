"""喂送的样子 what the inside sends to the citizen process and what it answers: plain values, bounded, signed.

A row holds what stands on the citizen's own paper and where the matter is; there is no field a person could be put into.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from clerk_app.server.citizen.case_form import MOST_SIDES, CaseDetails, SideRow

FEED = "/feed"
HEALTH = "/health"
SIGNATURE_HEADER = "X-Feed-Signature"

LARGEST = 4 << 20
"""Bytes of one batch."""
MOST_ROWS = 300
LARGEST_ROOTS = 1 << 16
MOST_FILES, MOST_MACHINES, MOST_TURNS = 1500, 400, 2000
MOST_LINES, MOST_ZONES = 60, 40

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Key = Annotated[str, msgspec.Meta(min_length=1, max_length=16, pattern="^[^\x00]*$")]
Line = Annotated[str, msgspec.Meta(max_length=120, pattern="^[^\x00]*$")]
Opaque = Annotated[str, msgspec.Meta(max_length=400, pattern="^[!-~]*$")]
Count = Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]

Pem = Annotated[str, msgspec.Meta(max_length=LARGEST_ROOTS, pattern="^[\x20-\x7e\r\n]*$")]

Kind = Literal["t", "c"]
CitizenState = Literal[
    "issuing", "waiting", "called", "serving", "held", "finished", "passed", "not_served",
    "draft", "advised", "not_required", "received", "answered", "correction", "lapsed", "accepted", "examined", "department",
    "paused", "decided", "ready", "delivered", "withdrawn", "terminated", "void", "ended",
]  # fmt: skip
"""Outcomes are not told: granted and refused are both `decided`, not accepted is `answered`; the paper says which."""


@dataclass(frozen=True, kw_only=True)
class CitizenRow:
    """公开行 one ticket or case as its owner may see it. `line` and `rank` place a ticket among those that wait with it.

    `to_window`: the one window that calls it. The three moments are what screens and waits are counted from.
    """

    digest: Digest
    kind: Kind
    number: Line
    code: Line = ""
    state: CitizenState
    since: Moment
    window: Annotated[int, msgspec.Meta(ge=0, le=100_000)] | None = None
    place: Line = ""
    zone: Line = ""
    to_window: Annotated[int, msgspec.Meta(ge=0, le=100_000)] | None = None
    called: Moment | None = None
    calls: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 0
    served: Moment | None = None
    ended: Moment | None = None
    line: Line = ""
    rank: Line = ""
    due: date | None = None
    provisional: bool = False
    until: date | None = None
    details: CaseDetails | None = None
    seq: Count = 0


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """盖章文件行 one sealed file as the register has it: of the use only a digest, of the file only its own.

    `doubted`: something about its use is not in order. `voided_at` alone says that the use was voided; the two come apart.
    `before`: the digest of what was authorised. `heard`: since when at the latest the centre had the line.
    """

    use: Digest
    file: Digest | None = None
    before: Digest | None = None
    seal: Key = "-"
    certificate: Line = ""
    at: Moment | None = None
    doubted: bool = False
    heard: Moment | None = None
    voided_at: Moment | None = None
    seq: Count = 0


@dataclass(frozen=True, kw_only=True)
class PublicMachine:
    """机器 one that signed papers' codes: a digest of its id, its public key, and since when it is out of use."""

    device: Digest
    public_key: Annotated[str, msgspec.Meta(max_length=64, pattern="^[A-Za-z0-9+/=]*$")]
    until: Moment | None = None


SealTurnKind = Literal["stop", "loss", "resume", "destroy"]


@dataclass(frozen=True, kw_only=True)
class SealTurn:
    """印章变动 what happened to a seal, and when; not by whom, nor why."""

    seal: Key
    kind: SealTurnKind
    at: Moment


@dataclass(frozen=True, kw_only=True)
class Trust:
    """凭什么认 a hall's roots (PEM), its machines' keys, and the turns of its seals; sent whole when it is another one."""

    roots: Pem = ""
    machines: Annotated[tuple[PublicMachine, ...], msgspec.Meta(max_length=MOST_MACHINES)] = ()
    turns: Annotated[tuple[SealTurn, ...], msgspec.Meta(max_length=MOST_TURNS)] = ()

    @property
    def digest(self) -> str:
        """Which one it is."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()


@dataclass(frozen=True, kw_only=True)
class HallCard:
    """大厅名片 what every page says of the hall."""

    name: Line
    address: Line
    phone: Line
    hotline: Line
    hours: Line
    passed_rule: Line
    case_days: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 30
    """How long a case is still shown after it is over."""


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """一类号 one letter's line as the screens name it; how many wait in it is counted from the tickets themselves.

    `stopped`: 止号, no more numbers are given; `goes_on` says from when again, empty when nobody said.
    """

    letter: Key
    name: Line
    zones: Annotated[tuple[Line, ...], msgspec.Meta(max_length=MOST_ZONES)] = ()
    stopped: bool = False
    goes_on: Line = ""


@dataclass(frozen=True, kw_only=True)
class Today:
    """今天 when the hall opens and closes (neither on a day of rest), when it opens next, and its lines."""

    day: date
    opens: Moment | None = None
    closes: Moment | None = None
    next_opens: Moment | None = None
    lines: Annotated[tuple[LineRow, ...], msgspec.Meta(max_length=MOST_LINES)] = ()


@dataclass(frozen=True, kw_only=True)
class Standing:
    """喂到哪里 how far the citizen process has got; the inside keeps nothing of its own. `accepted` speaks of the batch just sent.

    `trust` is the digest of the one it has.
    """

    generation: str = ""
    seq: int = 0
    cursor: str = ""
    accepted: bool = False
    trust: str = ""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """一批 rows that follow `after` in the centre's feed, or a part of all current rows when `whole` says so.

    `stamp` (microseconds) only ever rises: what was sent once is not taken twice. `made_at` is hall time at sending;
    `current` says that nothing was left to read.
    """

    hall: Key
    stamp: Count
    made_at: Moment
    card: HallCard
    generation: Opaque = ""
    after: Count = 0
    seq: Count = 0
    cursor: Opaque = ""
    current: bool = False
    whole: Literal["", "part", "last"] = ""
    rows: Annotated[tuple[CitizenRow, ...], msgspec.Meta(max_length=MOST_ROWS)] = field(default_factory=tuple)
    files: Annotated[tuple[FileRow, ...], msgspec.Meta(max_length=MOST_FILES)] = field(default_factory=tuple)
    sides: Annotated[tuple[SideRow, ...], msgspec.Meta(max_length=MOST_SIDES)] = field(default_factory=tuple)
    trust: Trust | None = None
    today: Today | None = None


def signature_of(key: bytes, body: bytes) -> str:
    """HMAC-SHA256 over the body, which carries its own stamp."""
    return hmac.new(key, b"citizen-feed\n" + body, hashlib.sha256).hexdigest()


def is_genuine(key: bytes, body: bytes, signature: str) -> bool:
    """Whether the holder of the key made this body; compared in constant time."""
    return hmac.compare_digest(signature_of(key, body).encode(), signature.encode())


def read_batch(body: bytes) -> Batch:
    """Raises ValueError when it is no batch."""
    return msgspec.json.decode(body, type=Batch)


def read_standing(body: bytes) -> Standing:
    """Raises ValueError when it is no standing."""
    return msgspec.json.decode(body, type=Standing)
