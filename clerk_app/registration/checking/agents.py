"""联络与代办 A-*: an agency's agent is not the liaison, says whose agent he is, and acts within his term."""

from __future__ import annotations

from collections.abc import Iterator

from clerk_app.registration.checking.sheet import Rule, Sheet
from clerk_app.registration.findings import Finding

AGENCY = "登记代理机构"


def agency(sheet: Sheet) -> Iterator[Finding]:
    """A-LIAISON, A-DECLARE."""
    if sheet.text("/agent/kind") != AGENCY:
        return
    liaison = sheet.get("/liaison/person")
    if isinstance(liaison, str) and liaison in sheet.people and liaison == sheet.get("/agent/person"):
        yield sheet.found("A-LIAISON", "/liaison/person", who=sheet.called(sheet.people[liaison]))
    if sheet.get("/agent/identity_declared") is not True:
        yield sheet.found("A-DECLARE", "/agent/identity_declared")


def term(sheet: Sheet) -> Iterator[Finding]:
    """A-TERM: both days belong to it; one end alone is judged too."""
    begin, end = sheet.day("/agent/valid_from"), sheet.day("/agent/valid_to")
    if (begin is not None and sheet.as_of < begin) or (end is not None and end < sheet.as_of):
        first, last = begin or "（没填）", end or "（没填）"
        yield sheet.found("A-TERM", "/agent/valid_to", valid_from=first, valid_to=last, as_of=sheet.as_of)


agent_rules: tuple[Rule, ...] = (agency, term)
