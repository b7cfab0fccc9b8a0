"""短表 of the day: kept encrypted on this machine beside the ticket until the day is over, and sent nowhere.

The other system carries the matter: what was noted to copy it over is no case and no command here, and must not outlive the day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from clerk_app.office.office import Office
from clerk_app.office.registration.reference import company_form
from clerk_app.registration.document import storable
from clerk_app.registration.form import Form
from clerk_app.registration.model import empty_document
from clerk_app.registration.short_form import short_form_of
from resources import path

KEPT = "short-forms"


@lru_cache(maxsize=1)
def short_form() -> Form:
    """短表."""
    return short_form_of(company_form(), json.loads(path("forms", "company", "short.json").read_text(encoding="utf-8")))


def short_of(office: Office, ticket: str) -> dict[str, Any]:
    """What was noted today for a ticket; an empty form when nothing was."""
    kept = _today(office).get(ticket)
    return dict(kept) if isinstance(kept, Mapping) else empty_document(short_form())


def keep_short(office: Office, ticket: str, document: Mapping[str, Any]) -> bool:
    """Over what was noted before; False for what cannot be kept. Other days' go."""
    if not storable(document):
        return False
    _write(office, {**_today(office), ticket: document})
    return True


def drop_short(office: Office, ticket: str) -> None:
    """Not needed any more."""
    _write(office, {key: value for key, value in _today(office).items() if key != ticket})


def drop_yesterdays(office: Office) -> int:
    """At the day's beginning or end: what is not of today goes; answers how many are left."""
    left = _today(office)
    _write(office, left)
    return len(left)


def _today(office: Office) -> dict[str, Any]:
    kept = json.loads(office.parts.vault.keep.meta(KEPT) or "{}")
    same = kept.get("day") == office.parts.clock.now().date().isoformat()
    return dict(kept["rows"]) if same else {}


def _write(office: Office, rows: Mapping[str, Any]) -> None:
    day = office.parts.clock.now().date().isoformat()
    office.parts.vault.keep.put_meta(KEPT, json.dumps({"day": day, "rows": rows}, ensure_ascii=False))
