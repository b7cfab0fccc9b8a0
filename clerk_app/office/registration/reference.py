"""表的资料 what the one form stands on, read once from the product's own files."""

from __future__ import annotations

import json
from functools import lru_cache

from clerk_app.registration.form import Form, read_form
from resources import path


@lru_cache(maxsize=1)
def company_form() -> Form:
    """企业登记一表 of the version in force."""
    return read_form(json.loads(path("forms", "company", "form.json").read_text(encoding="utf-8")))
