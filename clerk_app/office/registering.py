"""填表 the acts on the one form of a case: reading what is kept, saving what was typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from clerk_app.office.office import Office, Outcome
from clerk_app.registration.form import Form, read_form
from clerk_app.registration.usecases import SaveForm
from resources import path


@lru_cache(maxsize=1)
def company_form() -> Form:
    """企业登记一表 of the version in force."""
    return read_form(json.loads(path("forms", "company", "form.json").read_text(encoding="utf-8")))


def save_form(office: Office, case: str, document: Mapping[str, Any]) -> Outcome:
    """存表 the whole document, in one transaction with its journal row."""
    command = SaveForm(
        **office.stamp().fields(office.parts.new_id),
        case=case,
        form_version=company_form().version,
        document=dict(document),
    )
    return office.do(command)
