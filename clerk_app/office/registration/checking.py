"""自检 a whole application against the law of a day: with the name register where one is at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from clerk_app.office.registration.reference import company_law, divisions, form_asked, name_words
from clerk_app.registration.checking.against_record import check_against
from clerk_app.registration.checking.grounds import Grounds
from clerk_app.registration.findings import Finding, RegisteredName
from clerk_app.registration.types import FOUNDING


def grounds(as_of: date, registered: Sequence[RegisteredName] | None = None, *, region: str = "") -> Grounds:
    """依据 of the product's own files; `registered` None is no register at hand, `region` is the hall's own."""
    return Grounds(
        as_of=as_of,
        form=form_asked(FOUNDING, as_of),
        law=company_law(),
        divisions=divisions(region),
        words=name_words(),
        registered=registered,
    )


def check_form(
    document: Mapping[str, Any],
    as_of: date,
    registered: Sequence[RegisteredName] | None = None,
    record: Mapping[str, Any] | None = None,
    *,
    region: str = "",
) -> tuple[Finding, ...]:
    """Every point of an application on that day; `record` is the one it began with."""
    return check_against(document, record, grounds(as_of, registered, region=region))
