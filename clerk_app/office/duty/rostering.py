"""人员与岗位变动 lists that wait and lists that were, each line as before → after; asked by an administrator, confirmed by another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clerk_app.command import Refusal
from clerk_app.duty.authority import Act, Yes, may
from clerk_app.duty.model import Post, Roster, role_words
from clerk_app.duty.roster_changes import (
    AskRosterChange,
    ConfirmRosterChange,
    DropRosterChange,
    FirstPassword,
    RosterChange,
)
from clerk_app.duty.roster_lines import (
    NEEDS_SECRET,
    OF_CALENDAR,
    RosterLine,
    changed_roster,
    roster_trouble,
    what_words,
)
from clerk_app.hall import read_hall
from clerk_app.office.office import Office, Outcome
from clerk_app.ports import Books

SHOWN = 40
NOTHING = "（没有）"


@dataclass(frozen=True, kw_only=True)
class LineWords:
    """一行变动 about whom, what, and how it is before and after."""

    about: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """一份变动 with its lines in words; `why_not_confirm` is why the signed-in person cannot be the second one (empty: he can)."""

    change: RosterChange
    lines: tuple[LineWords, ...]
    asked_by: str
    closed_by: str
    why_not_confirm: str = ""


@dataclass(frozen=True, kw_only=True)
class RosterDesk:
    """变动台 lists newest first, and what the signed-in person may do."""

    rows: tuple[ChangeRow, ...]
    may_ask: bool
    may_see: bool


@dataclass(frozen=True)
class Handout:
    """首次密码 shown once to who confirmed, to be handed to the person; it must be changed at the first sign-in."""

    person: str
    name: str
    password: str


@dataclass(frozen=True)
class Confirmed:
    """确认了 the list is on its way to the centre, which makes it the hall's."""

    command: str
    handouts: tuple[Handout, ...] = ()


def roster_desk(office: Office) -> RosterDesk:
    """Read it all. A list is told against the roster it was made against: what is done already still shows what it did."""
    session = office.session
    if session is None:
        return RosterDesk(rows=(), may_ask=False, may_see=False)
    at, seat, person = office.parts.clock.now(), session.seat, session.person.id

    def ask(books: Books) -> tuple[Yes | Refusal, Yes | Refusal, tuple[RosterChange, ...]]:
        asks, confirms = (
            may(Act(actor=person, action=action, at=at, post=seat.post, window=seat.window), books)
            for action in ("catalogue", "confirm_roster")
        )
        return asks, confirms, books.latest_roster_changes(SHOWN)

    asks, confirms, changes = office.read(ask)
    if not (isinstance(asks, Yes) or isinstance(confirms, Yes) or confirms.type == "see-only"):
        return RosterDesk(rows=(), may_ask=False, may_see=False)
    why = "" if isinstance(confirms, Yes) else "由值班长或另一位管理员确认"
    rosters = {version: _roster_then(office, version) for version in {one.hall_version for one in changes}}
    rows = tuple(_row(change, rosters[change.hall_version], person, why) for change in changes)
    return RosterDesk(rows=rows, may_ask=isinstance(asks, Yes), may_see=True)


def _roster_then(office: Office, version: str) -> Roster:
    """Of that version, or the one in force where this machine never had it."""
    known = office.parts.vault.keep.hall_document(version) if version != office.hall.version else None
    return office.hall.roster if known is None else read_hall(dict(known), version).roster


def _row(change: RosterChange, roster: Roster, person: str, why: str) -> ChangeRow:
    if not why and person == change.asked_by:
        why = "提的是您本人，要另一人确认"
    elif not why and person in change.concerned:
        why = "这份变动里有您自己，要另一人确认"
    closed = change.confirmed_by or change.dropped_by
    return ChangeRow(
        change=change,
        lines=lines_words(change.lines, roster),
        asked_by=roster.name_of(change.asked_by),
        closed_by=roster.name_of(closed) if closed else "",
        why_not_confirm=why,
    )


