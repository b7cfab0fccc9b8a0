"""未送文件 unsent work as one document: commands as they are sent, blocks, head; checked whole on reading.

It travels only encrypted (`recovery.encrypt_for`). `digest` is over everything else in it; `signature` is the device's,
over that digest: it shows where the file comes from. Each command bears its person's signature besides.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from clerk_app.outside.recovery import RecoveryProblem
from clerk_app.ports import Head, NumberBlock, Sent
from clerk_app.ports.copies import Heading, Unsent
from clerk_app.sync.wire import UnreadableCommand, read_envelope

FORMAT = "counter-unsent/1"


@dataclass(frozen=True, kw_only=True)
class Row:
    """文件里的一步 one command."""

    incarnation: int
    seq: int
    state: str
    envelope: str
    signature: str
    aside: bool


@dataclass(frozen=True, kw_only=True)
class UnsentFile:
    """未送文件 as it was read: whose, what, made when and by whom."""

    format: str
    hall: str
    device: str
    training: bool
    made_at: datetime
    people: tuple[str, ...]
    head: Head
    blocks: tuple[NumberBlock, ...]
    commands: tuple[Row, ...]
    digest: str
    signature: str

    def heading(self) -> Heading:
        """As it was made for."""
        return Heading(hall=self.hall, head=self.head, training=self.training, blocks=self.blocks)

    def unsent(self) -> tuple[Unsent, ...]:
        """As journal rows again."""
        return tuple(
            Unsent(
                incarnation=row.incarnation,
                seq=row.seq,
                state=row.state,
                sent=Sent(envelope=row.envelope.encode(), signature=row.signature, aside=row.aside),
            )
            for row in self.commands
        )


@dataclass(frozen=True, kw_only=True)
class Maker:
    """谁做的 when, by the device's own key, or by people who recovered it."""

    at: datetime
    sign: Callable[[bytes], str] | None = None
    people: tuple[str, ...] = ()


def write_document(heading: Heading, rows: Sequence[Unsent], maker: Maker) -> bytes:
    """JSON with digest and signature."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "hall": heading.hall,
        "device": heading.head.device,
        "training": heading.training,
        "made_at": maker.at.isoformat(),
        "people": list(maker.people),
        "head": msgspec.to_builtins(heading.head),
        "blocks": msgspec.to_builtins(heading.blocks),
        "commands": [_row(row) for row in rows],
    }
    digest = _digest(content)
    signature = maker.sign(bytes.fromhex(digest)) if maker.sign else ""
    return _plain({**content, "digest": digest, "signature": signature})


def _row(row: Unsent) -> dict[str, Any]:
    return {
        "incarnation": row.incarnation,
        "seq": row.seq,
        "state": row.state,
        "envelope": row.sent.envelope.decode(),
        "signature": row.sent.signature,
        "aside": row.sent.aside,
    }


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(_plain(content)).hexdigest()


def _plain(content: Mapping[str, Any]) -> bytes:
    """Texts, whole numbers and truth values only: sorted keys are canonical enough, and quick (this runs beside a window)."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_document(data: bytes) -> UnsentFile:
    """Whole and unchanged, or `RecoveryProblem`."""
    damaged = RecoveryProblem("这个文件里的内容坏了或被改过，没有用它。换另一份再来。")
    try:
        content = json.loads(data)
        found = msgspec.convert(content, UnsentFile)
        rest = {key: value for key, value in content.items() if key not in ("digest", "signature")}
        whole = found.format == FORMAT and _digest(rest) == found.digest
        placed = all(_in_place(row) for row in found.commands)
    except (ValueError, RecursionError, msgspec.ValidationError, UnreadableCommand):
        raise damaged from None
    if not (whole and placed):
        raise damaged
    return found


def _in_place(row: Row) -> bool:
    envelope = read_envelope(row.envelope.encode())
    return (envelope.incarnation, envelope.device_seq) == (row.incarnation, row.seq)
