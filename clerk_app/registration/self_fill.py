"""自助填的那部分 what of the form a citizen fills in by himself: not what the window checks, decides or has signed on paper.

A self-fill place shows no other field, and whatever comes from one is cut down to these once more before a clerk sees it.
"""

from __future__ import annotations

from typing import Any

from clerk_app.registration.document import Document, get, pointer, put
from clerk_app.registration.form import Field, Form, Repeat
from clerk_app.registration.model import empty_document
from clerk_app.registration.standing import within

OF_THE_WINDOW = (
    "application.application_no",
    "application.authority_code",
    "application.registration_type",
    "application.submit_mode",
    "application.applied_on",
    "company.uscc",
    "cancellation",
    "change",
    "commitments",
    "materials",
    "persons[].real_name_verified",
    "persons[].real_name_method",
    "persons[].real_name_proof",
    "persons[].real_name_by",
    "persons[].real_name_at",
)
"""Who a person is, is found out at the window; a promise is signed by hand; a company on record begins with its record."""


def self_fill_form(form: Form) -> Form:
    """The form without the window's places; a step with nothing left on it goes."""
    fields = tuple(one for one in form.fields if not within(one.id, OF_THE_WINDOW))
    repeats = tuple(one for one in form.repeats if not within(one.id, OF_THE_WINDOW))
    sections = {one.section for one in fields}
    steps = tuple(step for step in form.steps if sections & set(step.sections))
    return Form(**{**_plain(form), "fields": fields, "repeats": repeats, "steps": steps})


def of_citizen(form: Form, document: Document) -> dict[str, Any]:
    """The document with the window's places as they are in an empty form."""
    empty, cut = empty_document(form), dict(document)
    for one in form.fields:
        if within(one.id, OF_THE_WINDOW) and not one.repeat:
            cut = put(cut, pointer(one.id), get(empty, pointer(one.id)))
    for repeat in form.repeats:
        if within(repeat.id, OF_THE_WINDOW) and not repeat.repeat:
            cut = put(cut, pointer(repeat.id), get(empty, pointer(repeat.id)))
    hidden = [one for one in form.fields if one.repeat and within(one.id, OF_THE_WINDOW)]
    for repeat_id in {one.repeat for one in hidden if not within(one.repeat, OF_THE_WINDOW)}:
        blank = {one.name: one.default for one in hidden if one.repeat == repeat_id}
        rows = get(cut, pointer(repeat_id))
        kept = [{**row, **blank} if isinstance(row, dict) else row for row in rows] if isinstance(rows, list) else rows
        cut = put(cut, pointer(repeat_id), kept)
    return cut


def with_window(form: Form, current: Document, document: Document) -> dict[str, Any]:
    """The window's own places as they stand in the case's form: what a citizen filled in does not touch them."""
    whole = dict(document)
    places: tuple[Field | Repeat, ...] = (*form.fields, *form.repeats)
    for one in places:
        if not one.repeat and within(one.id, OF_THE_WINDOW):
            whole = put(whole, pointer(one.id), get(current, pointer(one.id)))
    return whole


def _plain(form: Form) -> dict[str, Any]:
    """The fields of the value, without what it has worked out."""
    return {name: getattr(form, name) for name in form.__dataclass_fields__}
