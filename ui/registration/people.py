"""人员只录一次 what a role offers beside the people there are: one more, or the same as another role has; who points at whom."""

from __future__ import annotations

from clerk_app.registration.document import Document, get, pointer, rows_at
from clerk_app.registration.form import Field, Form
from clerk_app.registration.model import person_name
from ui.language import tr

NEW = "#new"
SAME = "#same:"
PEOPLE = "/persons"


def acts_of(form: Form, document: Document, field: Field, place: str) -> tuple[tuple[str, str], ...]:
    """新加一位, and 与…同一人 for the roles that are filled."""
    same = tuple(
        (f"{SAME}{role}", tr("与{label}同一人：{name}", label=label, name=name))
        for role, label, key in roles(form, document)
        if role != place and (name := person_name(document, key))
    )
    return (*same, (NEW, tr("＋ 新加一位…")))


def roles(form: Form, document: Document) -> list[tuple[str, str, str]]:
    """The roles of one person each that are filled: their place, their name, whom they point at."""
    found = []
    for field in form.fields:
        if field.type == "person" and not field.repeat:
            key = get(document, pointer(field.id))
            if isinstance(key, str) and key:
                found.append((pointer(field.id), field.label, key))
    return found


def pointing_at(form: Form, document: Document, key: object) -> tuple[str, ...]:
    """The names of the roles a person has, each once: 自然人股东 is one, with its list."""
    found: dict[str, None] = {}
    for field in form.fields:
        if field.type != "person" or not isinstance(key, str):
            continue
        if any(get(document, pointer(field.id, at)) == key for at in rows_at(document, field.repeat)):
            found[form.repeat_by_id[field.repeat].name if field.repeat else field.label] = None
    return tuple(found)


def resolved(document: Document, raw: object) -> object:
    """The key behind 与…同一人; anything else as it is."""
    return get(document, raw.removeprefix(SAME)) if isinstance(raw, str) and raw.startswith(SAME) else raw
