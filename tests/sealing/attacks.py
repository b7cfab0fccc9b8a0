"""九种改法 the attacks a sealed file must not survive, made from a really sealed one; and those on its grant."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256, Hash
from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, TextStringObject

from clerk_app.outside.sealed_bytes import read_sealed
from clerk_app.sealing.grants import write_grant
from tests.sealing.conftest import NOW, Sealed
from tests.sealing.forging import (
    Forger,
    More,
    Writer,
    attach,
    drawn_seal,
    forger,
    grant_on,
    later,
    resigned,
    white_box,
)  # fmt: skip

Attack = Callable[[Sealed], bytes]
Forgery = Callable[[Sealed, Forger], bytes]


def flipped(pdf: bytes, place: int, bit: int = 0) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 1 << bit]) + pdf[place + 1 :]


def hole(pdf: bytes) -> tuple[int, int]:
    """Where the signature lies, with its brackets."""
    _, first, resume, _ = read_sealed(pdf).ranges
    return first, resume


def in_page(sealed: Sealed) -> bytes:
    """A: one bit in the page's stream."""
    start = re.search(rb"/Contents (\d+) 0 R", sealed.pdf)
    assert start is not None
    content = re.search(rb"\n" + start[1] + rb" 0 obj\b.*?stream\r?\n", sealed.pdf, re.DOTALL)
    assert content is not None
    return flipped(sealed.pdf, content.end() + 40)


def in_title(sealed: Sealed) -> bytes:
    """A2: one byte in /Title."""
    return flipped(sealed.pdf, sealed.pdf.index(b"/Title (\xfe\xff") + len(b"/Title (\xfe\xff"))


def _in_cms(sealed: Sealed, place: int) -> bytes:
    digit = hole(sealed.pdf)[0] + 1 + 2 * place
    return sealed.pdf[:digit] + b"%02X" % (int(sealed.pdf[digit : digit + 2], 16) ^ 1) + sealed.pdf[digit + 2 :]


def in_cms(sealed: Sealed) -> bytes:
    """B: one byte in the CMS: in what it says of its certificate."""
    cms = read_sealed(sealed.pdf).cms
    start = cms.index(b"\x30\x82", 40)
    length = int.from_bytes(cms[start + 2 : start + 4]) + 4
    digest = Hash(SHA256())
    digest.update(cms[start : start + length])
    return _in_cms(sealed, cms.index(digest.finalize()) + 7)


def in_signature(sealed: Sealed) -> bytes:
    """B2: one byte in the signature's value, which is the last in the CMS."""
    return _in_cms(sealed, len(read_sealed(sealed.pdf).cms) - 1)


def in_padding(sealed: Sealed) -> bytes:
    """C: one byte behind the CMS, where nothing is signed."""
    _, end = hole(sealed.pdf)
    return sealed.pdf[: end - 9] + b"41" + sealed.pdf[end - 7 :]


def box_behind(sealed: Sealed) -> bytes:
    """D: a white box over the text, by an update behind the seal."""
    return later(sealed.pdf, white_box)


def only_drawn(sealed: Sealed) -> bytes:
    """E: the picture of the seal, and no signature."""
    return drawn_seal(sealed.page.pdf, sealed.face)


def in_grant(sealed: Sealed) -> bytes:
    """Another seal in the grant as it lies in the file."""
    return sealed.pdf.replace(b'"seal":"S-SJJ"', b'"seal":"S-SJX"')


def grant_gone(sealed: Sealed) -> bytes:
    """The update written anew without its grant, byte for byte as long."""
    return sealed.pdf.replace(b"/EmbeddedFiles", b"/EmbeddedFilez")


def stranger(sealed: Sealed) -> bytes:
    """F: the same seal by another authority, whose certificates are named as ours."""
    return forger(NOW, sealed.face).seal(sealed.page.pdf, NOW, [write_grant(grant_on(sealed.page.pdf, NOW))])


