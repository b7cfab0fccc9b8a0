"""名称自查的结论 all that is to be said of one name at once, in the order it is looked through."""

from __future__ import annotations

from datetime import date

from clerk_app.registration.checking.grounds import Grounds
from clerk_app.registration.checking.names import own_name_rules
from clerk_app.registration.checking.sheet import Sheet
from clerk_app.registration.document import Document
from clerk_app.registration.naming import NameCheck, NameParts, check_alternatives, near_names, same_names


def check_of(parts: NameParts, document: Document, grounds: Grounds, register_as_of: date | None) -> NameCheck:
    """The name's own points, and what it and the other names meet in `grounds.registered`."""
    sheet = Sheet(document, grounds)
    register = tuple(grounds.registered or ())
    return NameCheck(
        as_of=grounds.as_of,
        register_as_of=register_as_of,
        same=same_names(parts, register, grounds.as_of),
        near=near_names(parts, register, grounds.as_of),
        issues=tuple(one for rule in own_name_rules for one in rule(sheet) if sheet.holds(one.rule)),
        alternatives=check_alternatives(parts, register, grounds.as_of),
    )
