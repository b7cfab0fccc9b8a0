"""演练样表: the worked example holds on any day; what a person's papers say does not move."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clerk_app.office.registration.checking import check_form
from clerk_app.registration.practice import WRITTEN_FOR, practised
from tests.registration.test_form import EXAMPLE

REGION = "429900"


@given(st.integers(-200, 2500).map(lambda days: WRITTEN_FOR + timedelta(days=days)))
def test_it_has_nothing_to_mend_on_any_day(day: date) -> None:
    document = practised(EXAMPLE, day)
    assert check_form(document, day, region=REGION) == ()
    assert [one["birth_date"] for one in document["persons"]] == [one["birth_date"] for one in EXAMPLE["persons"]]


def test_on_its_own_day_it_is_itself() -> None:
    assert practised(EXAMPLE, WRITTEN_FOR) == EXAMPLE