def saved_again(sealed: Sealed, folder: Path) -> bytes:
    """G: opened and saved by qpdf."""
    (folder / "sealed.pdf").write_bytes(sealed.pdf)
    subprocess.run(["qpdf", folder / "sealed.pdf", folder / "again.pdf"], check=True, timeout=60)
    return (folder / "again.pdf").read_bytes()


NINE: dict[str, Attack] = {
    "A": in_page, "A2": in_title, "B": in_cms, "B2": in_signature, "C": in_padding, "D": box_behind,
    "E": only_drawn, "F": stranger,
}  # fmt: skip


def other_file(sealed: Sealed, by: Forger) -> bytes:
    """The grant was given for another paper."""
    return by.seal(sealed.page.pdf, NOW, [write_grant(grant_on(sealed.page.pdf + b"\n", NOW))])


def changed(sealed: Sealed, by: Forger) -> bytes:
    """Another 文号 in it than the chief signed."""
    grant = grant_on(sealed.page.pdf, NOW)
    return by.seal(sealed.page.pdf, NOW, [write_grant(replace(grant, terms=replace(grant.terms, seal="S-GAJ")))])


def not_listed(sealed: Sealed, by: Forger) -> bytes:
    """A paper the chief's list does not have, beside terms he did sign."""
    grant, other = grant_on(sealed.page.pdf + b"\n", NOW), grant_on(sealed.page.pdf, NOW)
    return by.seal(sealed.page.pdf, NOW, [write_grant(replace(grant, paper=other.paper))])


def expired(sealed: Sealed, by: Forger) -> bytes:
    """Sealed five minutes late."""
    at = NOW + timedelta(minutes=9, seconds=1)
    return by.seal(sealed.page.pdf, at, [write_grant(grant_on(sealed.page.pdf, NOW))])


def too_long(sealed: Sealed, by: Forger) -> bytes:
    """A grant for a day."""
    grant = resigned(grant_on(sealed.page.pdf, NOW), expires=NOW + timedelta(days=1))
    return by.seal(sealed.page.pdf, NOW, [write_grant(grant)])


def none(sealed: Sealed, by: Forger) -> bytes:
    """Sealed without any."""
    return by.seal(sealed.page.pdf, NOW)


def appended(sealed: Sealed, by: Forger) -> bytes:
    """Sealed without any, put in afterwards."""
    grant = write_grant(grant_on(sealed.page.pdf, NOW))
    return later(none(sealed, by), lambda writer: attach(writer, grant))


def two(sealed: Sealed, by: Forger) -> bytes:
    """Two of them, either good."""
    grants = [write_grant(grant_on(sealed.page.pdf, NOW, id=one)) for one in ("1", "2")]
    return by.seal(sealed.page.pdf, NOW, grants)


def two_names(sealed: Sealed, by: Forger) -> bytes:
    """The second one under another key of the name tree."""
    first, second = (write_grant(grant_on(sealed.page.pdf, NOW, id=one)) for one in ("1", "2"))
    return by.seal(sealed.page.pdf, NOW, [first], more=lambda writer: attach(writer, second, key="other.json"))


def second_behind(sealed: Sealed, by: Forger) -> bytes:
    """One that was sealed, another behind it."""
    first, second = (write_grant(grant_on(sealed.page.pdf, NOW, id=one)) for one in ("1", "2"))
    return later(by.seal(sealed.page.pdf, NOW, [first]), lambda writer: attach(writer, second))


def exchanged_behind(sealed: Sealed, by: Forger) -> bytes:
    """The one in it replaced by an update behind the seal."""
    good = by.seal(sealed.page.pdf, NOW, [write_grant(grant_on(sealed.page.pdf, NOW))])

    def exchange(writer: object) -> None:
        spec = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]  # type: ignore[attr-defined]
        stream = spec["/EF"]["/F"]
        stream._data, stream._encoded_data = write_grant(grant_on(sealed.page.pdf, NOW, id="2")), None
        writer.mark_update(spec["/EF"].raw_get("/F"))  # type: ignore[attr-defined]

    return later(good, exchange)


