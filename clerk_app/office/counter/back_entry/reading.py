"""读纸上的字 what the typist typed off a sheet, as values; what cannot be read is said in one sentence, and all he typed stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation

from clerk_app.cases.back_entry.model import CatalogueThen, PaperEntry, PaperFee, PaperOutcome, PaperStamp
from clerk_app.cases.catalogue import Item
from clerk_app.cases.life import Gap
from clerk_app.cases.model import Applicant
from clerk_app.command import Refusal
from clerk_app.duty.model import Roster, Seal

_moment = re.compile(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?\s*(\d{1,2})[::时点](\d{1,2})分?")
_day = re.compile(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?")
_serial = re.compile(r"(?:BL)?(\d{4})-?(\d{5})", re.IGNORECASE)
_split = re.compile(r"[、，,；;\s]+")
_lines = re.compile(r"[；;\n]+")


@dataclass(frozen=True, kw_only=True)
class SheetWords:
    """纸上的字 as they were typed. `missing` and `gaps` apart by 、 or ；, `fees` and `stamps` by ；."""

    item: str
    applicant: str
    id_number: str
    phone: str
    received_at: str
    outcome: PaperOutcome
    said_at: str
    taken_by: str
    missing: str
    gaps: str
    bring_by: str
    fees: str
    stamps: str
    reason: str
    agent: str = ""
    second: bool = False


def read_number(text: str) -> str:
    """BL2026-00417 from what was scanned or typed; what is no such number stays as it is."""
    found = _serial.fullmatch(text.strip())
    return f"BL{found[1]}-{found[2]}" if found else text.strip().upper()


def read_moment(text: str, zone: tzinfo | None) -> datetime | None:
    """2026-11-20 10:12, or with 年月日时分."""
    found = _moment.search(text)
    if found is None:
        return None
    year, month, day, hour, minute = (int(part) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, tzinfo=zone)
    except ValueError:
        return None


def read_day(text: str) -> date | None:
    """2026-11-20, or with 年月日."""
    found = _day.search(text)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def counted_at(words: SheetWords, zone: tzinfo | None) -> datetime | Refusal:
    """The moment whose catalogue is asked."""
    received, said = read_moment(words.received_at, zone), read_moment(words.said_at, zone)
    if received is None:
        return _time("收件")
    if words.outcome != "received" and said is None:
        return _time("受理或告知")
    return said if said is not None and words.outcome != "received" else received


def read_applicant(words: SheetWords) -> Applicant:
    """申请人."""
    return Applicant(
        name=words.applicant.strip(),
        id_number=words.id_number.strip().upper(),
        phone=words.phone.strip(),
        agent=words.agent.strip(),
    )


def read_entry(
    words: SheetWords, then: CatalogueThen, window: int, roster: Roster, zone: tzinfo | None
) -> PaperEntry | Refusal:
    """All of it, or the first thing that cannot be read."""
    item = find_item(words.item, then.items, window)
    if isinstance(item, Refusal):
        return item
    counted = counted_at(words, zone)
    received = read_moment(words.received_at, zone)
    if isinstance(counted, Refusal) or received is None:
        return counted if isinstance(counted, Refusal) else _time("收件")
    missing = _missing(words.missing, item)
    fees = _fees(words.fees)
    stamps = _stamps(words, counted, roster)
    bring_by = read_day(words.bring_by)
    for part in (missing, fees, stamps):
        if isinstance(part, Refusal):
            return part
    if words.bring_by.strip() and bring_by is None and words.outcome == "noticed":
        return Refusal("day-unreadable", "补正的日子没看懂，没有录，填的都在。写成 2026-11-20。")
    return _entry(words, then, item, received, counted, _Read(missing, fees, stamps, bring_by, roster))  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Read:
    missing: tuple[str, ...]
    fees: tuple[PaperFee, ...]
    stamps: tuple[PaperStamp, ...]
    bring_by: date | None
    roster: Roster


def _entry(
    words: SheetWords, then: CatalogueThen, item: Item, received: datetime, counted: datetime, read: _Read
) -> PaperEntry:
    noticed = words.outcome == "noticed"
    lacking = tuple(m.name for m in item.materials if m.essential and m.name in read.missing)
    more = tuple(line.strip() for line in _lines.split(words.gaps) if line.strip())
    return PaperEntry(
        item=item.code,
        version=then.version,
        outcome=words.outcome,
        received_at=received,
        said_at=None if words.outcome == "received" else counted,
        taken_by=person_named(read.roster, words.taken_by),
        brought=tuple(m.name for m in item.materials if m.name not in read.missing),
        reason=words.reason.strip(),
        gaps=tuple(Gap(what=what) for what in dict.fromkeys((*lacking, *more))) if noticed else (),
        bring_by=read.bring_by if noticed else None,
        second_limit=words.second and item.kind == "spot",
        fees=read.fees,
        stamps=read.stamps,
    )


def find_item(text: str, items: Mapping[str, Item], window: int) -> Item | Refusal:
    """By code, name, short name or a part of the name, among what that window took in then; else among all."""
    wanted = text.strip()
    here = [item for item in items.values() if window in item.windows]
    for among in (here, list(items.values())):
        exact = [item for item in among if wanted and wanted in (item.code, item.name, item.short)]
        found = exact or [item for item in among if wanted and wanted in item.name]
        if len(found) == 1:
            return found[0]
    return Refusal(
        "item-not-in-force", "那天的目录里没有这个事项，或者不止一个，没有录，填的都在。照纸上写全名，核对日期。"
    )


def person_named(roster: Roster, typed: str) -> str:
    """认人 by number or by whole name; empty when nobody or more than one is called so."""
    text = typed.strip()
    if text.upper() in roster.people:
        return text.upper()
    called = [person.id for person in roster.people.values() if person.name == text]
    return called[0] if len(called) == 1 else ""


def _time(which: str) -> Refusal:
    return Refusal("time-unreadable", f"{which}时间没看懂，没有录，填的都在。照纸上写成 2026-11-20 10:12。")


def _missing(text: str, item: Item) -> tuple[str, ...] | Refusal:
    """By number in the list or by name."""
    found: list[str] = []
    for word in filter(None, _split.split(text.strip())):
        number = int(word) if word.isdecimal() and len(word) < 3 else 0
        names = [m.name for place, m in enumerate(item.materials, 1) if place == number or word == m.name]
        names = names or [m.name for m in item.materials if word in m.name]
        if len(names) != 1:
            return Refusal(
                "unknown-material", f"清单里没有“{word}”，或者不止一样，没有录，填的都在。写清单上的序号或全名。"
            )
        found += names
    return tuple(dict.fromkeys(found))


def _fees(text: str) -> tuple[PaperFee, ...] | Refusal:
    found: list[PaperFee] = []
    for line in filter(None, map(str.strip, _lines.split(text))):
        parts = line.split()
        try:
            yuan = Decimal(parts[1].removesuffix("元"))
            what, fen, receipt = parts[0], int(yuan * 100), parts[2]
        except (IndexError, InvalidOperation, ValueError):
            what, fen, receipt, yuan = "", 0, "", Decimal(0)
        if len(parts) != 3 or fen <= 0 or yuan * 100 != fen:
            return Refusal(
                "fee-unreadable", "收费没看懂，没有录，填的都在。写成“工本费 10.00 00123456”：项目 元 票据号。"
            )
        found.append(PaperFee(what=what, fen=fen, receipt=receipt))
    return tuple(found)


def _stamps(words: SheetWords, at: datetime, roster: Roster) -> tuple[PaperStamp, ...] | Refusal:
    """“收件章 受理回执 P203”: which seal, on which paper, pressed by whom (who took it in, where nobody is named)."""
    found: list[PaperStamp] = []
    for line in filter(None, map(str.strip, _lines.split(words.stamps))):
        parts = line.split()
        seal = _seal(parts[0], roster)
        by = person_named(roster, parts[2] if len(parts) > 2 else words.taken_by)
        if not 1 < len(parts) < 4 or seal is None or not by:
            return Refusal("stamp-unreadable", "盖的章没看懂，没有录，填的都在。写成“章名 文书 工号”，章名照印章名单。")
        found.append(PaperStamp(seal=seal.id, paper=parts[1], by=by, at=at))
    return tuple(found)


def _seal(text: str, roster: Roster) -> Seal | None:
    exact = [seal for seal in roster.seals.values() if text in (seal.id, seal.name)]
    found = exact or [seal for seal in roster.seals.values() if text in seal.name]
    return found[0] if len(found) == 1 else None
