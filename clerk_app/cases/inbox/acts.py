"""收件箱的几步 taken by a window, turned into a ticket, not taken with all that lacks, or laid back: whoever is first stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from clerk_app.cases.inbox.books import InboxBooks
from clerk_app.cases.inbox.model import InboxItem, inbox_subject, ticket_id
from clerk_app.cases.model import Applicant
from clerk_app.command import Command, Refusal, UseCase, ticket_subject

LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class InboxCommand(Command):
    """收件箱命令 an act on one that came from outside."""

    item: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """It alone."""
        return (inbox_subject(self.item),)


@dataclass(frozen=True, kw_only=True)
class TakeInboxItem(InboxCommand):
    """收下 an application or a pre-check at this window, for the case that is begun with it; `ticket` is empty when nobody stands here."""

    kind: ClassVar[str] = "take_inbox_item"
    case: str
    ticket: str = ""


@dataclass(frozen=True, kw_only=True)
class CheckInBooking(InboxCommand):
    """预约报到 who has booked is here: his ticket (`ticket_id`) was drawn."""

    kind: ClassVar[str] = "check_in_booking"
    ticket: str

    @property
    def about(self) -> tuple[str, ...]:
        """The ticket it became."""
        return (*self.subjects, ticket_subject(self.ticket))


@dataclass(frozen=True, kw_only=True)
class DeclineInboxItem(InboxCommand):
    """不予收件 with the reason and everything that lacks (一次性告知), as the sender is told it."""

    kind: ClassVar[str] = "decline_inbox_item"
    reason: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LayBackInboxItem(InboxCommand):
    """放回收件箱 it was taken and nothing was received on it: it waits again."""

    kind: ClassVar[str] = "lay_back_inbox_item"


@dataclass(frozen=True, kw_only=True)
class LookAtInboxPaper(Command):
    """看网上来的原件 its bytes are opened at this window: the journal row comes before they are seen, and is the record."""

    kind: ClassVar[str] = "look_at_inbox_paper"
    fact: ClassVar[bool] = True
    item: str
    digest: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """Nothing of it changes."""
        return (f"inbox_look:{self.item}",)


def take_inbox_item(command: TakeInboxItem, books: InboxBooks) -> Refusal | None:
    """Once; at a window that does the item."""
    row = _waiting(command.item, books, "没有收下")
    if isinstance(row, Refusal):
        return row
    if row.kind == "booking":
        return Refusal("inbox-booking", "这是预约，不收件，什么都没改。人来了给他取号。")
    item = books.item(row.item)
    if item is None:
        return Refusal(
            "item-gone", f"事项目录里没有“{row.item_name}”了，没有收下。不能收就写明原因，一次性告知申请人。"
        )
    if command.window not in item.windows:
        where = "、".join(f"{number}号" for number in item.windows)
        return Refusal("item-elsewhere", f"{item.name}不在{command.window}号窗口办，没有收下。{where}窗口收。")
    if not command.case or books.case(command.case) is not None:
        return Refusal("case-exists", "这件已登记过，没有再收下。刷新一下再看。")
    taken = {"case": command.case, "ticket": command.ticket, "window": command.window, "by": command.actor}
    books.put_inbox_item(row.moved("taken", command.at, **taken))
    return None


def check_in_booking(command: CheckInBooking, books: InboxBooks) -> Refusal | None:
    """On its day, once: the ticket is named after the booking."""
    row = _waiting(command.item, books, "没有报到")
    if isinstance(row, Refusal):
        return row
    if refusal := check_in_refusal(row, command.at.date()):
        return refusal
    if command.ticket != ticket_id(row.id) or books.ticket(command.ticket) is None:
        return Refusal("ticket-of-another", "这张号票不是这个预约的，没有报到。从收件箱里给他取号。")
    books.put_inbox_item(row.moved("taken", command.at, ticket=command.ticket, window=command.window, by=command.actor))
    return None


def check_in_refusal(row: InboxItem, today: date) -> Refusal | None:
    """Not a booking, or not of today. Asked before a number is drawn, too."""
    if row.slot is None:
        return Refusal("inbox-no-booking", "这不是预约，没有取号。在收件箱里收件。")
    if row.slot.day != today:
        said = f"{row.slot.day.month}月{row.slot.day.day}日 {row.slot.start:%H:%M}"
        return Refusal("booked-another-day", f"约的是 {said}，今天没有给他按预约取号。请他那天来，或照常取号。")
    return None


def decline_inbox_item(command: DeclineInboxItem, books: InboxBooks) -> Refusal | None:
    """The sender is told the reason; of an application everything that lacks, at once."""
    row = _waiting(command.item, books, "没有退回")
    if isinstance(row, Refusal):
        return row
    if refusal := decline_refusal(row, command.reason, command.missing):
        return refusal
    missing = tuple(dict.fromkeys(one.strip() for one in command.missing if one.strip()))
    gone = {"reason": command.reason.strip(), "missing": missing, "window": command.window, "by": command.actor}
    books.put_inbox_item(row.moved("declined", command.at, **gone))
    return None


def decline_refusal(row: InboxItem, reason: str, missing: tuple[str, ...]) -> Refusal | None:
    """What still has to be written."""
    lacks = [one.strip() for one in missing if one.strip()]
    if not 0 < len(reason.strip()) <= LONGEST:
        return Refusal(
            "reason-missing", f"还没写为什么不收，或超过 {LONGEST} 个字，没有退回。写一句，申请人会看到这一句。"
        )
    if row.kind != "booking" and not lacks:
        return Refusal("gaps-missing", "不收件要一次说全缺什么、怎么改，没有退回。一行写一样再退。")
    if any(len(one) > LONGEST for one in lacks):
        return Refusal("gaps-long", f"缺的一样最多写 {LONGEST} 个字，没有退回。写短些，或分成几行。")
    return None


def look_at_inbox_paper(command: LookAtInboxPaper, books: InboxBooks) -> Refusal | None:
    """The journal row alone is the record."""
    return None


def lay_back_inbox_item(command: LayBackInboxItem, books: InboxBooks) -> Refusal | None:
    """By the window that took it, while its case is no more than a draft."""
    row = books.inbox_item(command.item)
    if row is None:
        return unknown_inbox_item()
    if row.state != "taken" or row.kind == "booking" or row.window != command.window:
        return Refusal("inbox-not-here", "这件不是本窗口收下还没收件的，没有放回。刷新一下再看。")
    case = books.case(row.case)
    if case is not None and case.state != "draft":
        return Refusal("inbox-received", "这件已经收件，不能放回。不办了，在办件里撤回或作废。")
    who = case.applicant if case is not None else Applicant(name=row.applicant.name)
    nobody = {"case": "", "ticket": "", "window": 0, "by": "", "applicant": who}
    books.put_inbox_item(row.moved("waiting", command.at, fields=row.fields, words=row.words, **nobody))
    return None


def _waiting(key: str, books: InboxBooks, undone: str) -> InboxItem | Refusal:
    row = books.inbox_item(key)
    if row is None:
        return unknown_inbox_item()
    if row.waiting:
        return row
    if row.state == "taken":
        who = books.roster.name_of(row.by)
        return Refusal(
            "inbox-taken", f"{row.window}号窗口 {who} {row.moved_at:%H:%M} 已经收下，这里{undone}。由他接着办。"
        )
    return Refusal("inbox-over", f"这件{row.told}，{undone}。刷新一下再看。")


def unknown_inbox_item() -> Refusal:
    """This machine has not heard of it."""
    return Refusal("inbox-unknown", "收件箱里没有这一件，什么都没改。刷新一下再看。")


inbox_use_cases = (
    UseCase(TakeInboxItem, take_inbox_item, "receive"),
    UseCase(CheckInBooking, check_in_booking, "queue"),
    UseCase(DeclineInboxItem, decline_inbox_item, "accept"),
    UseCase(LayBackInboxItem, lay_back_inbox_item, "receive"),
    UseCase(LookAtInboxPaper, look_at_inbox_paper, "receive"),
)
