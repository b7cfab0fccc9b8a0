"""填表单 a paper of the form filled from one document. Every fact on it comes from there; what is not said is a line to write on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from string import Formatter

from clerk_app.registration.document import At, Document, put
from clerk_app.registration.form import Form
from clerk_app.registration.model import holds, submitted
from clerk_app.registration.papers.pattern import (
    CellPattern,
    FormPaperKind,
    Gate,
    GridPattern,
    PartPattern,
    SheetPattern,
    SignsPattern,
    TablePattern,
    TicksPattern,
    WordsPattern,
)
from clerk_app.registration.papers.sheet import (
    BLANK,
    DASH,
    Cell,
    CellGrid,
    FormPaper,
    FormSheet,
    Part,
    RowTable,
    SignLines,
    Words,
)
from clerk_app.registration.shown import Reader
from clerk_app.registration.types import USCC

CHOSEN, OPEN = "■", "□"
Row = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Around:
    """出表的场合 the case's number, the day, and tables that are no part of the document: 自检发现, 变更对照.

    A given table is made twice: `private` ones, whole, stand on private pages only. `code` is the company's unified code
    once it has one, which the form of a new company does not ask for.
    """

    case_no: str
    day: date
    code: str = ""
    training: bool = False
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    private: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


def fits(kind: FormPaperKind, document: Document) -> bool:
    """Whether this paper is one of this application's."""
    return holds(kind.when, document, ())


def fill(kind: FormPaperKind, form: Form, document: Document, around: Around) -> FormPaper:
    """The paper's content, of what would be handed in: hidden values stay behind."""
    handed = submitted(form, document)
    if around.code:
        handed = put(handed, USCC, around.code)
    made = (_Filler(Reader(form, handed, sheet.private), around).sheet(sheet) for sheet in kind.sheets)
    return FormPaper(
        title=kind.title,
        version=form.version,
        case_no=around.case_no,
        day=around.day,
        sheets=tuple(sheet for sheet in made if sheet is not None),
        training=around.training,
    )


@dataclass(frozen=True)
class _Filler:
    """One page's reader at work."""

    reader: Reader
    around: Around

    def sheet(self, sheet: SheetPattern) -> FormSheet | None:
        if not self._stands(sheet.when):
            return None
        parts = tuple(part for one in sheet.parts if self._stands(one.when) for part in self._parts(one))
        if not parts or (sheet.private and all(isinstance(part, Words) for part in parts)):
            return None
        return FormSheet(parts=parts, title=sheet.title, private=sheet.private)

    def _stands(self, gate: Gate, at: At = ()) -> bool:
        return holds(gate, self.reader.document, at)

    def _parts(self, one: PartPattern) -> Iterator[Part]:
        if isinstance(one, TablePattern):
            yield from self._table(one)
        elif isinstance(one, TicksPattern):
            yield CellGrid(lines=((Cell(label=one.label, text=self._ticks(one)),),))
        elif isinstance(one, SignsPattern):
            yield SignLines(lines=tuple(line for at in self._each(one.each) for line in self._lines(one, at)))
        else:
            yield from (part for at in self._each(one.each) if (part := self._one(one, at)) is not None)

    def _one(self, one: WordsPattern | GridPattern, at: At) -> Part | None:
        if isinstance(one, WordsPattern):
            return Words(text=self._say(one.say, at), look=one.look)
        lines = tuple(line for cells in one.lines if (line := self._line(cells, at)))
        return CellGrid(lines=lines, whole=bool(one.each)) if lines else None

    def _line(self, cells: tuple[CellPattern, ...], at: At) -> tuple[Cell, ...]:
        standing = (one for one in cells if self._stands(one.when, at))
        return tuple(Cell(label=one.label, text=self._say(one.say, at, DASH), wide=one.wide) for one in standing)

    def _lines(self, one: SignsPattern, at: At) -> tuple[str, ...]:
        return tuple(self._say(line, at, "") for line in one.lines)

    def _each(self, repeat: str) -> Iterator[At]:
        return self.reader.rows(repeat) if repeat else iter([()])

    def _table(self, one: TablePattern) -> Iterator[RowTable]:
        if one.given:
            rows = (self.around.private if self.reader.whole else self.around.tables).get(one.given, ())
        else:
            numbered = enumerate(self.reader.rows(one.of), start=1)
            rows = tuple(tuple(self._say(say, at, DASH, number) for say in one.say) for number, at in numbered)
        if rows or not one.given or not self.reader.whole:
            # An empty line says that there is none, or is written on by hand.
            yield RowTable(head=one.head, rows=rows or ((DASH,) * len(one.head),), widths=one.widths)

    def _ticks(self, one: TicksPattern) -> str:
        known = self.reader.field(one.place)
        values = self.reader.raw(one.place)
        chosen = {str(v) for value in values for v in (value if isinstance(value, list | tuple) else [value])}
        return "　".join(f"{CHOSEN if word in chosen else OPEN} {word}" for word in (known.choices if known else ()))

    def _say(self, say: str, at: At, blank: str = BLANK, number: int = 0) -> str:
        """`{#}` is the number of the row."""
        said = ""
        for before, place, style, _ in Formatter().parse(say):
            said += before
            if place == "#":
                said += str(number)
            elif place:
                said += self.reader.text(place, at, style or "") or blank
        return said
