"""盖章时夹带 what whoever has the key can hide in the update he signs, by the ways a PDF may be read twice."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.content import AnnotAppearances, ResourceType
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from clerk_app.outside.seal_verifier import SealVerifier
from clerk_app.outside.sealed_bytes import read_sealed
from clerk_app.sealing.grants import write_grant
from clerk_app.sealing.paper import Verification
from tests.sealing import forging
from tests.sealing.conftest import NOW, Sealed
from tests.sealing.forging import Forger, More, Writer, forger, grant_on

OTHER_WORDS = b"q 1 0 0 1 60 440 cm 1 1 1 rg 0 0 480 160 re f Q"


@pytest.fixture(scope="module")
def by(sealed: Sealed) -> Forger:
    return forger(NOW, sealed.face)


def verified(pdf: bytes, by: Forger) -> Verification:
    return SealVerifier(lambda: NOW).verify(pdf, by.pem)


def another_beginning(pdf: bytes, *, freed: bool = False) -> bytes:
    """The authorised bytes, then a table of objects that begins anew and knows another text for the page, or none."""
    start = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    section = pdf[start:]
    head = re.match(rb"xref\s+0 (\d+)\s+", section)
    assert head is not None
    size, number = int(head[1]), content_number(pdf)
    rows = [section[head.end() + 20 * n : head.end() + 20 * n + 20] for n in range(size)]
    rows[number] = b"0000000000 00001 f \n" if freed else b"%010d 00000 n \n" % len(pdf)
    trailer = section[section.index(b"trailer") : section.index(b"startxref")]
    body = b"" if freed else text_object(pdf)
    table = b"xref\n0 %d\n" % size + b"".join(rows) + trailer
    return pdf + body + table + b"startxref\n%d\n%%%%EOF\n" % (len(pdf) + len(body))


@pytest.mark.parametrize("freed", [False, True])
def test_the_update_rests_on_the_authorised_table_and_on_no_other(sealed: Sealed, by: Forger, freed: bool) -> None:
    grant = write_grant(grant_on(sealed.page.pdf, NOW))
    found = verified(by.seal(another_beginning(sealed.page.pdf, freed=freed), NOW, [grant]), by)
    assert (found.content_unchanged, found.good) == (False, False)


def resealed(pdf: bytes, by: Forger) -> bytes:
    """Signed once more over the whole of it, as it lies now: whoever has the key signs last."""
    _, first, resume, _ = read_sealed(pdf).ranges
    said = re.search(rb"/ByteRange \[[^\]]*\] *", pdf)
    assert said is not None
    ranges = (b"/ByteRange [0 %d %d %d]" % (first, resume, len(pdf) - resume)).ljust(len(said[0]))
    pdf = pdf[: said.start()] + ranges + pdf[said.end() :]
    signed = by.cms(pdf[:first] + pdf[resume:]).hex().upper().encode()
    return pdf[:first] + b"<" + signed.ljust(resume - first - 2, b"0") + b">" + pdf[resume:]


def good(sealed: Sealed, by: Forger) -> bytes:
    return by.seal(sealed.page.pdf, NOW, [write_grant(grant_on(sealed.page.pdf, NOW))])


def content_number(pdf: bytes) -> int:
    found = re.search(rb"/Contents (\d+) 0 R", pdf)
    assert found is not None
    return int(found[1])


def text_object(pdf: bytes) -> bytes:
    return b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        content_number(pdf), len(OTHER_WORDS), OTHER_WORDS,
    )  # fmt: skip


def second_end(pdf: bytes) -> bytes:
    """Behind the last mark of an end another pointer, which lenient readers follow."""
    body = text_object(pdf)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (content_number(pdf), len(pdf))
    return pdf + body + table + _trailer(pdf) + b"startxref\n%d\n" % (len(pdf) + len(body))


def stray_object(pdf: bytes) -> bytes:
    """The page's text anew, in no table: whoever repairs a file instead of reading it takes the last one."""
    last = pdf.rindex(b"xref\n", 0, pdf.rindex(b"startxref"))
    body = text_object(pdf)
    pdf = pdf[:last] + body + pdf[last:]
    end = pdf.rindex(b"startxref")
    return pdf[:end] + b"startxref\n%d\n%%%%EOF\n" % (last + len(body))


def _trailer(pdf: bytes) -> bytes:
    """The last one, resting on what is the last table now."""
    last = re.findall(rb"startxref\s+(\d+)", pdf)[-1]
    trailer = re.findall(rb"trailer\s*<<.*?>>\s*startxref", pdf, re.DOTALL)[-1]
    return re.sub(rb"/Prev \d+", b"/Prev " + last, trailer[: -len(b"startxref")])


