"""What the page asks for and a check does not; and what the form's own words about fields point at."""

from __future__ import annotations

import copy
from datetime import date

from clerk_app.office.registration.checking import check_form
from clerk_app.registration.findings import errors_of
from clerk_app.registration.model import missing
from tests.registration.test_form import EXAMPLE, FORM, conditions

PROOFS = ("real_name_method", "real_name_at", "real_name_proof")


def test_an_application_from_elsewhere_says_verified_without_a_proof_and_is_still_good() -> None:
    bare = copy.deepcopy(EXAMPLE)
    for person in bare["persons"]:
        for name in PROOFS:
            del person[name]
    assert errors_of(check_form(bare, date(2026, 11, 20), region="429900")) == ()
    asked = missing(FORM, bare)
    assert {one.pointer for one in asked} == {f"/persons/{n}/{name}" for n in range(3) for name in PROOFS}
    assert all(one.page_only for one in asked)


def test_fields_point_at_fields() -> None:
    for field in FORM.fields:
        assert field.search in ("", "divisions", "industries")
        for child in field.reset:
            assert child in FORM.by_id
            assert child.startswith(field.repeat), "a child stands in its parent's row, or inside it"
        for condition in conditions(field.enabled):
            assert not condition.field or field.id.startswith(FORM.by_id[condition.field].repeat)
    assert {one.id for one in FORM.fields if one.uncorrectable} == {"application.application_no"}
