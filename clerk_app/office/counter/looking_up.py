"""找件查状态 what the pages ask: this machine's cases, the centre's, and the one status line of any case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clerk_app.cases.back_entry.model import UNCHECKED
from clerk_app.cases.finding import (
    CaseLine,
    Lines,
    StatusLine,
    Worklist,
    folded,
    parse,
    status_of,
)
from clerk_app.cases.looking_up import RecordLookup
from clerk_app.command import Refusal
from clerk_app.duty.standing import standing_of
from clerk_app.office.office import Office
from clerk_app.ports import Books, CentreAway, CentreProblem
from clerk_app.ports.audit import Signer
from clerk_app.ports.finding import LookUpBy

CODE_LENGTH, MOST = 8, 200
SLICE = 500
_signed_out = Refusal("signed-out", "还没登录，没有查。登录后再查。")
_nothing = Refusal("nothing-asked", "还没写查询码或证件号，没有查。写全了再查。")


@dataclass(frozen=True, kw_only=True)
class Looked:
    """查到的状态 one line a case; `here` when the line was cut and this machine alone was asked."""

    lines: tuple[StatusLine, ...]
    here: bool = False


@dataclass(frozen=True, kw_only=True)
class Wider:
    """中心找到的 masked, to be read only."""

    lines: tuple[CaseLine, ...]
    more: bool = False


def unchecked_here(office: Office) -> frozenset[str]:
    """补录待核 the cases that wait for a second person to compare them with their paper."""
    return frozenset(sheet.case for sheet in office.read(lambda books: books.kit_sheets_in(UNCHECKED)))


def find_here(office: Office, text: str, limit: int = MOST) -> Lines:
    """Among this machine's cases."""
    today = office.parts.clock.now().date()
    return office.parts.vault.finder.find(parse(text, office.hall.items, today), limit)


def listed_here(office: Office, kind: Worklist, limit: int = MOST) -> Lines:
    """A list of the day."""
    today = office.parts.clock.now().date()
    return office.parts.vault.finder.listed(kind, mine(office), today, limit)


def counts_here(office: Office) -> Mapping[Worklist, int]:
    """How many are on each list."""
    return office.parts.vault.finder.counts(mine(office), office.parts.clock.now().date())


def mine(office: Office) -> tuple[str, ...]:
    """我的和顶岗 myself, and the A角 of every post I act on now."""
    session = office.session
    if session is None:
        return ()
    at, person = office.parts.clock.now(), session.person.id

    def whose(books: Books) -> list[str]:
        standings = (standing_of(books, person, post, at) for post in office.hall.roster.posts.values())
        return [standing.acting_for for standing in standings if standing.acting_for]

    return tuple(dict.fromkeys((person, *office.read(whose))))


def find_wider(office: Office, text: str, limit: int = MOST) -> Wider | Refusal:
    """At the centre, among the cases of his departments. Asks the net."""
    session, centre = office.session, office.parts.finding
    if session is None:
        return _signed_out
    away = Refusal("line-cut", "线路断着，只找了本机的办件。线路恢复后再到中心找。")
    if centre is None:
        return away
    try:
        found = centre.search(text, limit, Signer(session.person.id, session.sign))
    except CentreAway:
        return away
    except CentreProblem as problem:
        return Refusal(problem.type, problem.sentence)
    return Wider(lines=found.lines, more=found.more)


def look_up(office: Office, typed: str) -> Looked | Refusal:
    """状态行 of any case by query code or number of a person; the centre notes it, or with the line cut the journal here."""
    session, centre, number = office.session, office.parts.finding, folded(typed)
    if session is None:
        return _signed_out
    if not number:
        return _nothing
    by: LookUpBy = "code" if len(number) == CODE_LENGTH else "id"
    if centre is not None:
        try:
            return Looked(lines=centre.status(by, typed.strip(), Signer(session.person.id, session.sign)))
        except CentreProblem as problem:
            return Refusal(problem.type, problem.sentence)
        except CentreAway:
            pass
    return _look_here(office, by, number)


def _look_here(office: Office, by: LookUpBy, number: str) -> Looked | Refusal:
    """What is shown is recorded first."""
    cases = office.parts.vault.finder.exactly(by, number)
    for case in cases:
        fields = office.stamp().fields(office.parts.new_id)
        done = office.do(RecordLookup(**fields, case=case.id, by=by))
        if isinstance(done, Refusal):
            return done
    name_for = office.hall.roster.name_for
    lines = tuple(status_of(case, office.hall.items.get(case.item), name_for) for case in cases)
    return Looked(lines=lines, here=True)


def unwritten(office: Office) -> int:
    """How many cases of an older file the index does not know yet."""
    return office.parts.vault.finder.unwritten()


def write_some(office: Office) -> int:
    """补编索引 one slice; how many are left."""
    return office.parts.vault.finder.unwritten() if office.parts.vault.finder.catch_up(SLICE) else 0