def _free(pdf: bytes) -> bytes:
    """The page's text is no object any more."""
    return b"%d 1\n0000000000 00001 f \n" % content_number(pdf)


def freed_behind(pdf: bytes) -> bytes:
    """By one more table, in its place and in order."""
    return pdf + b"xref\n" + _free(pdf) + _trailer(pdf) + b"startxref\n%d\n%%%%EOF\n" % len(pdf)


def freed_behind_the_end(pdf: bytes) -> bytes:
    """By one that strict readers do not find."""
    return pdf + b"xref\n" + _free(pdf) + _trailer(pdf) + b"startxref\n%d\n" % len(pdf)


def freed_with_the_seal(pdf: bytes) -> bytes:
    """In the very table of the update."""
    place = pdf.rindex(b"trailer")
    return pdf[:place] + _free(pdf) + pdf[place:]


@pytest.mark.parametrize("change", [second_end, stray_object, freed_behind, freed_behind_the_end, freed_with_the_seal])
def test_every_program_reads_the_same_file(sealed: Sealed, by: Forger, change: Callable[[bytes], bytes]) -> None:
    plain = good(sealed, by)
    assert verified(resealed(plain, by), by).good, "signing it again changes nothing"
    found = verified(resealed(change(plain), by), by)
    assert (found.content_unchanged, found.seal_genuine, found.good) == (False, True, False)


def test_what_lies_behind_the_second_end_is_what_others_show(
    sealed: Sealed, by: Forger, need_program: Callable[[str, str], str], tmp_path: Path
) -> None:
    """Else the test above would show nothing."""
    need_program("mutool", "mupdf-tools")
    file = tmp_path / "second.pdf"
    file.write_bytes(resealed(second_end(good(sealed, by)), by))
    number = str(content_number(sealed.page.pdf))
    shown = subprocess.run(["mutool", "show", "-b", file, number], capture_output=True, check=True, timeout=60)
    assert OTHER_WORDS in shown.stdout


def _state(mode: str) -> DictionaryObject:
    return DictionaryObject({NameObject("/BM"): NameObject(mode)})  # type: ignore[no-untyped-call]


def _dictionary(**entries: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})  # type: ignore[no-untyped-call]


def letters_that_cover(face: StreamObject) -> None:
    """A font whose letters are drawings of their own, with colours of their own."""
    glyph = StreamObject(_dictionary(), stream_data=b"0 0 d0 /Plain gs 1 1 1 rg 0 0 900 900 re f")
    resources = _dictionary(ExtGState=_dictionary(Plain=_state("/Normal")))
    font = _dictionary(Subtype=NameObject("/Type3"), CharProcs=_dictionary(a=glyph), Resources=resources)
    face[NameObject("/Resources")] = _dictionary(Font=_dictionary(T=font))


def state_of_the_page(face: StreamObject) -> None:
    """Its own resources know no such state: readers go up to the page's."""
    face._data, face._encoded_data = b"/GSa gs 1 1 1 rg 0 0 99 99 re f", None


def pattern_that_covers(face: StreamObject) -> None:
    state = _dictionary(PatternType=NameObject("/Any"), ExtGState=_state("/Normal"))
    face[NameObject("/Resources")] = _dictionary(Pattern=_dictionary(P=state))


def state_of_its_own(face: StreamObject) -> None:
    face._data, face._encoded_data = b"/Plain gs 1 1 1 rg 0 0 99 99 re f", None
    face[NameObject("/Resources")] = _dictionary(ExtGState=_dictionary(Plain=_state("/Normal")))


FACES = [state_of_its_own, letters_that_cover, state_of_the_page, pattern_that_covers]


@pytest.mark.parametrize("change", FACES)
def test_a_face_that_covers_is_no_ink(sealed: Sealed, by: Forger, change: Callable[[StreamObject], None]) -> None:
    grant = write_grant(grant_on(sealed.page.pdf, NOW))
    found = verified(replace(by, look=change).seal(sealed.page.pdf, NOW, [grant]), by)
    assert "印章的图样会盖掉正文：看到的不是授权的那一份。" in found.content


