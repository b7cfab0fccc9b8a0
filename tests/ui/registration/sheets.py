"""Forms for the page's tests: a case, an empty and a filled sheet, without an office."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import datetime
from typing import Any

from clerk_app.cases.model import Applicant, Case
from clerk_app.registration.model import empty_document
from clerk_app.registration.row_keys import with_row_keys
from tests.desk import ZONE
from tests.registration.test_form import EXAMPLE, FORM
from tests.visits import COMPANY
from ui.registration.sheet import Sheet

CASE = Case(
    id="c-1", ticket="t-1", item=COMPANY, item_name="有限责任公司设立登记", hall_version="v", department="SJJ",
    applicant=Applicant(name="江州岚栎舟信息技术有限公司"), materials=(), state="accepted",
    received_at=datetime(2026, 11, 20, 10, 30, tzinfo=ZONE), window=2, handler="P203", acting_for=None, query_code="7K3M-Q9X2",
)  # fmt: skip
KEYED = with_row_keys(FORM, EXAMPLE)
EMPTY = Sheet(form=FORM, case=CASE, document=empty_document(FORM), untouched=empty_document(FORM), step="name")


def filled(**parts: Any) -> Sheet:
    return replace(EMPTY, document={**copy.deepcopy(EXAMPLE), **parts})
