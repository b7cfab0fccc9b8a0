"""补正这一轮在页上 what of the form is open while its correction waits: kept open under the hand once it was. Pure."""

from __future__ import annotations

from dataclasses import replace

from clerk_app.office.registration.rounds import opened_of
from ui.registration.sheet import Sheet


def in_round(sheet: Sheet) -> Sheet:
    """With what may be changed now, and what could be before: nothing closes under the hand."""
    now = opened_of(sheet.case, sheet.document, sheet.points, sheet.found)
    if now is None:
        return sheet if sheet.opened is None else replace(sheet, opened=None)
    wider = now if sheet.opened is None else sheet.opened.with_also(now)
    return sheet if wider == sheet.opened else replace(sheet, opened=wider)
