"""练习台 a desk for tests: the real store, office and use cases over the training hall, with the line cut from the start."""

from __future__ import annotations

import json
import pickle
import secrets
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

from clerk_app.canonical import canonical, sm3
from clerk_app.command import ClockWord
from clerk_app.duty.model import Seat
from clerk_app.office.office import Office, Parts, Session
from clerk_app.office.register import build_register
from clerk_app.outside.hall_file import read_hall_document
from clerk_app.outside.ids import new_id, new_query_code
from clerk_app.outside.keys import PasswordLocksmith
from clerk_app.ports import (
    NO_PROOF,
    CentreAway,
    ChangePage,
    DayDigest,
    Hello,
    HelloSaid,
    HoldGrant,
    NumberBlock,
    OwnEnvelope,
    Proof,
    Sent,
    SessionGrant,
    SnapshotPage,
    Verdict,
)
from clerk_app.receipts.slip import Slip
from clerk_app.settings import Settings
from clerk_app.store.vault import LocalVault
from resources import path

ZONE = timezone(timedelta(hours=8))


@dataclass
class StandingClock:
    """A clock that only moves when told."""

    moment: datetime = datetime(2026, 11, 20, 10, 30, tzinfo=ZONE)

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment

    def certain(self) -> bool:
        return True

    def word(self) -> ClockWord:
        return "centre"

    def set(self, centre_time: datetime) -> None:
        self.moment = centre_time


class CutCentre:
    """The centre behind a cut line: every call fails as a cut line does."""

    def enrol(self, code: str, window: int, public_key: str) -> str:
        raise CentreAway("cut")

    def hello(self, said: HelloSaid | None = None) -> Hello:
        raise CentreAway("cut")

    def push(self, batch: Sequence[Sent]) -> tuple[Verdict, ...]:
        raise CentreAway("cut")

    def changes(self, cursor: str, limit: int, wait: int = 0) -> ChangePage:
        raise CentreAway("cut")

    def snapshot(self, page: str) -> SnapshotPage:
        raise CentreAway("cut")

    def own_envelopes(self, incarnation: int, after: int) -> tuple[OwnEnvelope, ...]:
        raise CentreAway("cut")

    def new_incarnation(self, number: int) -> int:
        raise CentreAway("cut")

    def digests(self, day: date) -> tuple[DayDigest, ...]:
        raise CentreAway("cut")

    def hall_document(self, version: str) -> Mapping[str, Any]:
        raise CentreAway("cut")

    def number_block(self, kind: str, count: int) -> NumberBlock:
        raise CentreAway("cut")

    def claim(self, subject: str, release_code: str = "") -> HoldGrant:
        raise CentreAway("cut")

    def sign_in(
        self, account: str, secret: str, window: int, public_key: str, by: str = "password", proof: Proof = NO_PROOF
    ) -> SessionGrant:
        raise CentreAway("cut")


@dataclass
class PlainMaker:
    """Slips as JSON-like text: for tests that look at content, not at bytes."""

    made: list[Slip] = field(default_factory=list)

    def make(self, slip: Slip) -> bytes:
        self.made.append(slip)
        return repr(slip).encode()


@cache
def _pickled_document() -> bytes:
    """Reading it takes a tenth of a second, and hundreds of tests open an office."""
    document, findings = read_hall_document(path("halls", "training.yaml").read_text(encoding="utf-8"))
    assert document is not None, findings
    return pickle.dumps(document)


def training_document() -> dict[str, Any]:
    """One's own: it may be changed."""
    document: dict[str, Any] = pickle.loads(_pickled_document())
    return document


_some_key = secrets.token_bytes(32)


@cache
def _new_store(key: bytes) -> bytes:
    """A store under this key as its first start leaves it; upgraded through all versions once a process, then copied."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "counter.db"
        _fill(vault := LocalVault(file, key, StandingClock()))
        vault.close()
        return file.read_bytes()


def _fill(vault: LocalVault) -> None:
    document = training_document()
    vault.keep.put_meta("device", "device-under-test")
    vault.keep.put_meta("hall", document["hall"]["id"])
    vault.keep.put_hall_document(sm3(canonical(document)), document)


def cut_office(
    folder: Path, key: bytes | None = None, *, fill: bool = True, clock: StandingClock | None = None, printer: str = ""
) -> Office:
    """An office at window 2 with 许可心 signed in, number blocks in hand and the line cut.

    Without a printer a ticket stands in the line at once; with one, when its slip is out.
    """
    clock, key, file = clock or StandingClock(), key or _some_key, folder / "counter.db"
    fresh = fill and not file.exists()
    if fresh:
        file.write_bytes(_new_store(key))
    vault = LocalVault(file, key, clock)
    if fill:
        if not fresh:
            _fill(vault)
        day = clock.now().date()
        vault.keep.add_block(NumberBlock(id="b-case", kind=f"case_no:{day.year}", first=1, last=9000))
        vault.keep.add_block(NumberBlock(id="b-a", kind=f"ticket-reserve:A:{day.isoformat()}", first=901, last=9990))
    office = Office(
        Parts(
            settings=Settings(data_dir=folder, centre="", window=2, printer=printer, training=True),
            vault=vault,
            centre=CutCentre(),
            clock=clock,
            maker=PlainMaker(),
            register=build_register(),
            new_id=new_id,
            new_query_code=new_query_code,
            locksmith=PasswordLocksmith(),
        )
    )
    sit(office, "P203")
    return office


def sit(office: Office, person: str, sign: Callable[[bytes], str] = lambda _: "unsigned") -> None:
    seat = office.hall.roster.seat_of(person, None)
    assert isinstance(seat, Seat)
    office.session = Session(id=new_id(), person=office.hall.roster.people[person], seat=seat, online=False, sign=sign)


def rows_of(office: Office, limit: int = 1000) -> list[dict[str, Any]]:
    return [
        json.loads(json.dumps({"kind": r.kind, "state": r.state})) for r in office.parts.vault.journal.rows((), limit)
    ]
