"""文字层 what Qt leaves wrong in a PDF's text: look-alike characters, and no character at all beyond the first plane.

Qt tells readers which character a glyph stands for by walking U+0000 … U+FFFF only; a 𬭎 in a name is drawn and cannot be found.
The missing lines of that table are added as an update at the end of the file; nothing that Qt wrote is touched.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import replace

from clerk_app.sealing.paper import DecisionPaper, OfficialPaper, PaperTable

_TWINS = {0xAD: "", 0x2010: "-", 0x2011: "-", 0x2212: "-"} | {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)
}
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)", re.DOTALL)
_RANGE = re.compile(rb"^<([0-9A-F]{4})> <([0-9A-F]{4})> [\[<]", re.MULTILINE)


def searchable(paper: DecisionPaper) -> DecisionPaper:
    """The same words without look-alikes: ⼀ of a copied text is 一, a minus and a soft hyphen are what one types."""
    return replace(
        paper,
        title=plain(paper.title), document_no=plain(paper.document_no), addressee=plain(paper.addressee),
        paragraphs=tuple(plain(text) for text in paper.paragraphs), notes=tuple(plain(text) for text in paper.notes),
        department=plain(paper.department), case_no=plain(paper.case_no),
    )  # fmt: skip


def searchable_official(paper: OfficialPaper) -> OfficialPaper:
    """The same of any other paper, its tables included."""
    return replace(
        paper,
        title=plain(paper.title), document_no=plain(paper.document_no), addressee=plain(paper.addressee),
        paragraphs=tuple(map(plain, paper.paragraphs)), notes=tuple(map(plain, paper.notes)),
        signs=tuple(map(plain, paper.signs)), tables=tuple(map(_plain_table, paper.tables)),
        department=plain(paper.department), case_no=plain(paper.case_no),
    )  # fmt: skip


def _plain_table(table: PaperTable) -> PaperTable:
    head, rows = tuple(map(plain, table.head)), tuple(tuple(map(plain, row)) for row in table.rows)
    return replace(table, head=head, rows=rows)


def with_far_characters(pdf: bytes, drawn: Iterable[str]) -> bytes:
    """The file with its far characters named; `drawn` are all texts in the order they were drawn."""
    far = list(dict.fromkeys(char for text in drawn for char in text if ord(char) > 0xFFFF))
    if not far:
        return pdf
    number, table = _tables(pdf)[0]
    glyphs = _unnamed(table, len(far))
    if not glyphs:
        return pdf
    lines = [b"<%04X> <%s>" % (glyph, _hex(char)) for glyph, char in zip(glyphs, far, strict=True)]
    block = b"%d beginbfchar\n%s\nendbfchar\n" % (len(lines), b"\n".join(lines))
    return _updated(pdf, number, table.replace(b"endcmap", block + b"endcmap", 1))


def plain(text: str) -> str:
    """What one types instead of its look-alikes."""
    return text.translate(_TWINS)


def _hex(char: str) -> bytes:
    return char.encode("utf-16-be").hex().upper().encode()


def _tables(pdf: bytes) -> list[tuple[int, bytes]]:
    """Object number and text of each table from glyphs to characters, the longest first: that is the book face's."""
    tables = []
    for number in re.findall(rb"/ToUnicode (\d+) 0 R", pdf):
        found = re.search(rb"\n%s 0 obj\s*<<[^>]*>>\s*stream\r?\n(.*?)endstream" % number, pdf, re.DOTALL)
        if found is not None and b"beginbfrange" in found[1]:
            tables.append((int(number), found[1]))
    return sorted(tables, key=lambda table: len(table[1]), reverse=True)


def _unnamed(table: bytes, count: int) -> list[int]:
    """The glyphs without a character, in the order they were first drawn; the last ones may stand behind the table's end.

    Empty when the table leaves out more than we drew: then we do not know which is which.
    """
    named = {glyph for first, last in _RANGE.findall(table) for glyph in range(int(first, 16), int(last, 16) + 1)}
    end = max(named, default=0)
    gaps = [glyph for glyph in range(1, end) if glyph not in named]
    return [] if len(gaps) > count else gaps + list(range(end + 1, end + 1 + count - len(gaps)))


def _updated(pdf: bytes, number: int, content: bytes) -> bytes:
    """The file plus a newer version of one stream."""
    trailer = _TRAILER.findall(pdf)[-1]
    packed = zlib.compress(content)
    stream = b"%d 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n"
    added = stream % (number, len(packed), packed)
    start = len(pdf)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<<%s/Prev %s\n>>\nstartxref\n%d\n%%%%EOF\n"
    return pdf + added + table % (number, start, trailer[0], trailer[1], start + len(added))
