"""外来报文 what an outside platform says, read strictly: everything wrong with it is said, a sentence each, and nothing of it is kept.

The sentences name places and never what stood there: they go back to the sender and into logs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal, cast

from clerk_app.canonical import canonical, sha256
from clerk_app.cases.catalogue import Item
from clerk_app.cases.inbox.model import (
    BookedTime,
    FormValue,
    InboxItem,
    InboxKind,
    InboxMaterial,
    inbox_id,
    kind_words,
    result_words,
)
from clerk_app.cases.inbox.rules import InboxRules
from clerk_app.cases.model import Applicant

MessageKind = Literal["application", "booking", "precheck", "withdrawal"]
KINDS: tuple[MessageKind, ...] = ("application", "booking", "precheck", "withdrawal")
MOST_BYTES, MOST_FIELDS, MOST_MATERIALS = 64 * 1024, 200, 60
LONGEST_NAME, LONGEST_VALUE, LONGEST_WORDS = 120, 1000, 500
SKEW = timedelta(minutes=10)
FARTHEST = timedelta(days=90)

_number = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{3,39}")
_digest = re.compile(r"[0-9a-f]{64}")
_phone = re.compile(r"[0-9+ -]{5,20}")
_id_number = re.compile(r"[0-9A-Za-z]{5,20}")
_id_end = re.compile(r"[0-9]{3}[0-9X]")
_clock = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_KNOWN: dict[str, frozenset[str]] = {
    "application": frozenset({"applicant", "fields", "materials"}),
    "booking": frozenset({"applicant", "slot", "id_end"}),
    "precheck": frozenset({"applicant", "fields", "materials", "words", "valid_until"}),
    "withdrawal": frozenset({"of", "reason"}),
}
NOBODY = Applicant(name="")
UNREAD = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class OutsideMessage:
    """外来报文 as it was said; `of` is the number a withdrawal takes back."""

    number: str
    kind: MessageKind
    sent_at: datetime
    digest: str
    item: str = ""
    applicant: Applicant = NOBODY
    id_end: str = ""
    fields: tuple[FormValue, ...] = ()
    materials: tuple[InboxMaterial, ...] = ()
    words: str = ""
    slot: BookedTime | None = None
    valid_until: date | None = None
    of: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Faults:
    """毛病 of one message, in order; `number` as far as it could be read."""

    number: str
    sentences: tuple[str, ...]


class _Reader:
    """读报文 each reading answers a sound value, or a blank one with a sentence in `found`."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw
        self.found: list[str] = []

    def fault(self, sentence: str) -> None:
        self.found.append(sentence)

    def text(self, key: str, word: str, shape: re.Pattern[str] | None, *, must: bool, longest: int = 40) -> str:
        said = self._raw.get(key)
        if said in (None, ""):
            if must:
                self.fault(f"没有写{word}（{key}）")
            return ""
        if not isinstance(said, str) or len(said) > longest or not said.isprintable():
            self.fault(f"{word}（{key}）要是一行文字，最多 {longest} 个字")
            return ""
        if shape is not None and not shape.fullmatch(said):
            self.fault(f"{word}（{key}）的写法不对")
            return ""
        return said.strip()

    def moment(self, key: str, word: str) -> datetime | None:
        said = self._raw.get(key)
        try:
            read = datetime.fromisoformat(said) if isinstance(said, str) else None
        except ValueError:
            read = None
        if read is None or read.tzinfo is None:
            self.fault(f"{word}（{key}）要写成带时区的时间，如 2026-11-20T09:05:00+08:00")
            return None
        return read

    def day(self, key: str, word: str, *, must: bool) -> date | None:
        said = self._raw.get(key)
        if said in (None, "") and not must:
            return None
        try:
            return date.fromisoformat(said if isinstance(said, str) and len(said) == 10 else "")
        except ValueError:
            self.fault(f"{word}（{key}）要写成 2026-11-20 这样")
            return None

    def clock(self, key: str, word: str) -> time | None:
        said = self._raw.get(key)
        if isinstance(said, str) and _clock.fullmatch(said):
            return time.fromisoformat(said)
        self.fault(f"{word}（{key}）要写成 09:30 这样")
        return None

    def inner(self, key: str, word: str) -> _Reader:
        said = self._raw.get(key)
        if not isinstance(said, Mapping):
            self.fault(f"没有写{word}（{key}）")
            said = {}
        inner = _Reader(said)
        inner.found = self.found
        return inner

    def rows(self, key: str, word: str, most: int) -> tuple[_Reader, ...]:
        said = self._raw.get(key, [])
        good = isinstance(said, Sequence) and not isinstance(said, str) and len(said) <= most
        if not good or not all(isinstance(one, Mapping) for one in said):
            self.fault(f"{word}（{key}）要是一串，最多 {most} 行")
            return ()
        readers = tuple(_Reader(one) for one in said)
        for reader in readers:
            reader.found = self.found
        return readers

    def strange(self, known: frozenset[str]) -> None:
        if extra := sorted(str(key)[:40] for key in self._raw.keys() - known):
            self.fault(f"不认得“{extra[0]}”这一项")


