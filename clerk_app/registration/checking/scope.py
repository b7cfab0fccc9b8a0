"""经营范围 S-*: at least one entry, one of them the main one, permits before and after."""

from __future__ import annotations

from collections.abc import Iterator

from clerk_app.registration.checking.sheet import Rule, Sheet, ticked, unsaid
from clerk_app.registration.findings import Finding
from clerk_app.registration.reading_values import text_of

SCOPE = "/company/scope"


def main_entry(sheet: Sheet) -> Iterator[Finding]:
    """S-EMPTY, S-MAIN."""
    rows = sheet.rows(SCOPE)
    if not rows:
        yield sheet.found("S-EMPTY", SCOPE)
        return
    main = ticked(rows, "is_main")
    # One not yet said may be the main one; a second one is a second one whatever follows.
    if main > 1 or (main == 0 and not unsaid(rows, "is_main")):
        yield sheet.found("S-MAIN", SCOPE, count=main)


def approvals(sheet: Sheet) -> Iterator[Finding]:
    """S-PRE, S-POST."""
    for number, row in enumerate(sheet.rows(SCOPE)):
        entry = text_of(row.get("text")) or f"第 {number + 1} 项"
        if row.get("approval_kind") == "前置" and not text_of(row.get("approval_no")):
            yield sheet.found("S-PRE", f"{SCOPE}/{number}/approval_no", entry=entry)
        if row.get("approval_kind") == "后置":
            yield sheet.found("S-POST", f"{SCOPE}/{number}", entry=entry)


scope_rules: tuple[Rule, ...] = (main_entry, approvals)
