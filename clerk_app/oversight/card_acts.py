"""发牌、申辩、了结 a supervisor issues a card by hand, who is meant explains, the supervisor ends it: kept, explained or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from clerk_app.cases.routing.model import as_given
from clerk_app.command import Command, Refusal, UseCase
from clerk_app.oversight.books import OversightBooks
from clerk_app.oversight.card import (
    LONGEST_CAUSE,
    Card,
    CardAnswer,
    CardEnd,
    Meant,
    card_subject,
    end_words,
    manager_task,
    meant_by,
)
from clerk_app.oversight.cards import CardKind
from clerk_app.oversight.model import task_id
from clerk_app.oversight.tasks import LONGEST, closed

MOST_AT_ONCE = 50
_unknown = Refusal("unknown-card", "没有这张牌，什么都没改。刷新一下再看。")


@dataclass(frozen=True, kw_only=True)
class IssueCard(Command):
    """发牌 by hand: of which colour, about which case or to whom, and why. Who has the case is meant, if it names one."""

    kind: ClassVar[str] = "issue_card"
    card: str
    colour: CardKind
    reason: str
    answer_by: date
    case: str = ""
    person: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The card, and the duty manager's task that goes with a red one."""
        return (card_subject(self.card), f"task:{task_id('card', self.card)}")


@dataclass(frozen=True, kw_only=True)
class AnswerCard(Command):
    """申辩 one explanation for one card, or for all of one cause."""

    kind: ClassVar[str] = "answer_card"
    cards: tuple[str, ...]
    words: str
    attachments: tuple[str, ...] = ()
    """SHA-256 of what is shown for it."""
    cause: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """Every card it answers."""
        return tuple(card_subject(card) for card in self.cards)


@dataclass(frozen=True, kw_only=True)
class EndCard(Command):
    """了结 the supervisor keeps the card, takes the explanation, or withdraws it; always with a reason."""

    kind: ClassVar[str] = "end_card"
    card: str
    how: CardEnd
    why: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """The card and its task."""
        return (card_subject(self.card), f"task:{task_id('card', self.card)}")


def issue_card(command: IssueCard, books: OversightBooks) -> Refusal | None:
    """With a reason, to somebody of this hall, once."""
    if not command.reason.strip():
        return Refusal("reason-missing", "还没写为什么发，没有发牌。写一句缘由再发。")
    if books.card(command.card) is not None:
        return Refusal("card-issued", "这张牌已经发过了，没有再发。")
    case = books.case(command.case) if command.case else None
    if command.case and case is None:
        return Refusal("unknown-case", "没有这件，没有发牌。核对办件编号再发。")
    meant = meant_by(as_given(case, books.assignment(case.id)), books.roster) if case else _meant_person(command, books)
    if meant is None or meant.person not in books.roster.people:
        return Refusal("unknown-person", "没写给谁，或者名单里没有这个人，没有发牌。写上办件编号或工号再发。")
    if meant.person == command.actor:
        return Refusal("own-card", "不能给自己发牌，没有发。由另一位监察员来发。")
    card = Card(
        id=command.card,
        case=command.case,
        case_no=case.case_no if case else "",
        item_name=case.item_name if case else "",
        kind=command.colour,
        rule="by_hand",
        reason=command.reason.strip()[:LONGEST],
        since=command.at.date(),
        due=None,
        finish_by=None,
        made_at=command.at,
        made_by=command.actor,
        answer_by=max(command.answer_by, command.at.date()),
        person=meant.person,
        post=meant.post,
        department=meant.department,
        window=meant.window,
    )
    books.put_card(card)
    task = manager_task(card)
    if task is not None:
        books.put_task(task)
    return None


def _meant_person(command: IssueCard, books: OversightBooks) -> Meant | None:
    person = books.roster.people.get(command.person)
    if person is None:
        return None
    post = next(iter(books.roster.held_posts.get(person.id, ())), None)
    place = books.roster.window_of_post.get(post.id) if post else None
    return Meant(
        person=person.id,
        post=post.id if post else "",
        department=post.department if post else person.department,
        window=place.number if place else 0,
    )


def answer_card(command: AnswerCard, books: OversightBooks) -> Refusal | None:
    """By who is meant, on his post or as its chief; all of them or none. Late is better than never."""
    if not command.words.strip():
        return Refusal("words-missing", "还没写缘由，没有申辩。写一句再交。")
    if not 0 < len(command.cards) <= MOST_AT_ONCE:
        return Refusal("cards-missing", f"一次申辩 1 到 {MOST_AT_ONCE} 张，没有交。选好要申辩的再交。")
    found = [books.card(card) for card in dict.fromkeys(command.cards)]
    cards = [card for card in found if card is not None]
    if len(cards) < len(found):
        return _unknown
    for card in cards:
        if refusal := _may_not_answer(command, card, books):
            return refusal
    answer = CardAnswer(
        by=command.actor,
        at=command.at,
        words=command.words.strip()[:LONGEST],
        attachments=command.attachments,
        cause=command.cause[:LONGEST_CAUSE],
        acting_for=command.acting_for or "",
    )
    for card in cards:
        books.put_card(replace(card, answers=(*card.answers, answer)))
    return None


def _may_not_answer(command: AnswerCard, card: Card, books: OversightBooks) -> Refusal | None:
    if not card.open:
        return Refusal("card-ended", f"这张牌已经了结（{end_words[card.ended]}），没有再收申辩。刷新看看是怎么了结的。")
    chief = books.roster.chief_posts.get(card.department)
    own = card.person == command.actor or bool(card.post and card.post == command.post)
    if own or (chief is not None and command.post == chief.id):
        return None
    who = books.roster.name_of(card.person)
    return Refusal("not-your-card", f"这张牌是给{who} 的，没有申辩。由本人、同岗的人或本部门首席代表来答。")


def end_card(command: EndCard, books: OversightBooks) -> Refusal | None:
    """Once, with a reason, never by who is meant; an explanation must stand before it is taken."""
    card = books.card(command.card)
    if card is None:
        return _unknown
    if not card.open:
        return Refusal("card-ended", f"这张牌已经了结（{end_words[card.ended]}），没有再改。")
    if command.how not in end_words or not command.how:
        return Refusal("end-unknown", "没说维持、申辩成立还是撤销，没有了结。选一样再了结。")
    if not command.why.strip():
        return Refusal("reason-missing", "还没写理由，没有了结。写一句为什么再了结。")
    if card.person == command.actor:
        return Refusal("own-card", "这张牌是给您本人的，没有了结。由另一位监察员来了结。")
    if command.how == "explained" and not card.answers:
        return Refusal("answer-missing", "还没人申辩，不能记申辩成立。等申辩，或写明理由撤销。")
    why = command.why.strip()[:LONGEST]
    books.put_card(replace(card, ended=command.how, ended_by=command.actor, ended_at=command.at, why=why))
    task = books.task(task_id("card", card.id))
    if task is not None and task.open:
        books.put_task(closed(task, command, f"监察员了结：{end_words[command.how]}。{why}"))
    return None


card_use_cases = (
    UseCase(IssueCard, issue_card, "card"),
    UseCase(AnswerCard, answer_card, "answer_card"),
    UseCase(EndCard, end_card, "card"),
)