def not_covered(sealed: Sealed, by: Forger) -> bytes:
    """One that lies in the hole: what the signature leaves out begins before it."""
    pdf = by.seal(sealed.page.pdf, NOW, [write_grant(grant_on(sealed.page.pdf, NOW))])
    _, first, resume, rest = read_sealed(pdf).ranges
    start = pdf.rindex(b"endobj", 0, pdf.index(b"/EmbeddedFile", len(sealed.page.pdf))) + 7
    said = re.search(rb"/ByteRange \[[^\]]*\] *", pdf)
    assert said is not None
    ranges = (b"/ByteRange [0 %d %d %d]" % (start, resume, rest)).ljust(len(said[0]))
    pdf = pdf[: said.start()] + ranges + pdf[said.end() :]
    signed = by.cms(pdf[:start] + pdf[resume:]).hex().upper().encode()
    return pdf[:first] + b"<" + signed.ljust(resume - first - 2, b"0") + b">" + pdf[resume:]


def not_json(sealed: Sealed, by: Forger) -> bytes:
    """Something else under its name."""
    return by.seal(sealed.page.pdf, NOW, [b'{"terms": 1}'])


def without_zone(sealed: Sealed, by: Forger) -> bytes:
    """Times that cannot be compared with any."""
    bare = (NOW - timedelta(minutes=1)).replace(tzinfo=None)
    grant = resigned(grant_on(sealed.page.pdf, NOW), issued=bare, expires=bare + timedelta(minutes=5))
    return by.seal(sealed.page.pdf, NOW, [write_grant(grant)])


def box_in_the_seal(sealed: Sealed, by: Forger) -> bytes:
    """The keeper's own white box, in the very update he signs, beside a good grant."""
    return by.seal(sealed.page.pdf, NOW, [write_grant(grant_on(sealed.page.pdf, NOW))], more=white_box)


def covering_seal(sealed: Sealed, by: Forger) -> bytes:
    """A seal that is laid over the text, not multiplied into it."""
    return by.seal(sealed.page.pdf, NOW, [write_grant(grant_on(sealed.page.pdf, NOW))], ink="/Normal")


def large_seal(sealed: Sealed, by: Forger) -> bytes:
    """A seal as large as the page."""
    grant = write_grant(grant_on(sealed.page.pdf, NOW))
    return by.seal(sealed.page.pdf, NOW, [grant], box=(0, 0, 595, 842))


def other_file_too(sealed: Sealed, by: Forger) -> bytes:
    """Another embedded file beside the grant."""
    grant = write_grant(grant_on(sealed.page.pdf, NOW))
    return by.seal(sealed.page.pdf, NOW, [grant], more=lambda writer: attach(writer, b"x", name="note.txt"))


def _beside(more: More) -> Forgery:
    return lambda sealed, by: by.seal(sealed.page.pdf, NOW, [write_grant(grant_on(sealed.page.pdf, NOW))], more=more)


def _title(writer: Writer) -> None:
    writer.trailer["/Info"][NameObject("/Title")] = TextStringObject("准予注销登记通知书")
    writer.update_container(writer.trailer["/Info"])


def _script(writer: Writer) -> None:
    run = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("this.print()")}
    writer.root[NameObject("/OpenAction")] = DictionaryObject(run)  # type: ignore[no-untyped-call]
    writer.update_root()  # type: ignore[no-untyped-call]


def _note(writer: Writer) -> None:
    number, _ = writer.find_page_for_modification(0)  # type: ignore[no-untyped-call]
    note = DictionaryObject({NameObject("/Subtype"): NameObject("/Square")})  # type: ignore[no-untyped-call]
    number.get_object()["/Annots"].append(writer.add_object(note))
    writer.update_container(number.get_object()["/Annots"])


BESIDE: dict[str, Forgery] = {
    "box": box_in_the_seal, "file": other_file_too, "title": _beside(_title), "script": _beside(_script),
    "note": _beside(_note),
}  # fmt: skip