def test_a_second_face_shown_under_the_pointer_is_no_ink(
    sealed: Sealed, by: Forger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def two(stamp: forging._Stamp) -> AnnotAppearances:
        return AnnotAppearances(normal=stamp.register(), rollover=stamp.register())

    monkeypatch.setattr(forging._Stamp, "as_appearances", two)
    assert "印章的图样会盖掉正文：看到的不是授权的那一份。" in verified(good(sealed, by), by).content


def another_text(writer: Writer) -> None:
    """The page keeps its text's number, and the number has another text."""
    page, _ = writer.find_page_for_modification(0)  # type: ignore[no-untyped-call]
    text = page.get_object()["/Contents"]
    text._data, text._encoded_data = OTHER_WORDS, None
    text.pop(NameObject("/Filter"), None)
    writer.mark_update(page.get_object().raw_get("/Contents"))


def packed_objects(writer: Writer) -> None:
    """Nothing points to them; whoever repairs a file unpacks them."""
    words = _dictionary(Type=NameObject("/ObjStm"), Extends=NameObject("/Any"))
    writer.add_object(StreamObject(words, stream_data=b"13 0 << >>"))


@pytest.mark.parametrize("more", [another_text, packed_objects])
def test_a_good_grant_covers_nothing_that_came_with_the_seal(sealed: Sealed, by: Forger, more: More) -> None:
    grant = write_grant(grant_on(sealed.page.pdf, NOW))
    found = verified(by.seal(sealed.page.pdf, NOW, [grant], more=more), by)
    assert found.content == ("盖章的那次更新里还改了别的东西：看到的不是授权的那一份。",)


def _own_field(writer: Writer) -> DictionaryObject:
    """The field before it is signed: whatever stands in it is signed with it."""
    append_signature_field(writer, SigFieldSpec("Seal", on_page=0, box=forging.BOX))
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    assert isinstance(field, DictionaryObject)
    return field


def _run() -> DictionaryObject:
    return _dictionary(S=NameObject("/JavaScript"), JS=TextStringObject("this.print()"))


def runs_under_the_pointer(writer: Writer) -> None:
    _own_field(writer)[NameObject("/AA")] = _dictionary(E=_run())


def runs_when_opened(writer: Writer) -> None:
    """A script that only has a name."""
    scripts = _dictionary(Names=ArrayObject([TextStringObject("a"), _run()]))
    writer.root["/Names"][NameObject("/JavaScript")] = scripts
    writer.update_root()  # type: ignore[no-untyped-call]


def drawn_otherwise(writer: Writer) -> None:
    """A second form in the form, which some readers show in place of the page."""
    form = _dictionary(Fields=ArrayObject(), XFA=TextStringObject("<xdp/>"))
    writer.root[NameObject("/AcroForm")] = form
    writer.update_root()  # type: ignore[no-untyped-call]


def another_in_its_place(writer: Writer) -> None:
    """The seal is signed and lies on no page; what lies there is something else."""
    _own_field(writer)
    page = writer.find_page_for_modification(0)[0].get_object()  # type: ignore[no-untyped-call]
    page["/Annots"][-1] = writer.add_object(_dictionary(Subtype=NameObject("/Square")))


def text_field(writer: Writer) -> None:
    """A second field, which could be filled in."""
    _own_field(writer)
    writer.root["/AcroForm"]["/Fields"].append(writer.add_object(_dictionary(FT=NameObject("/Tx"))))


SLIPPED = [runs_under_the_pointer, runs_when_opened, drawn_otherwise, another_in_its_place, text_field]


@pytest.mark.parametrize("more", SLIPPED)
def test_the_form_is_one_seal_and_runs_nothing(sealed: Sealed, by: Forger, more: More) -> None:
    grant = write_grant(grant_on(sealed.page.pdf, NOW))
    found = verified(by.seal(sealed.page.pdf, NOW, [grant], more=more), by)
    assert found.content == ("盖章的那次更新里还改了别的东西：看到的不是授权的那一份。",)


@pytest.mark.parametrize(
    ("state", "drawing", "words"),
    [
        (_state("/Multiply"), b"q /Ink gs /Face Do Q 1 1 1 rg 0 0 99 99 re f", "印章的图样会盖掉正文"),
        (_dictionary(), b"q /Ink gs /Face Do Q", "印章的图样会盖掉正文"),
        (_state("/Multiply"), b"q /Ink gs /Face Do Q", ""),
    ],
)
def test_only_multiplied_ink_lies_on_the_page(
    sealed: Sealed, by: Forger, monkeypatch: pytest.MonkeyPatch, state: DictionaryObject, drawing: bytes, words: str
) -> None:
    def render(stamp: forging._Stamp) -> bytes:
        face = stamp._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(sealed.face)))
        stamp.set_resource(ResourceType.XOBJECT, NameObject("/Face"), face)
        stamp.set_resource(ResourceType.EXT_G_STATE, NameObject("/Ink"), state)
        return drawing

    monkeypatch.setattr(forging._Stamp, "render", render)
    found = verified(good(sealed, by), by)
    assert (found.good, words in "".join(found.content)) == (not words, True)
