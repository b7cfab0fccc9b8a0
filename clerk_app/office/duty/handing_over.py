"""交接 the list for a substitution and the report back, made from the books: what lies on the post, and what was done meanwhile.

At noon only tickets, papers and seals go over. The same at every desk: B may take it at his own, or at A's by his PIN.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from clerk_app.cases.model import Case
from clerk_app.cases.states import CaseState, state_words
from clerk_app.command import Refusal, ticket_subject
from clerk_app.duty.handover import NodHandover, handover_id
from clerk_app.duty.model import Person, Seat
from clerk_app.duty.noon import NOON, made_at_noon, noon_turns
from clerk_app.duty.records import Direction, Handover, Substitution, Thing
from clerk_app.office.countersigning import unlock
from clerk_app.office.duty import cover
from clerk_app.office.duty.locking import PIN_LENGTH
from clerk_app.office.office import Beside, Office, Outcome
from clerk_app.office.secrets import Secret, ask_centre, ask_here
from clerk_app.ports import Books, CentreAway, PersonKey
from clerk_app.queueing.model import Ticket
from clerk_app.queueing.model import state_words as ticket_words

OPEN: tuple[CaseState, ...] = ("received", "accepted", "to_authorise", "granted", "refused")
AHEAD, LATE = timedelta(days=1), timedelta(days=3)
OWN_WORDS_AFTER = timedelta(hours=4)
MOST_CASES = 1000


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """等着点头的交接 one handover the signed-in person has to do with; `giving` is his side of it."""

    substitution: Substitution
    direction: Direction
    things: tuple[Thing, ...]
    words: str
    giver: str
    taker: str
    given_at: datetime | None
    taken_at: datetime | None
    giving: bool
    own_words: bool

    @property
    def mine_open(self) -> bool:
        """Whether it waits for him."""
        return (self.given_at if self.giving else self.taken_at) is None


def waiting_for(books: Books, person: str, at: datetime) -> tuple[Waiting, ...]:
    """等着点头的 of this person, those that wait for him first, the latest first."""
    found = [one for sub in _meant(books, person, at) for one in _of(books, sub, person, at)]
    return tuple(sorted(found, key=lambda one: (not one.mine_open, -one.substitution.start.timestamp())))


def _meant(books: Books, person: str, at: datetime) -> tuple[Substitution, ...]:
    """Substitutions of which he is the one or the other, not long over and not far ahead."""
    made = {one.id: one for one in books.substitutions_since((at - LATE).date())}
    for turn in noon_turns(books, at.date()):
        noon = made_at_noon(books, turn, at)
        if noon is not None:
            made.setdefault(noon.id, noon)
    near = (one for one in made.values() if one.start - AHEAD <= at and one.start < one.until)
    return tuple(one for one in near if person in (one.a, one.b))


def _of(books: Books, sub: Substitution, person: str, at: datetime) -> list[Waiting]:
    rows = {row.direction: row for row in books.handovers_of(sub.id)}
    out, back = rows.get("out"), rows.get("back")
    if at < sub.until:
        due = _about_to(sub, at) and not (out and out.done)
        # Nobody gives what he could not: A was gone before anybody knew.
        gone = sub.a == person and sub.start <= at and sub.cause != NOON
        return [_waiting(books, sub, "out", (out, person), at)] if due and not gone else []
    used = bool(out and (out.taken_at or out.given_at)) or bool(acts_of(books, sub))
    done = back is not None and back.done
    return [_waiting(books, sub, "back", (back, person), at)] if used and not done else []


def _about_to(sub: Substitution, at: datetime) -> bool:
    """A noon turn is handed over in the hour before; leave of a day the day before (先进后出)."""
    return at >= sub.start - (timedelta(hours=1) if sub.cause == NOON else AHEAD)


def _waiting(
    books: Books, sub: Substitution, direction: Direction, said: tuple[Handover | None, str], at: datetime
) -> Waiting:
    known, person = said
    fresh = handover_things(books, sub, at)
    row = known if known is not None and not _changed(known, fresh, begun=at >= sub.start) else None
    giver, taker = (sub.a, sub.b) if direction == "out" else (sub.b, sub.a)
    report = report_words(books, sub) if direction == "back" else ""
    return Waiting(
        substitution=sub,
        direction=direction,
        things=row.things if row else fresh,
        words=(row.words if row else "") or report,
        giver=giver,
        taker=taker,
        given_at=row.given_at if row else None,
        taken_at=row.taken_at if row else None,
        giving=person == giver,
        own_words=direction == "back" and sub.until - sub.start > OWN_WORDS_AFTER,
    )


def _changed(row: Handover, fresh: tuple[Thing, ...], *, begun: bool) -> bool:
    """Before it begins, a list that grew or shrank is nodded to anew; tickets come and go, and bind nobody beforehand."""
    lasting = [{thing.id for thing in things if thing.kind != "ticket"} for things in (row.things, fresh)]
    return not begun and lasting[0] != lasting[1]


def handover_things(books: Books, sub: Substitution, at: datetime) -> tuple[Thing, ...]:
    """交接单 what lies on the post: open cases the earliest due first, tickets, papers, seals."""
    cases = _cases_of(books, sub, OPEN) if sub.cause != NOON else ()
    return (
        *map(_case_thing, _by_due(cases)),
        *_tickets(books, sub, at),
        *_papers(books, sub, cases),
        *_seals(books, sub),
    )


def _window(books: Books, sub: Substitution) -> int:
    place = books.roster.window_of_post.get(sub.post)
    return place.number if place else 0


def _cases_of(books: Books, sub: Substitution, states: tuple[CaseState, ...]) -> tuple[Case, ...]:
    """Of this post: handled by its A角 at its window, or by somebody for him."""
    window = _window(books, sub)
    found = books.cases_in(states)
    return tuple(one for one in found if one.window == window and sub.a in (one.handler, one.acting_for))


def _by_due(cases: tuple[Case, ...]) -> list[Case]:
    return sorted(cases, key=lambda one: (one.due is None, one.due.promised if one.due else one.received_at.date()))


def _case_thing(case: Case) -> Thing:
    due = case.due.promised.isoformat() if case.due else ""
    return Thing(kind="case", id=case.id, words=f"{_name(case)} {state_words[case.state]}", due=due)


def _name(case: Case) -> str:
    """No applicant's name: the list is kept at the centre and printed on no paper."""
    return f"{case.case_no or case.query_code} {case.item_name}"


