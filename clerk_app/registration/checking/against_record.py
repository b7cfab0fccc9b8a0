"""对着档案自检 an application that changes a record: what the record had already is not its fault, what it may not change is.

A fault that stands in the record word for word is no finding of a later application: laws change, companies stay.
"""

from __future__ import annotations

from collections.abc import Iterator

from clerk_app.registration.checking.check import check
from clerk_app.registration.checking.grounds import Grounds
from clerk_app.registration.comparing import Change, changes
from clerk_app.registration.document import Document
from clerk_app.registration.findings import Finding
from clerk_app.registration.types import CHANGE, ENDING, FILING, FOUNDING, TYPE, type_of

REGISTERED, NOTHING = "B-REGISTERED", "B-NOTHING"


def check_against(application: Document, record: Document | None, grounds: Grounds) -> tuple[Finding, ...]:
    """Every point of an application that began with `record`; without one, as any other."""
    found = check(application, grounds)
    kind = type_of(application)
    if record is None or kind == FOUNDING:
        return found
    before = {(one.rule, one.message) for one in check(record, grounds)}
    kept = (one for one in found if (one.rule, one.message) not in before)
    return (*_by_type(kind, changes(grounds.form, record, application), grounds), *kept)


def _by_type(kind: str, found: tuple[Change, ...], grounds: Grounds) -> Iterator[Finding]:
    basis = grounds.form.types.bases.get("registered", "")
    if kind in (FILING, ENDING):
        for one in found:
            if one.registered:
                where = f"{one.where}：" if one.where else ""
                message = f"{where}“{one.label}”是登记事项，{kind}改不了。改回登记档案里的样子，或者另办变更登记。"
                yield Finding(rule=REGISTERED, severity="error", pointer=one.pointer, message=message, basis=basis)
    if kind == CHANGE and not any(one.registered for one in found):
        said = "改的都不是登记事项，可以只办备案。" if found else "和登记档案比，一处也没有改。"
        message = f"{said}核对是不是还有要变更的没改上。"
        yield Finding(rule=NOTHING, severity="warning", pointer=TYPE, message=message, basis=basis)
