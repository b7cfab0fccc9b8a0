"""首问 a plain question ends with one key and a topic; who cannot answer leads on, or writes down whom to call back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from clerk_app.command import Command, Refusal, UseCase, ticket_subject
from clerk_app.oversight.books import OversightBooks
from clerk_app.oversight.people import Asked, AskedEnd
from clerk_app.queueing.forwarding import Sending, send_on

LONGEST = 2000
PLACE, TOPIC, PHONE = 60, 40, 20
asked_subject = "asked:{}".format


@dataclass(frozen=True, kw_only=True)
class AskedCommand(Command):
    """首问命令 an act on one first-asked record."""

    asked: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The record."""
        return (asked_subject(self.asked),)


@dataclass(frozen=True, kw_only=True)
class RecordQuestion(AskedCommand):
    """咨询 a question answered at once: the topic's key, and a word if there is one to say. Its ticket is finished by itself."""

    kind: ClassVar[str] = "record_question"
    fact: ClassVar[bool] = True
    ticket: str
    topic: str
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenFirstAsked(AskedCommand):
    """首问登记 what somebody wants that is not for this window; `phone` only when he wants to be called back."""

    kind: ClassVar[str] = "open_first_asked"
    fact: ClassVar[bool] = True
    ticket: str
    topic: str
    words: str
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class LeadTo(AskedCommand):
    """带到 the right line or window, with the ticket; the record is closed, or made and closed in one.

    With a letter the ticket is sent on; `place` says where it is when that is no line of this hall.
    """

    kind: ClassVar[str] = "lead_to"
    ticket: str
    topic: str
    letter: str = ""
    to_window: int = 0
    place: str = ""
    words: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The record, and the ticket that is sent on."""
        return (asked_subject(self.asked), *((ticket_subject(self.ticket),) if self.ticket and self.letter else ()))


@dataclass(frozen=True, kw_only=True)
class CloseFirstAsked(AskedCommand):
    """销首问 answered, called back or passed on, and what was said."""

    kind: ClassVar[str] = "close_first_asked"
    how: AskedEnd
    note: str


@dataclass(frozen=True, kw_only=True)
class RecordPhoneSeen(Command):
    """显示电话 somebody looked at the phone a person left with a first-asked record or a complaint."""

    kind: ClassVar[str] = "record_phone_seen"
    fact: ClassVar[bool] = True
    word: Literal["asked", "complaint"]
    record: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """What the phone was left with."""
        return (f"{self.word}:{self.record}",)


def record_phone_seen(command: RecordPhoneSeen, books: OversightBooks) -> Refusal | None:
    """The journal row alone is the record."""
    return None


def record_question(command: RecordQuestion, books: OversightBooks) -> Refusal | None:
    """Write the fact; said twice, the first time counts."""
    if books.asked(command.asked) is None:
        plain = _asked(command, books, command.words)
        books.put_asked(
            replace(plain, kind="question", how="answered", closed_at=command.at, closed_by=command.actor),
        )
    return None


def open_first_asked(command: OpenFirstAsked, books: OversightBooks) -> Refusal | None:
    """Write the fact."""
    if books.asked(command.asked) is None:
        books.put_asked(replace(_asked(command, books, command.words), phone=command.phone.strip()[:PHONE]))
    return None


def lead_to(command: LeadTo, books: OversightBooks) -> Refusal | None:
    """The ticket goes there, and the record says where to: both, or neither."""
    known = books.asked(command.asked)
    if known is not None and not known.open:
        return _closed_already()
    where = _where(command)
    if not where:
        return Refusal("place-missing", "还没选带到哪里，号票没有转。选一个窗口或写上地方再带。")
    if command.ticket and command.letter:
        refusal = send_on(
            Sending(
                ticket=command.ticket,
                letter=command.letter,
                to_window=command.to_window,
                reason=command.words.strip() or "首问带到",
                by=command.actor,
                window=command.window,
                at=command.at,
            ),
            books,
        )
        if refusal is not None:
            return refusal
    row = known or _asked(command, books, command.words)
    books.put_asked(_ended(row, command, "led", led_to=where))
    return None


def close_first_asked(command: CloseFirstAsked, books: OversightBooks) -> Refusal | None:
    """Once, with a word; being led there is said by 带到."""
    row = books.asked(command.asked)
    if row is None:
        return Refusal("unknown-asked", "没有这条首问登记，什么都没改。刷新一下再看。")
    if not row.open:
        return _closed_already()
    if command.how not in ("answered", "called_back", "passed_on"):
        return Refusal("end-missing", "还没选怎么了结的，没有销。选一个再销。")
    if not command.note.strip():
        return Refusal("note-missing", "还没写怎么答的，没有销。写一句再销。")
    books.put_asked(_ended(row, command, command.how, note=command.note.strip()[:LONGEST]))
    return None


def _asked(
    command: RecordQuestion | OpenFirstAsked | LeadTo,
    books: OversightBooks,
    words: str,
) -> Asked:
    ticket = books.ticket(command.ticket)
    return Asked(
        id=command.asked,
        kind="first_asked",
        ticket=command.ticket[:36],
        number=ticket.number if ticket else "",
        topic=command.topic[:TOPIC],
        words=words.strip()[:LONGEST],
        phone="",
        at=command.at,
        by=command.actor,
        window=command.window,
    )


def _ended(row: Asked, command: Command, how: AskedEnd, *, led_to: str = "", note: str = "") -> Asked:
    """A closed record needs no phone any more."""
    return replace(
        row, how=how, led_to=led_to, note=note, phone="", closed_at=command.at, closed_by=command.actor
    )  # fmt: skip


def _where(command: LeadTo) -> str:
    if command.letter and command.to_window:
        return f"{command.to_window}号窗口"
    return f"{command.letter}类" if command.letter else command.place.strip()[:PLACE]


def _closed_already() -> Refusal:
    return Refusal("asked-closed", "这条首问登记已经了结了，没有再办。刷新看看是怎么了结的。")


asking_use_cases = (
    UseCase(RecordQuestion, record_question, "first_asked"),
    UseCase(OpenFirstAsked, open_first_asked, "first_asked"),
    UseCase(RecordPhoneSeen, record_phone_seen, "first_asked"),
    UseCase(LeadTo, lead_to, "first_asked"),
    UseCase(CloseFirstAsked, close_first_asked, "first_asked"),
)
