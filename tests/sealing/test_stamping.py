"""盖章: on exactly the bytes the grant names, in its time, by a key that is good then; anything else leaves the paper as it was."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from clerk_app.outside.seal_keys import FileSealKey
from clerk_app.ports.seal import SealKeyTrouble, StampOrder
from clerk_app.sealing.grants import GrantedPaper, GrantTerms, SignedGrant
from clerk_app.sealing.paper import MadePage, SealPlace
from tests.sealing.authority import Authority
from tests.sealing.conftest import NOW, STAMPER, Sealed
from tests.sealing.forging import attach, grant_on, resigned

NeedProgram = Callable[[str, str], str]
SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
def key(sealed: Sealed) -> FileSealKey:
    opened = sealed.keys.open("S-SJJ", "P203", "135790")
    assert isinstance(opened, FileSealKey)
    return opened


def order(sealed: Sealed, pdf: bytes, place: SealPlace | None = None, pages: int = 1) -> StampOrder:
    """A good grant over whatever bytes."""
    grant = grant_on(pdf, NOW)
    page = MadePage(pdf, pages, place or SealPlace(1, 100.0, 150.0))
    return replace(sealed.order, page=page, grant=grant)


def written(writer: Any) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_of(*contents: bytes) -> bytes:
    """A page for each content."""
    writer = PdfFileWriter()
    for content in contents:
        stream = writer.add_object(StreamObject(stream_data=content))
        writer.insert_page(PageObject(contents=stream, media_box=(0, 0, 595, 842)))
    return written(writer)


def test_the_sealed_file_is_the_authorised_bytes_and_one_update(sealed: Sealed) -> None:
    added = sealed.pdf[len(sealed.page.pdf) :]
    assert sealed.pdf.startswith(sealed.page.pdf)
    assert added.count(b"%%EOF") == 1
    assert added.count(b"/ByteRange") == 1
    reader = PdfFileReader(BytesIO(sealed.pdf))
    assert reader.xrefs.total_revisions == PdfFileReader(BytesIO(sealed.page.pdf)).xrefs.total_revisions + 1


def test_the_papers_own_particulars_and_the_machines_clock_stay_out(sealed: Sealed) -> None:
    """What the chief saw in title and dates is what is sealed; the one time in the update is the hall's."""
    added = sealed.pdf[len(sealed.page.pdf) :]
    assert b"/ModDate" not in added
    assert b"/Info" in added, "the trailer goes on naming the old one"
    assert PdfFileReader(BytesIO(sealed.pdf)).trailer_view["/Info"]["/Title"].startswith("准予登记通知书")
    assert set(re.findall(rb"20\d{12}Z", added)) == {b"20261121060000Z"}


def test_the_root_stays_out_and_issuers_between_go_in(sealed: Sealed) -> None:
    from asn1crypto import cms

    root = Authority(NOW)
    between = Authority(NOW, "二级", root)
    pdf = STAMPER.stamp(sealed.order, between.seal(NOW, NOW))
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    inside: cms.SignedData = signature.signed_data
    names = sorted(one.chosen.subject.native["common_name"] for one in inside["certificates"])
    assert names == sorted(["测试章", "二级"])


# The grant.


def changed(value: object) -> st.SearchStrategy[Any]:
    """Another value of the same kind."""
    if isinstance(value, int):
        return st.integers(-3, 10**6).filter(lambda one: one != value)
    if isinstance(value, datetime):
        return st.integers(-400, 400).filter(bool).map(lambda seconds: value + timedelta(seconds=seconds))
    if isinstance(value, tuple):
        return st.sampled_from([(), (*value, "0" * 64), ("0" * 64,), value * 2])
    return st.text(st.characters(codec="utf-8"), max_size=80).filter(lambda one: one != value)