def _tickets(books: Books, sub: Substitution, at: datetime) -> tuple[Thing, ...]:
    """Called, served or held at the window; at the window's own machine also those no other may call."""
    window = books.roster.window_of_post.get(sub.post)
    if window is None:
        return ()
    tickets = books.tickets_of(at.date(), window.letters)
    here = [one for one in tickets if one.window == window.number and one.state in ("called", "serving", "held")]
    own = [
        one
        for one in tickets
        if one.state == "waiting"
        and one.taken_window == window.number
        and books.holder(ticket_subject(one.id)) is not None
    ]
    return tuple(Thing(kind="ticket", id=one.id, words=_ticket_words(books, one)) for one in (*here, *own))


def _ticket_words(books: Books, ticket: Ticket) -> str:
    """A held one says why, and who sent the person off: he will ask for that name."""
    said = f"{ticket.number} {ticket_words[ticket.state]}"
    parked = ticket.parked if ticket.state == "held" else None
    return f"{said}：{parked.reason}（{books.roster.name_of(parked.by)}）" if parked is not None else said


def _papers(books: Books, sub: Substitution, cases: tuple[Case, ...]) -> tuple[Thing, ...]:
    """Results nobody has fetched, and the papers of what is open."""
    results = (
        Thing(kind="paper", id=one.id, words=f"{one.decision.document_no if one.decision else _name(one)} 待领")
        for one in _cases_of(books, sub, ("sealed",))
    )
    brought = (
        Thing(kind="paper", id=one.id, words=f"{one.case_no or one.query_code} 收到的材料 {one.brought} 份")
        for one in cases
        if one.brought
    )
    return (*results, *brought)


def _seals(books: Books, sub: Substitution) -> tuple[Thing, ...]:
    """Those the A角 keeps, and those that stay at his window."""
    window = _window(books, sub)
    kept = (one for one in books.roster.seals.values() if one.custodian == sub.a or (window and one.window == window))
    return tuple(Thing(kind="seal", id=one.id, words=one.name) for one in kept)


@dataclass(frozen=True)
class Acts:
    """办了什么 how many of each in the interval, in the order of a visit."""

    counts: tuple[tuple[str, int], ...]

    def __bool__(self) -> bool:
        return any(count for _, count in self.counts)


