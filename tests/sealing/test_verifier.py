"""验章 attacked: whatever was altered, added, exchanged or out of its time turns the right line false."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import NameObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from clerk_app.outside.seal_verifier import SealVerifier
from clerk_app.outside.sealed_bytes import read_sealed
from clerk_app.ports.seal import Verifier
from clerk_app.sealing.paper import Verification
from tests.sealing.attacks import flipped, hole
from tests.sealing.authority import Authority
from tests.sealing.conftest import NOW, Sealed
from tests.sealing.forging import later
from tests.sealing.papers import FACE

LATER = NOW + timedelta(hours=2)
verifier: Verifier = SealVerifier(lambda: LATER)


def answers(found: Verification) -> tuple[bool, bool, bool]:
    return found.content_unchanged, found.seal_genuine, found.valid_at_sealing


def test_a_sealed_file_as_it_was_made(sealed: Sealed) -> None:
    found = verifier.verify(sealed.pdf, sealed.roots)
    assert answers(found) == (True, True, True)
    assert found.revocation == "unknown"
    assert (found.content, found.seal, found.sealing, found.unsettled) == ((), (), (), ())
    assert "吊销名单" in found.notes[-1]
    assert found.digest == hashlib.sha256(sealed.pdf).hexdigest()
    assert (found.sealed_at, found.signer, found.grant) == (NOW, FACE.name, sealed.grant)


@given(data=st.data())
def test_no_flipped_bit_of_what_was_signed_passes(sealed: Sealed, data: st.DataObject) -> None:
    start, end = hole(sealed.pdf)
    place = data.draw(st.integers(0, start - 1) | st.integers(end, len(sealed.pdf) - 1))
    found = verifier.verify(flipped(sealed.pdf, place, data.draw(st.integers(0, 7))), sealed.roots)
    assert not found.content_unchanged
    assert not found.valid_at_sealing
    assert found.reasons


@given(data=st.data())
def test_no_flipped_bit_of_the_signature_passes(sealed: Sealed, data: st.DataObject) -> None:
    start, end = hole(sealed.pdf)
    place = data.draw(st.integers(start, end - 1))
    found = verifier.verify(flipped(sealed.pdf, place, data.draw(st.integers(0, 7))), sealed.roots)
    assert not all(answers(found)), place - start


def test_no_bit_of_the_cms_that_nothing_signs_can_be_another(sealed: Sealed) -> None:
    """All eight of each byte outside certificate, signed attributes and signature value; those are sampled above."""
    start, _ = hole(sealed.pdf)
    data = read_sealed(sealed.pdf).cms
    content = cms.ContentInfo.load(data)["content"]
    signer = content["signer_infos"][0]
    kept: set[int] = set()
    for part in (content["certificates"], signer["signed_attrs"], signer["signature"]):
        begin = data.index(part.contents)
        kept.update(range(begin, begin + len(part.contents)))
    passed = []
    for place in set(range(len(data))) - kept:
        digit = start + 1 + 2 * place
        for bit in range(8):
            other = b"%02X" % (data[place] ^ 1 << bit)
            altered = sealed.pdf[:digit] + other + sealed.pdf[digit + 2 :]
            if all(answers(verifier.verify(altered, sealed.roots))):
                passed.append((place, bit))
    assert passed == []
    assert len(kept) < len(data) - 100


@pytest.mark.parametrize("tail", [b"\n", b" ", b"\0", b"%%EOF\n", b"\n% note\n"])
def test_bytes_behind_the_end_change_the_content(sealed: Sealed, tail: bytes) -> None:
    assert answers(verifier.verify(sealed.pdf + tail, sealed.roots)) == (False, True, False)


def test_bytes_before_the_beginning_change_the_content(sealed: Sealed) -> None:
    assert not verifier.verify(b"\n" + sealed.pdf, sealed.roots).content_unchanged


def test_an_increment_changes_the_content(sealed: Sealed) -> None:
    def speak(writer: IncrementalPdfFileWriter) -> None:
        writer.root[NameObject("/Lang")] = TextStringObject("zh-CN")
        writer.update_root()  # type: ignore[no-untyped-call]

    found = verifier.verify(later(sealed.pdf, speak), sealed.roots)
    assert answers(found) == (False, True, False)
    assert "后面加过内容" in found.reasons[0]


def test_a_second_signature_changes_the_content(sealed: Sealed) -> None:
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

    authority, pdf = Authority(NOW), sealed.page.pdf
    for field in ("First", "Other"):
        meta = PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
        out = BytesIO()
        PdfSigner(meta, authority.seal(NOW, NOW)._signer()).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out)
        pdf = out.getvalue()
    found = verifier.verify(pdf, authority.pem)
    assert answers(found) == (False, True, False)
    assert "不止一个签名" in found.reasons[0]


def test_what_hides_behind_the_signature_changes_the_content(sealed: Sealed) -> None:
    _, end = hole(sealed.pdf)
    hidden = sealed.pdf[: end - 9] + b"41" + sealed.pdf[end - 7 :]
    found = verifier.verify(hidden, sealed.roots)
    assert answers(found) == (False, True, False)
    assert "留空" in found.reasons[0]


def test_a_page_without_a_signature_and_a_torn_one(sealed: Sealed) -> None:
    assert answers(verifier.verify(sealed.page.pdf, sealed.roots)) == (False, False, False)
    torn = verifier.verify(sealed.pdf[:-200], sealed.roots)
    assert not torn.content_unchanged
    assert "文件不完整" in torn.reasons[0]
    assert answers(verifier.verify(sealed.pdf[: len(sealed.page.pdf) + 400], sealed.roots))[0] is False


def test_a_stranger_with_the_same_name_is_not_ours(sealed: Sealed) -> None:
    stranger = Authority(NOW)
    pdf = stranger.seal(NOW, NOW).seal(sealed.page, sealed.face, "假冒")
    found = verifier.verify(pdf, sealed.roots)
    assert answers(found) == (True, False, False)
    assert answers(verifier.verify(pdf, stranger.pem)) == (True, True, True)
    assert answers(verifier.verify(pdf, sealed.roots + stranger.pem)) == (True, True, True)


@pytest.mark.parametrize(("days", "good"), [(-2, False), (0, True), (364, True), (366, False)])
def test_the_seal_must_be_in_force_when_it_seals(sealed: Sealed, days: int, good: bool) -> None:
    authority, at = Authority(NOW), NOW + timedelta(days=days)
    pdf = authority.seal(NOW, at).seal(sealed.page, sealed.face, "盖")
    found = SealVerifier(lambda: NOW + timedelta(days=3000)).verify(pdf, authority.pem)
    assert answers(found) == (True, True, good)


def test_no_seal_of_the_day_after_tomorrow(sealed: Sealed) -> None:
    authority = Authority(NOW)
    pdf = authority.seal(NOW, NOW + timedelta(days=3)).seal(sealed.page, sealed.face, "盖")
    assert answers(verifier.verify(pdf, authority.pem)) == (True, True, False)


class TestLists:
    """吊销名单 with a list the state must be found and good."""

    authority = Authority(NOW)
    key = authority.seal(NOW, NOW)

    def state(self, sealed: Sealed, crl: bytes) -> tuple[bool, str]:
        pdf = self.key.seal(sealed.page, sealed.face, "盖")
        found = verifier.verify(pdf, self.authority.pem, crl)
        assert (found.content_unchanged, found.seal_genuine) == (True, True)
        return found.valid_at_sealing, found.revocation

    def test_a_good_seal(self, sealed: Sealed) -> None:
        crl = self.authority.revoked(None, NOW, NOW, NOW + timedelta(days=7))
        assert self.state(sealed, crl) == (True, "good")

    @pytest.mark.parametrize(("hours", "settled"), [(-1, True), (1, False)])
    def test_a_stopped_seal_before_or_after(self, sealed: Sealed, hours: int, settled: bool) -> None:
        crl = self.authority.revoked(self.key, NOW + timedelta(hours=hours), NOW, NOW + timedelta(days=7))
        assert self.state(sealed, crl) == (False, "revoked")
        found = verifier.verify(self.key.seal(sealed.page, sealed.face, "盖"), self.authority.pem, crl)
        assert (bool(found.sealing), bool(found.unsettled)) == (settled, not settled)

    def test_a_list_that_ran_out_before_says_nothing(self, sealed: Sealed) -> None:
        crl = self.authority.revoked(None, NOW, NOW - timedelta(days=9), NOW - timedelta(days=2))
        assert self.state(sealed, crl) == (False, "unknown")

    def test_a_list_of_the_future_says_nothing(self, sealed: Sealed) -> None:
        crl = self.authority.revoked(None, NOW, NOW + timedelta(days=2), NOW + timedelta(days=9))
        assert self.state(sealed, crl) == (False, "unknown")

    @pytest.mark.parametrize(
        "partial",
        [
            x509.DeltaCRLIndicator(1),
            x509.IssuingDistributionPoint(None, None, False, True, None, False, False),
        ],
    )
    def test_a_list_of_a_part_says_nothing_good(self, sealed: Sealed, partial: x509.ExtensionType) -> None:
        crl = self.listed(self.authority, None, partial)
        assert self.state(sealed, crl) == (False, "unknown")

    def test_an_issuer_who_is_revoked_himself_takes_his_seals_with_him(self, sealed: Sealed) -> None:
        between = Authority(NOW, "中间机构", above=self.authority)
        key = between.seal(NOW, NOW)
        pdf = key.seal(sealed.page, sealed.face, "盖")
        good = between.revoked(None, NOW, NOW, NOW + timedelta(days=7))
        for listed, state in ((None, "good"), (between.root, "revoked")):
            found = verifier.verify(pdf, self.authority.pem, good + self.listed(self.authority, listed))
            assert (found.seal_genuine, found.valid_at_sealing, found.revocation) == (True, state == "good", state)

    @staticmethod
    def listed(authority: Authority, one: x509.Certificate | None, partial: x509.ExtensionType | None = None) -> bytes:
        builder = x509.CertificateRevocationListBuilder(authority.root.subject, NOW, NOW + timedelta(days=7))
        if one is not None:
            builder = builder.add_revoked_certificate(x509.RevokedCertificateBuilder(one.serial_number, NOW).build())
        if partial is not None:
            builder = builder.add_extension(partial, critical=True)
        return builder.sign(authority.key, SHA256()).public_bytes(Encoding.PEM)

    def test_a_list_of_somebody_else_says_nothing(self, sealed: Sealed) -> None:
        crl = Authority(NOW).revoked(None, NOW, NOW, NOW + timedelta(days=7))
        assert self.state(sealed, crl) == (False, "unknown")


@pytest.mark.parametrize("what", ["pdf", "roots", "crl"])
def test_what_cannot_be_read_at_all_is_one_sentence(sealed: Sealed, what: str) -> None:
    given_: dict[str, bytes] = {"pdf": sealed.pdf, "roots": sealed.roots, "crl": b"x"} | {what: b"not that"}
    with pytest.raises(ValueError, match=r"没有验。"):
        verifier.verify(**given_)


def test_a_range_that_lies_is_no_range(sealed: Sealed) -> None:
    for lie in (b"[0 0 0 0]", b"[5 1 2 3]", b"[0 9999999999 9999999999 1]"):
        pdf = re.sub(rb"/ByteRange \[[^]]*\]", b"/ByteRange " + lie, sealed.pdf)
        assert not any(answers(verifier.verify(pdf, sealed.roots))[::2])


def test_the_time_is_the_halls_not_the_machines(sealed: Sealed) -> None:
    assert b"20261121060000Z" in sealed.pdf[len(sealed.page.pdf) :]
    early = SealVerifier(lambda: datetime(2020, 1, 1, tzinfo=UTC))
    assert answers(early.verify(sealed.pdf, sealed.roots)) == (True, True, False)
