"""监察与提醒 what a person sees of cards and warnings, and what he does with them: explain, issue, end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from clerk_app.cases.model import Case
from clerk_app.cases.routing.model import as_given
from clerk_app.command import Refusal
from clerk_app.duty.model import Person
from clerk_app.office.office import Office, Outcome, Session
from clerk_app.oversight.card import Card, CardEnd, Cause, Meant, Whose, meant_by, proposed_cause
from clerk_app.oversight.card_acts import AnswerCard, EndCard, IssueCard
from clerk_app.oversight.cards import CardFinding, CardKind, cards_of
from clerk_app.oversight.model import Cut
from clerk_app.ports import Books

MOST = 500
ENDED_FOR = timedelta(days=30)
"""How long an ended card stays in the list."""
CUTS = 60

Scope = Literal["mine", "department", "all"]
_ranks = {kind: rank for rank, kind in enumerate(("remind", "yellow", "red", "severe"))}


@dataclass(frozen=True, kw_only=True)
class SeenCard:
    """看到的牌 a card with the cause that is proposed for it, and the other cards the same explanation would answer."""

    card: Card
    cause: Cause | None = None
    alike: tuple[str, ...] = ()
    mine: bool = False


@dataclass(frozen=True, kw_only=True)
class Expected:
    """预计 of one case the worst that has no card here yet: a warning, or a card the centre has not written, as counted here."""

    finding: CardFinding
    case_no: str
    item_name: str
    meant: Meant


@dataclass(frozen=True, kw_only=True)
class Watch:
    """监察与提醒 cards and what is expected, within what this person may see."""

    scope: Scope
    cards: tuple[SeenCard, ...] = ()
    expected: tuple[Expected, ...] = ()


def scopes_of(person: Person) -> tuple[Scope, ...]:
    """What he may look at: his own; a chief representative his department's too; manager and supervisor the whole hall's."""
    if "supervisor" in person.roles:
        return ("all",)
    if "duty_manager" in person.roles:
        return ("mine", "department", "all")
    return ("mine", "department") if "chief_rep" in person.roles else ("mine",)


def watch(office: Office, scope: Scope) -> Watch:
    """Read and count; nothing is written. A scope he has not is his first one."""
    session = office.session
    if session is None:
        return Watch(scope=scope)
    mine = scopes_of(session.person)
    wanted = scope if scope in mine else mine[0]
    return office.read(lambda books: _watch(office, session, wanted, books))


def _watch(office: Office, session: Session, scope: Scope, books: Books) -> Watch:
    now, hall = office.parts.clock.now(), office.hall
    known = {card.id: card for card in (*books.open_cards(MOST), *books.cards_since(now - ENDED_FOR, MOST))}
    departments = _departments(office, session) if scope == "department" else ()
    shown = _shown(session, scope, departments)
    whose = Whose(person=session.person.id, window=session.seat.window, departments=departments)
    cards = [card for card in known.values() if shown(_meant(card))]
    limits = (limit for item in hall.items.values() for limit in (item.promised, item.statutory))
    until = hall.supervision.horizon(now.date(), limits, hall.calendar)
    given = {row.id: row for row in books.assigned_in_hand()} if hall.routing.rules else {}
    expected = []
    for case in books.cases_to_watch(until, MOST, None if scope == "all" else whose):
        meant = meant_by(as_given(case, given.get(case.id)), hall.roster)
        if not shown(meant):
            continue
        found = cards_of(case, hall.items.get(case.item), hall.supervision, hall.calendar, hall.off_work, now)
        fresh = [one for one in found if one.id not in known]
        if fresh:
            worst = max(fresh, key=lambda one: (_ranks[one.kind], one.since))
            expected.append(Expected(finding=worst, case_no=case.case_no, item_name=case.item_name, meant=meant))
    expected.sort(key=lambda one: (not one.finding.overdue, one.finding.due, one.case_no))
    return Watch(scope=scope, cards=_with_causes(cards, session, books), expected=tuple(expected))


def _departments(office: Office, session: Session) -> tuple[str, ...]:
    roster, me = office.hall.roster, session.person.id
    mine = (*roster.held_posts.get(me, ()), *roster.backed_posts.get(me, ()))
    return tuple(sorted({post.department for post in mine}))


def _shown(session: Session, scope: Scope, departments: tuple[str, ...]) -> Callable[[Meant], bool]:
    me = session.person.id

    def shown(meant: Meant) -> bool:
        if scope == "all":
            return True
        own = meant.person == me or bool(meant.post and meant.post == session.seat.post)
        return own or meant.department in departments

    return shown


def _meant(card: Card) -> Meant:
    return Meant(person=card.person, post=card.post, department=card.department, window=card.window)


def _with_causes(cards: Iterable[Card], session: Session, books: Books) -> tuple[SeenCard, ...]:
    """Open and overdue ones first, the oldest on top; ended ones after, newest first."""
    cuts: tuple[Cut, ...] = books.latest_cuts(CUTS)
    causes: dict[str, Cause] = {}
    alike: dict[str, list[str]] = {}
    ordered = sorted(cards, key=lambda card: (not card.open, bool(card.answers), card.answer_by, card.made_at, card.id))
    for card in ordered:
        cause = proposed_cause(card, cuts, _case_of(card, books)) if card.open and not card.answers else None
        if cause is not None:
            causes[card.id] = cause
            alike.setdefault(f"{cause.key}:{card.person}", []).append(card.id)
    return tuple(
        SeenCard(
            card=card,
            cause=(cause := causes.get(card.id)),
            alike=tuple(one for one in alike[f"{cause.key}:{card.person}"] if one != card.id) if cause else (),
            mine=card.person == session.person.id or bool(card.post and card.post == session.seat.post),
        )
        for card in ordered
    )


def _case_of(card: Card, books: Books) -> Case | None:
    return books.case(card.case) if card.case else None


def answer_cards(
    office: Office, cards: tuple[str, ...], words: str, cause: str = "", attachments: tuple[str, ...] = ()
) -> Outcome:
    """申辩 one explanation for these cards."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(AnswerCard(**fields, cards=cards, words=words, cause=cause, attachments=attachments))


def issue_card(office: Office, about: str, colour: CardKind, reason: str) -> Outcome:
    """发牌 about a case by its number, or to a person by number or name."""
    wanted = about.strip()
    case = office.read(lambda books: books.case_numbered(wanted)) if wanted else None
    person = office.hall.roster.find_person(wanted) if case is None and wanted else None
    if case is None and person is None:
        return Refusal("card-for-nobody", f"没有编号或工号是“{wanted}”的，没有发牌。核对了再发。")
    now, hall = office.parts.clock.now(), office.hall
    command = IssueCard(
        **office.stamp().fields(office.parts.new_id),
        card=office.parts.new_id(),
        colour=colour,
        reason=reason,
        answer_by=hall.calendar.due(now.date(), hall.supervision.card_reply_workdays).due,
        case=case.id if case else "",
        person=person.id if person else "",
    )
    return office.do(command)


def end_card(office: Office, card: str, how: CardEnd, why: str) -> Outcome:
    """了结 a card: kept, explained or withdrawn."""
    return office.do(EndCard(**office.stamp().fields(office.parts.new_id), card=card, how=how, why=why))
