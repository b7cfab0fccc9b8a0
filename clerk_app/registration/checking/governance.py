"""组织机构 G-*: directors, supervisors, the audit committee, the legal representative, and who may not be both."""

from __future__ import annotations

from collections.abc import Iterator

from clerk_app.registration.checking.sheet import Row, Rule, Sheet, ticked, unsaid
from clerk_app.registration.findings import Finding
from clerk_app.registration.reading_values import text_of, whole_of

DIRECTORS, SUPERVISORS, MANAGERS = "/governance/directors", "/governance/supervisors", "/governance/managers"
BOARD, SINGLE = "董事会", "一名董事"
EMPLOYEE = "is_employee_rep"
SUPERVISORY, ONE, AUDIT, NONE = "监事会", "一名监事", "审计委员会", "不设"


def _supervision(sheet: Sheet) -> str:
    return sheet.text("/governance/supervision_mode")


def board(sheet: Sheet) -> Iterator[Finding]:
    """G-BOARD-MIN, G-CHAIR, G-SINGLE."""
    rows, mode = sheet.rows(DIRECTORS), sheet.text("/governance/board_mode")
    if mode == SINGLE and len(rows) != 1:
        yield sheet.found("G-SINGLE", DIRECTORS, count=len(rows))
    if mode != BOARD:
        return
    least = int(sheet.number("G-BOARD-MIN", "least"))
    if len(rows) < least:
        yield sheet.found("G-BOARD-MIN", DIRECTORS, count=len(rows), least=least)
    titles = [text_of(row.get("title")) for row in rows]
    chairs = titles.count("董事长")
    # A title still to be chosen may be the chair's; a second one is a second one whatever follows.
    if chairs > 1 or (rows and all(titles) and chairs == 0):
        yield sheet.found("G-CHAIR", DIRECTORS, count=chairs)


def terms(sheet: Sheet) -> Iterator[Finding]:
    """G-TERM."""
    most = int(sheet.number("G-TERM", "most"))
    for number, row in enumerate(sheet.rows(DIRECTORS)):
        years = whole_of(row.get("term_years"))
        if years is not None and years > most:
            who = _named(sheet, row, f"第 {number + 1} 位董事")
            yield sheet.found("G-TERM", f"{DIRECTORS}/{number}/term_years", who=who, years=years, most=most)


def _named(sheet: Sheet, row: Row, otherwise: str) -> str:
    return text_of(sheet.person(row.get("person")).get("name")) or otherwise


def legal_representative(sheet: Sheet) -> Iterator[Finding]:
    """G-LEGAL-REP; silent while a director or manager is still to be filled in."""
    place = "/governance/legal_rep/person"
    person, title = sheet.get(place), sheet.text("/governance/legal_rep/title")
    if not isinstance(person, str) or person not in sheet.people or not title:
        return
    held = [(row.get("person"), text_of(row.get("title"))) for at in (DIRECTORS, MANAGERS) for row in sheet.rows(at)]
    if (person, title) in held or not sheet.rows(DIRECTORS) or not all(key and named for key, named in held):
        return
    yield sheet.found("G-LEGAL-REP", place, who=sheet.called(sheet.people[person]), title=title)


def supervisors(sheet: Sheet) -> Iterator[Finding]:
    """G-SUP-MIN, G-SUP-EMP, G-SUP-ONE, G-AUDIT-SUP."""
    rows, mode = sheet.rows(SUPERVISORS), _supervision(sheet)
    count = len(rows)
    if mode == ONE and count != 1:
        yield sheet.found("G-SUP-ONE", SUPERVISORS, count=count)
    if mode == AUDIT and rows:
        yield sheet.found("G-AUDIT-SUP", SUPERVISORS, count=count)
    if mode != SUPERVISORY:
        return
    least, employees = int(sheet.number("G-SUP-MIN", "least")), ticked(rows, EMPLOYEE)
    if count < least:
        yield sheet.found("G-SUP-MIN", SUPERVISORS, count=count, least=least)
    elif (employees + unsaid(rows, EMPLOYEE)) * sheet.number("G-SUP-EMP", "share") < count:
        yield sheet.found("G-SUP-EMP", SUPERVISORS, count=count, employees=employees)


def concurrent(sheet: Sheet) -> Iterator[Finding]:
    """G-SUP-CONC."""
    roles = (("董事", _held_by(sheet, DIRECTORS)), ("经理", _held_by(sheet, MANAGERS)))
    finance = sheet.get("/finance_officer/person")
    for number, row in enumerate(sheet.rows(SUPERVISORS)):
        person = row.get("person")
        if not isinstance(person, str) or person not in sheet.people:
            continue
        also = [role for role, held in roles if person in held] + (["财务负责人"] if person == finance else [])
        if also:
            who, place = sheet.called(sheet.people[person]), f"{SUPERVISORS}/{number}/person"
            yield sheet.found("G-SUP-CONC", place, who=who, role="、".join(also))


def _held_by(sheet: Sheet, place: str) -> set[str]:
    return {row["person"] for row in sheet.rows(place) if isinstance(row.get("person"), str)}


def without_supervisors(sheet: Sheet) -> Iterator[Finding]:
    """G-AUDIT-MIN, G-NO-SUP."""
    mode, rows = _supervision(sheet), sheet.rows(DIRECTORS)
    if mode == AUDIT and rows:
        least = int(sheet.number("G-AUDIT-MIN", "joint_stock" if sheet.joint_stock else "limited"))
        members = ticked(rows, "in_audit_committee")
        if members + unsaid(rows, "in_audit_committee") < least:
            yield sheet.found("G-AUDIT-MIN", DIRECTORS, count=members, least=least)
    if mode != NONE:
        return
    if sheet.joint_stock:
        yield sheet.found("G-NO-SUP", "/governance/supervision_mode", "joint_stock")
    elif sheet.get("/governance/no_supervisor_unanimous") is not True:
        yield sheet.found("G-NO-SUP", "/governance/no_supervisor_unanimous")


def employee_director(sheet: Sheet) -> Iterator[Finding]:
    """G-EMP-DIR; a supervisory board with an employee representative answers for it, and one still unknown may."""
    staff, least = whole_of(sheet.get("/company/staff_count")), int(sheet.number("G-EMP-DIR", "staff_limit"))
    rows = sheet.rows(DIRECTORS)
    if staff is None or staff < least or sheet.text("/governance/board_mode") != BOARD or not rows:
        return
    mode, others = _supervision(sheet), sheet.rows(SUPERVISORS)
    supervised = not mode or (mode == SUPERVISORY and (not others or _may_have(others)))
    if not _may_have(rows) and not supervised:
        yield sheet.found("G-EMP-DIR", DIRECTORS, staff=staff, staff_limit=least)


def _may_have(rows: list[Row]) -> bool:
    return ticked(rows, EMPLOYEE) + unsaid(rows, EMPLOYEE) > 0


governance_rules: tuple[Rule, ...] = (
    board,
    terms,
    legal_representative,
    supervisors,
    concurrent,
    without_supervisors,
    employee_director,
)