def read_message(raw: Mapping[str, Any]) -> OutsideMessage | Faults:
    """One message, or everything that is wrong with it."""
    data = canonical_bytes(raw)
    reader = _Reader(raw)
    number = reader.text("number", "平台的编号", _number, must=True)
    if data is None or len(data) > MOST_BYTES:
        return Faults(number, (f"一份最多 {MOST_BYTES // 1024} KB，也不能有写不成规范 JSON 的数",))
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        words = "、".join([*(f"{key} {word}" for key, word in kind_words.items()), "withdrawal 撤回"])
        return Faults(number, (*reader.found, f"不认得这一类（kind），只收 {words}"))
    sent_at = reader.moment("sent_at", "送出的时间")
    message = _read(reader, kind, number, sent_at or UNREAD, sha256(data))
    return Faults(number, tuple(reader.found)) if reader.found else message


def canonical_bytes(raw: Mapping[str, Any]) -> bytes | None:
    """What a message's digest is of; None where it cannot be written canonically."""
    try:
        return canonical(raw)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def _read(reader: _Reader, kind: MessageKind, number: str, sent_at: datetime, digest: str) -> OutsideMessage:
    common = frozenset({"number", "kind", "sent_at", *(() if kind == "withdrawal" else ("item",))})
    reader.strange(common | _KNOWN[kind])
    if kind == "withdrawal":
        return OutsideMessage(
            number=number,
            kind=kind,
            sent_at=sent_at,
            digest=digest,
            of=reader.text("of", "要撤回的编号", _number, must=True),
            reason=reader.text("reason", "原因", None, must=False, longest=LONGEST_WORDS),
        )
    booking = kind == "booking"
    return OutsideMessage(
        number=number,
        kind=kind,
        sent_at=sent_at,
        digest=digest,
        item=reader.text("item", "事项编码", None, must=True),
        applicant=_applicant(reader.inner("applicant", "申请人"), booking=booking),
        id_end=reader.text("id_end", "证件号末四位", _id_end, must=False) if booking else "",
        fields=() if booking else _fields(reader),
        materials=() if booking else _materials(reader, checked=kind == "precheck"),
        words=reader.text("words", "预审意见", None, must=False, longest=LONGEST_WORDS) if not booking else "",
        slot=_slot(reader.inner("slot", "约的时段")) if booking else None,
        valid_until=reader.day("valid_until", "预审结果有效到哪天", must=False) if kind == "precheck" else None,
    )


def _applicant(reader: _Reader, *, booking: bool) -> Applicant:
    """A booking has no ID number: who has booked is known by his phone and the last four."""
    reader.strange(frozenset({"name", "phone"} if booking else {"name", "id_number", "phone", "agent"}))
    name = reader.text("name", "申请人名称或姓名", None, must=True, longest=LONGEST_NAME)
    phone = reader.text("phone", "申请人电话", _phone, must=booking)
    if booking:
        return Applicant(name=name, phone=phone)
    return Applicant(
        name=name,
        id_number=reader.text("id_number", "申请人证件号", _id_number, must=True).upper(),
        phone=phone,
        agent=reader.text("agent", "经办人", None, must=False, longest=LONGEST_NAME),
    )