def lines_words(lines: Sequence[RosterLine], roster: Roster) -> tuple[LineWords, ...]:
    """Each as before → after; a newcomer of the same list is called by his name."""
    return tuple(line_words(line, roster, changed_roster(roster, lines)) for line in lines)


def line_words(line: RosterLine, roster: Roster, after: Roster) -> LineWords:
    """Before → after, by the two rosters."""
    what = what_words[line.what]
    if line.what in OF_CALENDAR:
        return _calendar_words(line, what)
    if line.what == "post":
        old, new = roster.posts.get(line.id), after.posts.get(line.id)
        return LineWords(
            about=old.name if old else line.id, what=what, before=_post(old, roster), after=_post(new, after)
        )
    about = f"{line.name or roster.name_of(line.id)}（{line.id}）"
    before, later = (_person(line, one) for one in (roster, after))
    if line.what in _accounts:
        before, later = _accounts[line.what]
    return LineWords(about=about, what=what, before=before, after=later)


def _calendar_words(line: RosterLine, what: str) -> LineWords:
    if line.what == "year":
        return LineWords(
            about=f"{line.id} 年", what=what, before="没列到的日子算暂定", after="没列到的日子照平常的周，不再暂定"
        )
    about = line.id + (f" 到 {line.until.isoformat()}" if line.until else "")
    after = f"{'上班' if line.workday else '放假'}，{line.name}"
    return LineWords(about=about, what=what, before="照现在的日历", after=after)


_accounts = {
    "disable": ("能登录", "不能登录，PIN 一起停"),
    "enable": ("不能登录", "能登录"),
    "reset": ("原来的密码", "首次密码，登录时要换"),
}


def _person(line: RosterLine, roster: Roster) -> str:
    person = roster.people.get(line.id)
    if person is None:
        return "名单里没有"
    if line.what == "skills":
        return "、".join(person.skills) or NOTHING
    if line.what == "learner":
        until, mentor = person.learner_until, roster.name_of(person.mentor)
        return f"到 {until}，带教人 {mentor}" if until else "不在学习期"
    words = "、".join(role_words.get(role, role) for role in person.roles)
    department = roster.departments.get(person.department)
    return words if line.what == "roles" else f"{department.name if department else person.department}，{words}"


def _post(post: Post | None, roster: Roster) -> str:
    if post is None:
        return "没有这个岗位"
    needs = f"，要{'、'.join(post.qualifications)}" if post.qualifications else ""
    return f"A角 {roster.name_of(post.a)}，B角 {roster.name_of(post.b)}{needs}"


def trouble_of(office: Office, lines: Sequence[RosterLine]) -> str:
    """What the centre would say of these lines, as far as the roster here knows; empty when nothing."""
    return roster_trouble(office.hall.roster, lines)


def ask(office: Office, lines: Sequence[RosterLine], paper: str) -> Outcome:
    """提变动 against the hall version in force here."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(AskRosterChange(**fields, change=office.parts.new_id(), lines=tuple(lines), paper=paper))


def confirm(office: Office, change: str) -> Confirmed | Refusal:
    """确认 the whole list; first passwords are made here, shown once, and leave this machine as Argon2id only. Slow."""
    row = office.read(lambda books: books.roster_change(change))
    people = [line for line in row.lines if line.what in NEEDS_SECRET] if row else []
    roster = office.hall.roster
    handouts = tuple(
        Handout(line.id, line.name or roster.name_of(line.id), office.parts.new_query_code()) for line in people
    )
    passwords = tuple(FirstPassword(one.person, office.parts.locksmith.verifier(one.password)) for one in handouts)
    fields = office.stamp().fields(office.parts.new_id)
    outcome = office.do(ConfirmRosterChange(**fields, change=change, first_passwords=passwords))
    return outcome if isinstance(outcome, Refusal) else Confirmed(outcome.command, handouts)


def drop(office: Office, change: str, reason: str) -> Outcome:
    """撤回, with the reason."""
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(DropRosterChange(**fields, change=change, reason=reason))
