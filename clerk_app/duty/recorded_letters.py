"""授权书登记 a letter received on paper after the hall file was made: recorded by one person, confirmed by another, ended by either.

It lists exactly its items for ever; nothing joins it later. A leader on duty is given a chief's powers for a day this way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid5

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.duty.books import DutyBooks
from clerk_app.duty.model import Power
from clerk_app.duty.records import RecordedLetter

LONGEST_NUMBER = 40
_ours = UUID("1f0b6c52-7a1d-5c0e-9c55-6d1b5e0f2a47")


def letter_id(number: str) -> str:
    """授权书号 the id of a letter by its document number: both ends and both persons make the same."""
    return uuid5(_ours, number).hex


@dataclass(frozen=True, kw_only=True)
class RecordLetter(Command):
    """登记授权书 as the paper says it."""

    kind: ClassVar[str] = "record_letter"
    letter: str
    department: str
    person: str
    deputy: str
    start: date
    end: date
    items: tuple[str, ...]
    powers: tuple[Power, ...]
    scan: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The letter."""
        return (f"letter:{letter_id(self.letter)}",)


@dataclass(frozen=True, kw_only=True)
class ConfirmLetter(Command):
    """复核授权书 by a second person, against the paper."""

    kind: ClassVar[str] = "confirm_letter"
    letter: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The letter."""
        return (f"letter:{letter_id(self.letter)}",)


@dataclass(frozen=True, kw_only=True)
class EndLetter(Command):
    """停用授权书 from now, with the reason; what was decided by it stands."""

    kind: ClassVar[str] = "end_letter"
    letter: str
    reason: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The letter."""
        return (f"letter:{letter_id(self.letter)}",)


def record_letter(command: RecordLetter, books: DutyBooks) -> Refusal | None:
    """Written once; a number that is taken, an unknown person, no item or a wrong date is refused."""
    roster = books.roster
    taken = any(one.document_no == command.letter for one in roster.letters)
    if taken or books.recorded_letter(letter_id(command.letter)) is not None:
        return Refusal("letter-taken", f"文号 {command.letter} 已登记过，没有再登记。内容有变的，另发新文号。")
    if command.person not in roster.people or command.department not in roster.departments:
        return Refusal("letter-person", "授权书上的人或部门不在名单里，没有登记。核对工号和部门。")
    if command.deputy and (command.deputy not in roster.people or command.deputy == command.person):
        return Refusal("letter-deputy", "副代表不在名单里，或就是本人，没有登记。核对一下。")
    if not command.items or not command.powers:
        return Refusal("letter-empty", "授权书没有列明事项或权限，没有登记。只认列明的。")
    if not command.start <= command.end:
        return Refusal("letter-dates", "授权书的起止日期写反了，没有登记。核对纸件。")
    if command.end < command.at.date():
        return Refusal("letter-over", "授权书已经过期，没有登记。补登旧文书请存档，不在这里登。")
    if refusal := _paper_refusal(command):
        return refusal
    books.put_recorded_letter(
        RecordedLetter(
            id=letter_id(command.letter),
            number=command.letter,
            department=command.department,
            person=command.person,
            deputy=command.deputy,
            start=command.start,
            end=command.end,
            items=command.items,
            powers=command.powers,
            scan=command.scan,
            recorded_by=command.actor,
            recorded_at=command.at,
        )
    )
    return None


def _paper_refusal(command: RecordLetter) -> Refusal | None:
    if len(command.letter) > LONGEST_NUMBER:
        return Refusal("letter-number", f"文号超过 {LONGEST_NUMBER} 个字，没有登记。照纸件写文号，不写标题。")
    if not command.letter.strip() or not command.scan:
        return Refusal("letter-scan", "没有文号或没有扫描件，没有登记。先扫描纸件，再登记。")
    if command.letter != "".join(command.letter.split()):
        return Refusal("letter-number", "文号里有空格，没有登记。照纸件写，中间不空。")
    return None


def confirm_letter(command: ConfirmLetter, books: DutyBooks) -> Refusal | None:
    """Another human than who recorded it, and than whom it empowers."""
    row = books.recorded_letter(letter_id(command.letter))
    if row is None:
        return Refusal("unknown-letter", "没有登记过这份授权书，没有复核。刷新一下再看。")
    if row.confirmed_by:
        return Refusal("letter-confirmed", "这份授权书已经复核过，没有再改。")
    if row.ended_at is not None:
        return Refusal("letter-ended", "这份授权书已经停用，没有复核。要用的话另发新文号。")
    if command.actor == row.recorded_by:
        return Refusal("second-person", "登记的是您本人，复核须另一人，授权书还没生效。请另一人来看。")
    if command.actor in (row.person, row.deputy):
        return Refusal("second-person", "授权书授的就是您，复核须另一人，授权书还没生效。请另一人来看。")
    books.put_recorded_letter(replace(row, confirmed_by=command.actor, confirmed_at=command.at))
    return None


def end_letter(command: EndLetter, books: DutyBooks) -> Refusal | None:
    """From this moment, once."""
    row = books.recorded_letter(letter_id(command.letter))
    if row is None:
        return Refusal("unknown-letter", "没有登记过这份授权书，没有停用。大厅资料里的授权书随资料更换。")
    if row.ended_at is not None:
        return Refusal("letter-ended", "这份授权书已经停用，没有再改。")
    if not command.reason.strip():
        return Refusal("note-missing", "还没写停用原因，没有停用。写一句再停用。")
    note = command.reason.strip()[:500]
    books.put_recorded_letter(replace(row, ended_by=command.actor, ended_at=command.at, note=note))
    return None


letter_use_cases = (
    UseCase(RecordLetter, record_letter, "letter"),
    UseCase(ConfirmLetter, confirm_letter, "letter"),
    UseCase(EndLetter, end_letter, "letter"),
)