def _fields(reader: _Reader) -> tuple[FormValue, ...]:
    found = []
    for row in reader.rows("fields", "填的表", MOST_FIELDS):
        row.strange(frozenset({"label", "value"}))
        label = row.text("label", "栏名", None, must=True, longest=LONGEST_NAME)
        value = row.text("value", "栏里填的", None, must=False, longest=LONGEST_VALUE)
        found.append(FormValue(label=label, value=value))
    return tuple(found)


def _materials(reader: _Reader, *, checked: bool) -> tuple[InboxMaterial, ...]:
    found: list[InboxMaterial] = []
    for row in reader.rows("materials", "材料", MOST_MATERIALS):
        row.strange(frozenset({"name", "file", "sha256", *(("result", "words") if checked else ())}))
        result = row.text("result", "材料的预审结果", None, must=checked)
        if result not in result_words:
            row.fault("材料的预审结果（result）只写 pass 或 fail")
        name = row.text("name", "材料名称", None, must=True, longest=LONGEST_NAME)
        if name and any(one.name == name for one in found):
            row.fault("同一样材料写了两次（name）")
        found.append(
            InboxMaterial(
                name=name,
                file=row.text("file", "文件名", None, must=False, longest=LONGEST_NAME),
                sha256=row.text("sha256", "文件摘要", _digest, must=not checked, longest=64),
                result=result if result in result_words else "",
                words=row.text("words", "材料的预审意见", None, must=False, longest=LONGEST_WORDS),
            )
        )
    return tuple(found)


def _slot(reader: _Reader) -> BookedTime | None:
    reader.strange(frozenset({"day", "from", "to"}))
    day = reader.day("day", "约的日子", must=True)
    start, end = reader.clock("from", "从几点"), reader.clock("to", "到几点")
    if day is None or start is None or end is None:
        return None
    if end <= start:
        reader.fault("约的时段（slot）到点要在起点之后")
        return None
    return BookedTime(day=day, start=start, end=end)


def misfits(message: OutsideMessage, items: Mapping[str, Item], rules: InboxRules, now: datetime) -> tuple[str, ...]:
    """Why a sound message is not for this hall, at this moment."""
    if message.sent_at > now + SKEW:
        return ("送出的时间（sent_at）在将来，核对平台的时钟",)
    if message.kind == "withdrawal":
        return ()
    if message.kind not in rules.kinds:
        return (f"本大厅不收{kind_words[message.kind]}",)
    item = items.get(message.item)
    if item is None:
        return ("大厅的目录里没有这个事项（item），核对事项编码",)
    if item.paper_only:
        return ("这个事项只走纸面，网上一个字都不收",)
    if item.external and message.kind != "booking":
        return (f"{item.name}由部门自己的系统办，大厅不收，送到部门系统",)
    return tuple(_wrong_day(message, now.date()))


def _wrong_day(message: OutsideMessage, today: date) -> list[str]:
    if message.slot is not None and not today <= message.slot.day <= today + FARTHEST:
        return [f"约的日子（slot）要在今天到 {FARTHEST.days} 天以内"]
    if message.valid_until is not None and message.valid_until < today:
        return ["预审结果（valid_until）已经过期"]
    return []


def item_of(message: OutsideMessage, item: Item, hall: str, partner: str, came_at: datetime) -> InboxItem:
    """The row a message makes."""
    return InboxItem(
        id=inbox_id(hall, partner, message.number),
        partner=partner,
        number=message.number,
        kind=cast("InboxKind", message.kind),
        state="waiting",
        item=message.item,
        item_name=item.name,
        applicant=message.applicant,
        sent_at=message.sent_at,
        came_at=came_at,
        moved_at=came_at,
        digest=message.digest,
        id_end=message.id_end,
        fields=message.fields,
        materials=message.materials,
        words=message.words,
        slot=message.slot,
        valid_until=message.valid_until,
    )
