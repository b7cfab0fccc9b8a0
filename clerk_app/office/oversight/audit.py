"""审计 who did what, when and where, under whose authority: a view of the journal here, and of the whole hall's at the centre.

There is no second record: every row is a journal row of somebody's machine, or a sign-in the centre noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from clerk_app.command import Refusal
from clerk_app.office.office import Office, Session
from clerk_app.office.oversight.audit_basis import basis_words
from clerk_app.office.oversight.audit_scope import POST_KINDS, Scope, scope_of
from clerk_app.office.oversight.kinds import audit_word, event_words, kind_words
from clerk_app.ports import Books, CentreAway, CentreProblem
from clerk_app.ports.audit import AuditAsked, AuditLine, AuditPage, Signer
from clerk_app.sync.verdicts import verdict_words

PAGE = 200
_not_yours = Refusal("audit-not-yours", "审计由监察员看，账号和岗位的由管理员看；您看不到，什么都没变。")
_signed_out = Refusal("signed-out", "还没登录，没有查。登录后再查。")


@dataclass(frozen=True, kw_only=True)
class AuditRow:
    """审计的一行 in words: who (for whom), what, about which number, where, resting on what, and what the centre said."""

    line: AuditLine
    who: str
    what: str
    place: str
    basis: str
    verdict: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """查到的 rows newest first; `whole` when the centre answered for the hall, else `said` is why not; `cursor` for more."""

    rows: tuple[AuditRow, ...]
    scope: Scope
    whole: bool
    said: str = ""
    cursor: str = ""


def scope(office: Office) -> Scope:
    """How much the signed-in person may see now."""
    session = office.session
    if session is None:
        return "none"
    at = office.parts.clock.now()
    return office.read(lambda books: scope_of(session.person.id, session.seat, at, books))


def look(office: Office, asked: AuditAsked, cursor: str = "", *, here: bool = False) -> Found | Refusal:
    """A page: of the hall from the centre, or of this machine when the line is cut or the person may see no more.

    `here` goes on in this machine's own journal where a page of it ended: a cursor belongs to one of the two.
    """
    session, seen = office.session, scope(office)
    if session is None:
        return _signed_out
    if seen == "none":
        return _not_yours
    asked = _understood(office, asked)
    if here or seen == "here":
        return _told(office, _here(office, asked, cursor, seen), seen, "")
    page, why = _ask_centre(office, session, asked, cursor)
    if page is not None:
        return _told(office, page, seen, "", whole=True)
    return _told(office, _here(office, asked, "", seen), seen, why)


def _understood(office: Office, asked: AuditAsked) -> AuditAsked:
    """A name typed for a number; somebody unknown is asked for as typed, and nothing is found."""
    person = office.hall.roster.find_person(asked.person) if asked.person else None
    return replace(asked, person=person.id if person else asked.person.strip())


def _here(office: Office, asked: AuditAsked, cursor: str, seen: Scope) -> AuditPage:
    if seen == "posts" and asked.number:
        return AuditPage(lines=())
    page = office.parts.vault.audit.page(asked, cursor, PAGE)
    if seen != "posts":
        return page
    return replace(page, lines=tuple(line for line in page.lines if line.kind in POST_KINDS))


def _ask_centre(office: Office, session: Session, asked: AuditAsked, cursor: str) -> tuple[AuditPage | None, str]:
    centre = office.parts.audit
    if centre is None:
        return None, ""
    try:
        return centre.page(asked, cursor, Signer(session.person.id, session.sign)), ""
    except CentreAway:
        return None, ""
    except CentreProblem as problem:
        return None, problem.sentence


def _told(office: Office, page: AuditPage, seen: Scope, why: str, *, whole: bool = False) -> Found:
    session = office.session
    rows = office.read(lambda books: rows_of(_shown(page.lines, session, books), books))
    said = "" if whole or seen == "here" else why or "线路断着，只看得到本机的，线路恢复后看全厅。"
    return Found(rows=rows, scope=seen, whole=whole, said=said, cursor=page.cursor)


def _shown(lines: Sequence[AuditLine], session: Session | None, books: Books) -> tuple[AuditLine, ...]:
    """Without the acts on complaints that are kept from this person at this window."""

    def hidden(subject: str) -> bool:
        word, _, key = subject.partition(":")
        row = books.complaint(key) if word == "complaint" else None
        return row is not None and session is not None and row.hidden_from(session.person.id, session.seat.window)

    return tuple(line for line in lines if not any(hidden(subject) for subject in line.subjects))


def rows_of(lines: Sequence[AuditLine], books: Books) -> tuple[AuditRow, ...]:
    """Lines in words."""
    name = books.roster.name_of
    return tuple(
        AuditRow(
            line=line,
            who=f"{name(line.actor)} 代 {name(line.acting_for)}"
            if line.acting_for
            else name(line.actor) or "不认识的账号",
            what=audit_word(line.kind),
            place=f"{line.window}号窗口" if line.window else "没有窗口",
            basis=basis_words(line, books),
            verdict=verdict_words.get(line.state, line.state) if line.hall_version else "中心记的",
        )
        for line in lines
    )


def kinds_of(seen: Scope) -> tuple[tuple[str, str], ...]:
    """What can be filtered by: kind and word, in the order people know."""
    shown = [(kind, word) for kind, word in kind_words.items() if seen != "posts" or kind in POST_KINDS]
    return tuple(shown if seen == "here" else [*shown, *event_words.items()])


def today(office: Office) -> date:
    """The hall's day."""
    return office.parts.clock.now().date()