def acts_of(books: Books, sub: Substitution) -> Acts:
    """代办的 what the substitute did on this post, by what the books say of it."""
    cases = [one for one in books.latest_cases(MOST_CASES) if _on_post(books, sub, one)]

    def during(at: datetime | None) -> bool:
        return at is not None and sub.start <= at <= sub.until

    def by_b(who: str) -> bool:
        return who == sub.b

    taken = [one for one in cases if by_b(one.handler) and one.acting_for == sub.a and during(one.received_at)]
    return Acts(
        (
            ("接待", _served(books, sub)),
            ("收件", len(taken)),
            ("受理", sum(1 for one in taken if during(one.accepted_at))),
            ("提意见", sum(1 for c in cases if c.proposal and by_b(c.proposal.by) and during(c.proposal.at))),
            ("决定", sum(1 for c in cases if c.decision and by_b(c.decision.by) and during(c.decision.at))),
            ("送达", sum(1 for c in cases if c.handed_over and by_b(c.handed_over.by) and during(c.handed_over.at))),
        )
    )


def _on_post(books: Books, sub: Substitution, case: Case) -> bool:
    post = books.roster.posts.get(sub.post)
    if post is not None and post.chief:
        return case.department == post.department
    return case.window == _window(books, sub) and sub.a in (case.handler, case.acting_for)


def _served(books: Books, sub: Substitution) -> int:
    window = books.roster.window_of_post.get(sub.post)
    if window is None or not window.letters:
        return 0
    days = [sub.start.date() + timedelta(days=n) for n in range((sub.until.date() - sub.start.date()).days + 1)][:31]
    return sum(
        1
        for day in days
        for one in books.tickets_of(day, window.letters)
        if one.clerk == sub.b
        and one.window == window.number
        and one.ended_at is not None
        and one.state == "finished"
        and sub.start <= one.ended_at <= sub.until
    )


def report_words(books: Books, sub: Substitution) -> str:
    """返岗说明 in words: what was done in the name of the A角, and what is still open."""
    a, b = books.roster.name_of(sub.a), books.roster.name_of(sub.b)
    units = {"接待": "个号"}
    said = [f"{word} {count} {units.get(word, '件')}" for word, count in acts_of(books, sub).counts if count]
    done = "，".join(said) if said else "没有办件"
    still = _by_due(_cases_of(books, sub, OPEN))
    names = "；".join(f"{_name(one)}（{state_words[one.state]}）" for one in still[:5])
    more = f"等 {len(still)} 件" if len(still) > 5 else ""
    rest = f"还没办完 {len(still)} 件：{names}{more}。" if still else "没有没办完的。"
    return f"{b} 代 {a}，{_span(sub)}：{done}。{rest}"


def _span(sub: Substitution) -> str:
    start, end = sub.start, sub.until
    if start.date() == end.date():
        return f"{start.month}月{start.day}日 {start:%H:%M}–{end:%H:%M}"
    return f"{start.month}月{start.day}日 {start:%H:%M} 至 {end.month}月{end.day}日 {end:%H:%M}"


def nod(office: Office, one: Waiting, words: str = "") -> Outcome:
    """点头 of the signed-in person; what he adds stands under the machine's report."""
    if one.giving and one.own_words and not words.strip():
        return Refusal("words-missing", "顶了半天以上，写一句交代的话再点头。交接单没有变。")
    return cover.nod(office, one.substitution.id, one.direction, one.things, giving=one.giving, words=_with(one, words))


def nod_beside(office: Office, one: Waiting, typed: str) -> Outcome:
    """点头 of the other one who stands at this desk, by his own PIN or password: two nods at one place, by two people."""
    person = office.hall.roster.people.get(one.taker if one.giving else one.giver)
    if person is None:
        return Refusal("unknown-person", "这个人不在名单里，交接单没有变。请他在自己的窗口点头。")
    key = _key_of(office, person, typed)
    if isinstance(key, Refusal):
        return key
    stamp = office.stamp_of(
        person, Seat(window=office.window, post=office.stamp().post), f"present:{one.substitution.post}"
    )
    command = NodHandover(
        **stamp.fields(office.parts.new_id),
        handover=handover_id(one.substitution.id, one.direction),
        substitution=one.substitution.id,
        direction=one.direction,
        giving=not one.giving,
        things=one.things,
        words=_with(one, ""),
    )
    return office.do(command, beside=Beside(sign=key.sign))


def _key_of(office: Office, person: Person, typed: str) -> PersonKey | Refusal:
    """Not everybody has a PIN; six digits are one."""
    if typed.isdecimal() and len(typed) == PIN_LENGTH:
        return unlock(office, person, typed, None)
    secret = Secret(typed, office.window)
    try:
        return ask_centre(office, person, secret)
    except CentreAway:
        return ask_here(office, person, secret)


def _with(one: Waiting, words: str) -> str:
    if not words.strip() or one.direction == "out":
        return words.strip() or one.words
    return f"{one.words}\n本人说明：{words.strip()}"
