"""No false alarms: whatever company is drawn, nothing blocks and nothing wants a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from clerk_app.office.registration.checking import check_form
from tests.registration.applications import AS_OF, BASES, Application, applications


@settings(max_examples=40, deadline=None)
@given(applications())
def test_a_company_without_a_fault_has_no_finding(one: Application) -> None:
    assert check_form(one.document, one.as_of, ()) == ()


@pytest.mark.parametrize("base", BASES)
def test_neither_have_the_bases(base: str) -> None:
    assert check_form(BASES[base](), AS_OF, ()) == ()