@st.composite
def altered(draw: st.DrawFn, grant: SignedGrant) -> SignedGrant:
    """One field another, anywhere in it; the signature by a bit, for its base64 may be written in several ways."""
    part, name = draw(
        st.sampled_from([("signature", "")] + [(part, one.name) for part, kind in PARTS for one in fields(kind)])
    )
    if part == "signature":
        raw, place = bytearray(base64.b64decode(grant.signature)), draw(st.integers(0, 511))
        raw[place // 8] ^= 1 << place % 8
        return replace(grant, signature=base64.b64encode(raw).decode())
    old = getattr(grant, part)
    return replace(grant, **{part: replace(old, **{name: draw(changed(getattr(old, name)))})})


PARTS = (("terms", GrantTerms), ("paper", GrantedPaper))


@settings(max_examples=30)
@given(data=st.data())
def test_no_single_field_of_a_grant_can_be_another(sealed: Sealed, key: FileSealKey, data: st.DataObject) -> None:
    grant = data.draw(altered(sealed.grant))
    with pytest.raises(ValueError, match="没有盖章"):
        STAMPER.stamp(replace(sealed.order, grant=grant), key)


@pytest.mark.parametrize(("part", "name"), [(part, one.name) for part, kind in PARTS for one in fields(kind)])
def test_each_field_of_a_grant_is_covered(sealed: Sealed, key: FileSealKey, part: str, name: str) -> None:
    """One change of every field, none left to chance."""
    old = getattr(sealed.grant, part)
    value = getattr(old, name)
    other = {int: 7, str: "x", tuple: ("0" * 64,), datetime: NOW + timedelta(seconds=7)}[type(value)]
    grant = replace(sealed.grant, **{part: replace(old, **{name: other})})
    assert grant != sealed.grant
    with pytest.raises(ValueError, match="没有盖章"):
        STAMPER.stamp(replace(sealed.order, grant=grant), key)


@settings(max_examples=30)
@given(data=st.data())
def test_no_other_bytes(sealed: Sealed, key: FileSealKey, data: st.DataObject) -> None:
    pdf = bytearray(sealed.page.pdf)
    pdf[data.draw(st.integers(0, len(pdf) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(ValueError, match="内容和授权时不一样"):
        STAMPER.stamp(replace(sealed.order, page=replace(sealed.page, pdf=bytes(pdf))), key)


@pytest.mark.parametrize("tail", [b"\n", b"%"])
def test_not_one_byte_more_or_less(sealed: Sealed, key: FileSealKey, tail: bytes) -> None:
    for pdf in (sealed.page.pdf + tail, sealed.page.pdf[:-1], b""):
        with pytest.raises(ValueError, match="内容和授权时不一样"):
            STAMPER.stamp(replace(sealed.order, page=replace(sealed.page, pdf=pdf)), key)


def test_only_within_its_time(sealed: Sealed, key: FileSealKey) -> None:
    terms = sealed.grant.terms
    for at in (terms.issued - SECOND, terms.expires + SECOND, terms.expires + timedelta(days=1)):
        with pytest.raises(ValueError, match="期限"):
            STAMPER.stamp(replace(sealed.order, at=at), key)
    for at in (terms.issued, terms.expires):
        assert STAMPER.stamp(replace(sealed.order, at=at), key).startswith(sealed.page.pdf)


def test_only_while_the_seals_certificate_is_good(sealed: Sealed) -> None:
    authority = Authority(NOW)
    for issued, lasts in ((NOW + timedelta(days=2), 30), (NOW - timedelta(days=60), 30)):
        with pytest.raises(ValueError, match="有效期"):
            STAMPER.stamp(sealed.order, authority.seal(issued, NOW, timedelta(days=lasts)))
    assert STAMPER.stamp(sealed.order, authority.seal(NOW, NOW, SECOND))


@pytest.mark.parametrize(("pages", "page"), [(2, 1), (1, 2), (1, 0), (0, 1)])
def test_other_pages_than_the_grant_says(sealed: Sealed, key: FileSealKey, pages: int, page: int) -> None:
    made = MadePage(sealed.page.pdf, pages, replace(sealed.page.place, page=page))
    with pytest.raises(ValueError, match="页数"):
        STAMPER.stamp(replace(sealed.order, page=made), key)


# The paper.


@pytest.mark.parametrize("content", [b"", b"q Q", b"1 g 0 0 595 842 re f", b"0.97 0.93 0.93 rg 0 0 99 99 re f"])
def test_a_blank_page_is_never_sealed(sealed: Sealed, key: FileSealKey, content: bytes) -> None:
    with pytest.raises(ValueError, match="空白"):
        STAMPER.stamp(order(sealed, pdf_of(content)), key)


def test_the_page_that_bears_the_seal_must_not_be_blank(sealed: Sealed, key: FileSealKey) -> None:
    pdf = pdf_of(b"BT (x) Tj ET", b"q Q")
    grant = grant_on(pdf, NOW)
    paper = replace(grant.paper, pages=2)
    grant = resigned(replace(grant, paper=paper), papers=(paper.entry,))
    for page, blank in ((1, False), (2, True)):
        made = replace(sealed.order, page=MadePage(pdf, 2, SealPlace(page, 100.0, 150.0)), grant=grant)
        if blank:
            with pytest.raises(ValueError, match="空白"):
                STAMPER.stamp(made, key)
        else:
            assert STAMPER.stamp(made, key).startswith(pdf)


def test_a_sealed_file_takes_no_second_seal(sealed: Sealed, key: FileSealKey) -> None:
    with pytest.raises(ValueError, match="已经盖过章"):
        STAMPER.stamp(order(sealed, sealed.pdf), key)


@pytest.mark.parametrize("cut", [10, 200, 5000, 30000, -400, -20, -7])
def test_a_torn_file_is_not_sealed(sealed: Sealed, key: FileSealKey, cut: int) -> None:
    with pytest.raises(ValueError, match="不是完整的 PDF"):
        STAMPER.stamp(order(sealed, sealed.page.pdf[:cut]), key)


@pytest.mark.parametrize("other", [b"", b"%PDF-1.4 nothing", b"\x89PNG", b"%PDF-1.4\nstartxref\n0\n%%EOF"])
def test_what_is_no_pdf_is_not_sealed(sealed: Sealed, key: FileSealKey, other: bytes) -> None:
    with pytest.raises(ValueError, match="不是完整的 PDF"):
        STAMPER.stamp(order(sealed, other), key)


def test_a_paper_that_carries_more_than_pages_is_not_sealed(sealed: Sealed, key: FileSealKey) -> None:
    def with_form(writer: Any) -> None:
        writer.root[NameObject("/AcroForm")] = DictionaryObject()
        writer.update_root()

    for burden in (lambda writer: attach(writer, b"{}"), with_form):
        writer = IncrementalPdfFileWriter(BytesIO(sealed.page.pdf))
        burden(writer)
        with pytest.raises(ValueError, match="附件、表单"):
            STAMPER.stamp(order(sealed, written(writer)), key)


def test_an_enciphered_paper_is_not_sealed(sealed: Sealed, key: FileSealKey) -> None:
    writer = PdfFileWriter()
    stream = writer.add_object(StreamObject(stream_data=b"(x) Tj"))
    writer.insert_page(PageObject(contents=stream, media_box=(0, 0, 595, 842)))
    writer.encrypt("owner", "")
    with pytest.raises(ValueError, match="加了密"):
        STAMPER.stamp(order(sealed, written(writer)), key)


# The key.


class OtherKey(FileSealKey):
    """A token whose key and certificate do not belong together."""

    def sign(self, data: bytes) -> bytes:
        return Authority(NOW).seal(NOW, NOW).sign(data)


def test_a_signature_that_is_not_the_certificates_is_no_seal(sealed: Sealed, key: FileSealKey) -> None:
    other = Authority(NOW).seal(NOW, NOW)
    with pytest.raises(SealKeyTrouble, match="对不上"):
        STAMPER.stamp(sealed.order, OtherKey(other._key, other._chain))


def test_trouble_of_the_key_goes_through(sealed: Sealed) -> None:
    closed = Authority(NOW).seal(NOW, NOW)
    closed.close()
    with pytest.raises(SealKeyTrouble, match="已经收起"):
        STAMPER.stamp(sealed.order, closed)


# Speed and weight.

_LIGHT = """
import sys
import clerk_app.outside.stamping, clerk_app.outside.seal_tokens, clerk_app.outside.seal_keys
print([name for name in ("pyhanko", "pkcs11") if name in sys.modules])
"""
_WARM = """
import sys
from datetime import UTC, datetime
from clerk_app.outside.keys import PasswordLocksmith
from clerk_app.outside.stamping import PdfStamper
stamper = PdfStamper(PasswordLocksmith().genuine)
stamper.warm()
warm = set(sys.modules)
from clerk_app.outside.seal_rehearsal import rehearsal
stamper.stamp(*rehearsal(datetime.now(UTC)))
print(sorted(set(sys.modules) - warm))
"""


@pytest.mark.process
@pytest.mark.parametrize(
    "program", [_LIGHT, _WARM], ids=["light until it stamps", "nothing left to load after warming"]
)
def test_what_is_loaded_when(program: str) -> None:
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", timeout=120)
    assert (ended.stdout, ended.stderr) == ("[]\n", "")


# As others see it.


def test_the_seal_on_paper_is_its_size_and_in_its_place(
    sealed: Sealed, tmp_path: Path, need_program: NeedProgram
) -> None:
    from PIL import Image, ImageChops

    render = need_program("pdftoppm", "poppler-utils")
    pictures = []
    for name, pdf in (("bare", sealed.page.pdf), ("sealed", sealed.pdf)):
        (tmp_path / f"{name}.pdf").write_bytes(pdf)
        words = [render, "-r", "300", "-png", "-singlefile", tmp_path / f"{name}.pdf", tmp_path / name]
        subprocess.run(words, check=True, timeout=60)
        with Image.open(tmp_path / f"{name}.png") as image:
            pictures.append(image.convert("RGB"))
    box = ImageChops.difference(*pictures).getbbox()
    assert box is not None
    left, top, right, bottom = (pixels * 25.4 / 300 for pixels in box)
    assert right - left == pytest.approx(45.0, abs=0.2)
    assert bottom - top == pytest.approx(45.0, abs=0.2)
    assert (left + right) / 2 == pytest.approx(sealed.page.place.x, abs=0.2)
    assert (top + bottom) / 2 == pytest.approx(sealed.page.place.y, abs=0.2)


def test_another_seal_of_the_same_issuer_is_not_the_one_that_was_granted(sealed: Sealed, key: FileSealKey) -> None:
    """A grant names the certificate too; empty is what was given before one was known."""
    for serial, good in ((key.card.serial, True), ("2a", False)):
        named = replace(sealed.order, grant=resigned(sealed.grant, certificate=serial))
        if good:
            assert STAMPER.stamp(named, key).startswith(sealed.page.pdf)
        else:
            with pytest.raises(ValueError, match="不是授权写的那枚印章"):
                STAMPER.stamp(named, key)
