"""抄录卡 the values of one application in the order in which another system asks for them, each ready to be copied."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_app.registration.document import At, Document
from clerk_app.registration.form import Form, Plain
from clerk_app.registration.model import row_name, submitted
from clerk_app.registration.shown import Reader, masked_text

AS_IT_IS = "iso"


@dataclass(frozen=True, kw_only=True)
class CardField:
    """抄录栏 one field of the other system: what it is called there, what of ours goes in; with `each` once a row."""

    label: str
    place: str
    style: str = AS_IT_IS
    each: str = ""


@dataclass(frozen=True, kw_only=True)
class CardPattern:
    """抄录卡样 one system's fields in its own order."""

    key: str
    department: str
    system: str
    fields: tuple[CardField, ...]


@dataclass(frozen=True, kw_only=True)
class CopyLine:
    """一条 what is copied with one press; a secured one is shown masked until it is pointed at."""

    id: str
    label: str
    value: str
    masked: str = ""

    @property
    def secured(self) -> bool:
        """Whether it is hidden at first."""
        return bool(self.masked)


def read_cards(document: Plain, form: Form) -> tuple[CardPattern, ...]:
    """From the file's content; raises KeyError on one of another shape."""
    return tuple(
        CardPattern(
            key=row["key"],
            department=row["department"],
            system=row["system"],
            fields=tuple(_field(one, form) for one in row["fields"]),
        )
        for row in document["cards"]
    )


def copy_lines(card: CardPattern, form: Form, document: Document) -> tuple[CopyLine, ...]:
    """All that there is to copy, rows kept together; what is not filled in or not asked for has no line."""
    reader = Reader(form, submitted(form, document), whole=True)
    found: list[CopyLine] = []
    fields = list(card.fields)
    while fields:
        each = fields[0].each
        group = _leading(fields, each)
        del fields[: len(group)]
        for at in reader.rows(each) if each else [()]:
            found += (line for one in group if (line := _line(reader, form, one, at)) is not None)
    return tuple(found)


def _leading(fields: list[CardField], each: str) -> tuple[CardField, ...]:
    """The first ones that stand in the same repeat."""
    count = next((n for n, one in enumerate(fields) if one.each != each), len(fields))
    return tuple(fields[:count])


def _line(reader: Reader, form: Form, one: CardField, at: At) -> CopyLine | None:
    value = reader.text(one.place, at, one.style)
    if not value:
        return None
    row = row_name(form, one.each, reader.document, at) if one.each else ""
    return CopyLine(
        id="/".join((one.place, *map(str, at), one.style)),
        label=f"{row}·{one.label}" if row else one.label,
        value=value,
        masked=masked_text(value) if reader.secured(one.place) else "",
    )


def _field(row: Plain, form: Form) -> CardField:
    place = row["place"]
    label = row.get("label") or form.by_id[place].label
    return CardField(label=label, place=place, style=row.get("style", AS_IT_IS), each=row.get("each", ""))
