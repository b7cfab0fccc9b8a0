"""差评回访 a bad rating is answered: contact, put it right, call back; by somebody else than who was rated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from clerk_app.command import Command, Refusal, UseCase
from clerk_app.oversight.books import OversightBooks
from clerk_app.oversight.people import FollowUp, Step, follow_words

LONGEST = 2000
MOST_CONTACTS = 20


@dataclass(frozen=True, kw_only=True)
class FollowUpCommand(Command):
    """回访命令 an act on one follow-up."""

    follow_up: str
    words: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The follow-up."""
        return (f"follow_up:{self.follow_up}",)


@dataclass(frozen=True, kw_only=True)
class RecordContact(FollowUpCommand):
    """联系 the person was asked what went wrong; or nobody answered (`reached` False), which is written down too."""

    kind: ClassVar[str] = "record_contact"
    reached: bool = True


@dataclass(frozen=True, kw_only=True)
class RecordFix(FollowUpCommand):
    """整改 what was put right; or why there was nothing to put right."""

    kind: ClassVar[str] = "record_fix"


@dataclass(frozen=True, kw_only=True)
class CloseFollowUp(FollowUpCommand):
    """回访 the person was called back and told."""

    kind: ClassVar[str] = "close_follow_up"


def record_contact(command: RecordContact, books: OversightBooks) -> Refusal | None:
    """An attempt that reached nobody leaves the clock running."""
    found = _row(command, books)
    if isinstance(found, Refusal):
        return found
    if found.state != "waiting":
        return _not_now(found)
    if len(found.contacts) >= MOST_CONTACTS:
        return Refusal("contacts-many", f"已经记了 {MOST_CONTACTS} 次联系，没有再记。写明联系不上，记整改。")
    contacts = (*found.contacts, _step(command))
    books.put_follow_up(replace(found, contacts=contacts, state="contacted" if command.reached else "waiting"))
    return None


def record_fix(command: RecordFix, books: OversightBooks) -> Refusal | None:
    """After somebody tried to reach the person at least once."""
    found = _row(command, books)
    if isinstance(found, Refusal):
        return found
    if found.state not in ("waiting", "contacted"):
        return _not_now(found)
    if not found.contacts:
        return Refusal("contact-first", "还没联系过本人，整改没有记。先联系，联系不上也记一笔。")
    books.put_follow_up(replace(found, fixed=_step(command), state="fixed"))
    return None


def close_follow_up(command: CloseFollowUp, books: OversightBooks) -> Refusal | None:
    """Only what was put right is closed."""
    found = _row(command, books)
    if isinstance(found, Refusal):
        return found
    if found.state != "fixed":
        return _not_now(found)
    books.put_follow_up(replace(found, closed=_step(command), state="closed"))
    return None


def _row(command: FollowUpCommand, books: OversightBooks) -> FollowUp | Refusal:
    row = books.follow_up(command.follow_up)
    if row is None:
        return Refusal("unknown-follow-up", "没有这条回访，什么都没改。刷新一下再看。")
    if row.clerk and row.clerk == command.actor:
        return Refusal("own-rating", "评的是您本人，不能由您回访，什么都没改。请另一位值班长办。")
    if not command.words.strip():
        return Refusal("words-missing", "还没写情况，没有记。写一句再记。")
    return row


def _not_now(row: FollowUp) -> Refusal:
    return Refusal("follow-up-step", f"这条回访现在{follow_words[row.state]}，这一步没有记。刷新一下再看。")


def _step(command: FollowUpCommand) -> Step:
    return Step(by=command.actor, at=command.at, words=command.words.strip()[:LONGEST])


following_up_use_cases = (
    UseCase(RecordContact, record_contact, "complaint"),
    UseCase(RecordFix, record_fix, "complaint"),
    UseCase(CloseFollowUp, close_follow_up, "complaint"),
)
