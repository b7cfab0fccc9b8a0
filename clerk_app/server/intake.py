"""收件口 envelopes come in: known ids first, then the chain, the signature and the reading; kept before anything is judged.

What is kept here is committed in a transaction of its own, outside whatever a judgement may roll back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from clerk_app.canonical import sm3
from clerk_app.command import Command, Refusal
from clerk_app.office.hold_rules import held_subjects
from clerk_app.ports import Verdict
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Chain, Device, lock_chain, write_chain
from clerk_app.server.limits import within_limits
from clerk_app.server.problems import id_reused, unreadable_request
from clerk_app.server.tables import envelopes
from clerk_app.store.among import among
from clerk_app.store.bulk import insert_rows
from clerk_app.store.columns import HALL_ZONE
from clerk_app.sync.verdicts import undecided
from clerk_app.sync.wire import GENESIS, Codec, Envelope, UnreadableCommand, read_envelope

LARGEST = 1 << 20
NEEDS = 100
_plain_id = re.compile(r"[0-9A-Za-z._:-]{1,36}")
_plain_hash = re.compile(r"[0-9a-f]{64}")
_base64 = re.compile(r"[0-9A-Za-z+/=]{1,120}")

# Built once: building a statement costs more than running it.
_e = envelopes
_by_id = select(_e.c.id, _e.c.hash, _e.c.state).where(_e.c.hall == bindparam("hall"), among(_e.c.id, "ids"))

_gap = Refusal("chain-gap", "前面还有没送到的，这一步先等着，本机都留着。会自动接着送。")
_broken = Refusal("chain-broken", "本机的流水和中心收到的接不上，这一步中心没办，本机的都留着。请管理员核对这台电脑。")
_other_device = Refusal("device-mismatch", "这一步是别的电脑记下的，中心没收，本机留着。请管理员核对这台电脑。")
_unreadable = Refusal("unreadable", "中心读不懂这一步，没有办，原样留着。请管理员核对程序版本。")
_too_large = Refusal("too-large", "这一步的内容太大，中心没有办，原样留着。请管理员处理。")
_given_up = Refusal("given-up", "这一步的内容中心收不下，本机留着全文，中心只记下有过这一步。请管理员处理。")
_bad_signature = Refusal("signature-bad", "这一步的签名不对，中心没有办，原样留着。请经办人重新登录，再由管理员核对。")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """送来的一条 one envelope as it came, read as far as it can be read.

    `aside`: the device had set it aside before it could be sent; it is kept and not judged. `genuine`: signed by a key
    its actor has at this device (`signatures` looks).
    """

    envelope: Envelope
    data: bytes
    hash: str
    signature: str
    aside: bool
    command: Command | None
    fault: Refusal | None
    day: date | None = None
    genuine: bool = False

    @property
    def id(self) -> str:
        """The command's id."""
        return self.envelope.id

    @property
    def subjects(self) -> tuple[str, ...]:
        """What it writes; nothing is known of an unreadable one."""
        return self.command.subjects if self.command else ()

    @property
    def concerns(self) -> tuple[str, ...]:
        """What it writes, and what it is about: all that must stand still while it is judged."""
        return (*self.subjects, *held_subjects(self.command)) if self.command else ()

    @property
    def fact(self) -> bool:
        """Facts never wait."""
        return self.command is not None and self.command.fact

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in the device's journal."""
        return self.envelope.incarnation, self.envelope.device_seq


def read_piece(codec: Codec, text: str, signature: str, aside: bool) -> Piece:
    """An envelope that has no readable frame is no envelope: problem `unreadable-request`."""
    try:
        data = text.encode()
        envelope = read_envelope(data)
    except (UnreadableCommand, UnicodeEncodeError, RecursionError) as error:
        raise unreadable_request() from error
    if not _framed(envelope):
        raise unreadable_request()
    command, fault = (None, _too_large) if len(data) > LARGEST else _read_command(codec, envelope, data)
    return Piece(
        envelope=envelope,
        data=data,
        hash=sm3(data),
        signature=signature if _base64.fullmatch(signature) else "",
        aside=aside,
        command=command,
        fault=fault,
        day=_day(envelope),
    )


def _day(envelope: Envelope) -> date | None:
    """The day the act belongs to, as far as it can be read."""
    try:
        return datetime.fromisoformat(str(envelope.body.get("at"))).astimezone(HALL_ZONE).date()
    except (ValueError, OverflowError):
        return None


def read_bare(text: str, signature: str, hash_: str, day: date | None) -> Piece:
    """An envelope without its body: the window gave it up because nobody could take it; the chain goes on by its hash."""
    bare = read_piece(Codec({}), text, signature, aside=False)
    return replace(bare, hash=hash_, fault=_given_up, day=day)


