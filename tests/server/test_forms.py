"""存表 at the centre: kept and fed like any row, only from the device that has the case, and never what JSONB cannot hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from clerk_app.patching import diff
from clerk_app.registration.usecases import SaveForm
from clerk_app.server.centre import CentreOffice
from clerk_app.store.tables import forms
from tests.registration.test_form import EXAMPLE
from tests.server.desk import Desk
from tests.server.test_replay import serving


def saving(
    desk: Desk, case: str, document: dict[str, Any], before: dict[str, Any] | None = None, **more: Any
) -> SaveForm:
    patch = diff(before or {}, document)
    plain = {"form_version": "2026.1", "patch": dict(patch.merge), "touched": dict(patch.touched)}
    return SaveForm(**desk.stamp(**more), case=case, **plain)


def case_at(desk: Desk) -> str:
    received = desk.received(serving(desk))
    assert desk.do(received)["state"] == "applied"
    return received.case


def test_the_last_document_stands_at_the_centre_and_in_the_feed(office: CentreOffice, desk: Desk) -> None:
    received = desk.received(serving(desk))
    first = {"company": {"name": "岚"}}
    batch = [received, saving(desk, received.case, first), saving(desk, received.case, EXAMPLE, first)]
    assert desk.states(*[desk.record(act) for act in batch]) == ["applied"] * 3
    with office.database.reading() as connection:
        row = connection.execute(select(forms)).one()
    assert (row.id, row.document, row.by) == (received.case, EXAMPLE, desk.actor)
    rows = {change["subject"]: change["row"] for change in desk.changes().json["changes"]}
    assert rows[f"form:{received.case}"]["document"] == EXAMPLE


def test_what_cannot_be_kept_is_refused_and_what_was_kept_stays(office: CentreOffice, desk: Desk) -> None:
    case = case_at(desk)
    assert desk.do(saving(desk, case, EXAMPLE))["state"] == "applied"
    verdict = desk.do(saving(desk, case, {**EXAMPLE, "company": {"name": "岚" * 160_000}}, EXAMPLE))
    assert (verdict["state"], verdict["type"]) == ("refused", "form-unstorable")
    assert verdict["rows"][f"form:{case}"]["document"] == EXAMPLE
    huge = desk.do(saving(desk, case, {"company": {"name": "岚" * 400_000}}, EXAMPLE))
    assert (huge["state"], huge["type"]) == ("quarantined", "too-large")
    with office.database.reading() as connection:
        assert connection.execute(select(forms.c.document)).scalar_one() == EXAMPLE


def test_only_the_device_that_has_the_case(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    other = desk_at(3)
    verdict = other.do(saving(other, case_at(desk), EXAMPLE))
    assert (verdict["state"], verdict["type"]) == ("refused", "held-elsewhere")