def _framed(envelope: Envelope) -> bool:
    """Whether the frame can be kept as it is."""
    texts = _plain_id.fullmatch(envelope.id) and _plain_hash.fullmatch(envelope.prev_hash)
    return bool(texts) and all(0 < n < 1 << 31 for n in (envelope.incarnation, envelope.device_seq))


def _read_command(codec: Codec, envelope: Envelope, data: bytes) -> tuple[Command | None, Refusal | None]:
    if not within_limits(data):
        return None, _unreadable
    try:
        command = codec.command(envelope.body)
    except UnreadableCommand:
        return None, _unreadable
    ids = (command.actor, *command.needs, *(subject.partition(":")[2] for subject in command.subjects))
    plain = len(command.needs) <= NEEDS and all(_plain_id.fullmatch(key) for key in ids)
    if command.id != envelope.id or command.at.tzinfo is None or not plain:
        return None, _unreadable
    return command, None


@dataclass(frozen=True)
class Intake:
    """收件结果 `answers`: the verdicts of what was not kept; `decided`: ids that had their verdict before this request."""

    answers: dict[str, Verdict]
    decided: frozenset[str]


def receive(office: CentreOffice, device: Device, pieces: Sequence[Piece]) -> Intake:
    """Keep what is new. Not kept are gaps, and envelopes of other devices.

    Nothing is answered from this transaction alone, so its commit need not wait for the disk: the judging one, which
    comes later in the same log, waits for both.
    """
    answers: dict[str, Verdict] = {}
    rows: list[dict[str, Any]] = []
    with office.database.writing(wait=False) as connection:
        chain = lock_chain(connection, device)
        known, decided = _known(connection, device, pieces)
        for piece in pieces:
            if (before := known.get(piece.id)) is not None:
                if before != piece.hash:
                    raise id_reused()
                continue
            state, said = _examine(device, chain, piece)
            if said in (_gap, _other_device):
                answers[piece.id] = Verdict(id=piece.id, state=state, type=said.type, sentence=said.sentence)
                continue
            known[piece.id] = piece.hash
            rows.append(_row(office, device, piece, state, said))
        insert_rows(connection, envelopes, rows)
        write_chain(connection, device, chain, office)
    return Intake(answers, decided)


def _known(connection: Connection, device: Device, pieces: Iterable[Piece]) -> tuple[dict[str, str], frozenset[str]]:
    """The hash of each that is kept already, and which of them were decided."""
    rows = connection.execute(_by_id, {"hall": device.hall, "ids": [p.id for p in pieces]}).all()
    return {r.id: r.hash for r in rows}, frozenset(r.id for r in rows if r.state not in undecided)


_nothing = Refusal("", "")


def _examine(device: Device, chain: Chain, piece: Piece) -> tuple[str, Refusal]:
    if piece.envelope.device != device.id:
        return "quarantined", _other_device
    link = _link(chain, piece)
    if link == "gap":
        return "held", _gap
    if link == "broken":
        return "quarantined", _broken
    chain.incarnation, chain.seq, chain.head = *piece.place, piece.hash
    if piece.fault or piece.command is None:
        return "quarantined", piece.fault or _unreadable
    return ("pending", _nothing) if piece.genuine else ("quarantined", _bad_signature)


def _link(chain: Chain, piece: Piece) -> str:
    """`next` continues the chain or begins a new incarnation; a later one waits; anything else is another history."""
    envelope = piece.envelope
    if piece.place == (chain.incarnation, chain.seq + 1) and envelope.prev_hash == chain.head:
        return "next"
    if envelope.incarnation > chain.incarnation:
        fresh = envelope.device_seq == 1 and envelope.prev_hash == GENESIS
        return "next" if fresh else "gap" if envelope.device_seq > 1 else "broken"
    return "gap" if piece.place > (chain.incarnation, chain.seq + 1) else "broken"


def _row(office: CentreOffice, device: Device, piece: Piece, state: str, said: Refusal) -> dict[str, Any]:
    return {
        "hall": device.hall,
        "id": piece.id,
        "device": device.id,
        "incarnation": piece.envelope.incarnation,
        "device_seq": piece.envelope.device_seq,
        "hash": piece.hash,
        "prev_hash": piece.envelope.prev_hash,
        "kind": piece.command.kind if piece.command else "",
        "fact": piece.fact,
        "subjects": " ".join(piece.subjects),
        "envelope": piece.data,
        "signature": piece.signature,
        "state": state,
        "type": said.type,
        "sentence": said.sentence,
        "received_at": office.now(),
        "day": piece.day,
    }
