"""What every `ports.seal.SealKeys` and the keys it opens do. A test class inherits this and gives the fixture `desk`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from clerk_app.ports.seal import SealKey, SealKeyAway, SealKeys, SealKeyTrouble
from clerk_app.sealing.grants import GRANT_FILE, read_grant, write_grant
from tests.contracts import sealed_judges as judges
from tests.contracts.sealed_judges import NeedProgram
from tests.sealing.conftest import STAMPER, Sealed
from tests.sealing.forging import grant_on

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)


@dataclass(frozen=True)
class KeyDesk:
    """钥匙台 a desk's keys, one seal of theirs, who opens it by which PIN, and the certificates above it."""

    keys: SealKeys
    seal: str
    keeper: str
    pin: str
    issuers: tuple[x509.Certificate, ...]
    name: str

    def open(self) -> SealKey:
        key = self.keys.open(self.seal, self.keeper, self.pin)
        assert key is not None
        return key


def verify(key: SealKey, data: bytes, signature: bytes) -> None:
    """By its certificate's public key; raises InvalidSignature."""
    public = x509.load_der_x509_certificate(key.chain[0]).public_key()
    if key.algorithm == "rsa-sha256":
        public.verify(signature, data, padding.PKCS1v15(), SHA256())
    else:
        public.verify(signature, data, ec.ECDSA(SHA256()))


class SealKeyContract:
    """印章钥匙的约定 the same of every kind of key."""

    @pytest.fixture(scope="class")
    @classmethod
    def stamped(cls, desk: KeyDesk, sealed: Sealed, tmp_path_factory: pytest.TempPathFactory) -> Path:
        """One paper sealed by this key, and the root beside it."""
        folder, key = tmp_path_factory.mktemp("stamped"), desk.open()
        try:
            pdf = STAMPER.stamp(sealed.order, key)
        finally:
            key.close()
        (folder / "root.pem").write_bytes(desk.issuers[-1].public_bytes(Encoding.PEM))
        (folder / "sealed.pdf").write_bytes(pdf)
        return folder / "sealed.pdf"

    def test_what_it_signs_its_certificate_verifies(self, desk: KeyDesk) -> None:
        key = desk.open()
        for data in (b"", b"seal", bytes(range(256)) * 4096):
            signature = key.sign(data)
            verify(key, data, signature)
            with pytest.raises(InvalidSignature):
                verify(key, data + b"!", signature)
        key.close()

    def test_many_in_one_opening(self, desk: KeyDesk) -> None:
        key = desk.open()
        for number in range(50):
            verify(key, b"%d" % number, key.sign(b"%d" % number))
        key.close()

    @pytest.mark.parametrize("wrong", ["", "0", "135791", "1357900", "一二三四五六", "9" * 400])
    def test_a_wrong_pin_opens_nothing_and_breaks_nothing(self, desk: KeyDesk, wrong: str) -> None:
        assert desk.keys.open(desk.seal, desk.keeper, wrong) is None
        desk.open().close()

    def test_a_seal_without_a_key_here_is_away(self, desk: KeyDesk) -> None:
        with pytest.raises(SealKeyAway):
            desk.keys.open("S-GAJ", desk.keeper, desk.pin)
        assert desk.keys.card("S-GAJ") is None

    def test_the_card_is_read_without_a_pin(self, desk: KeyDesk) -> None:
        card, key = desk.keys.card(desk.seal), desk.open()
        own = x509.load_der_x509_certificate(key.chain[0])
        assert card == key.card
        assert card is not None
        assert card.serial == f"{own.serial_number:x}"
        assert (card.valid_from, card.valid_to) == (own.not_valid_before_utc, own.not_valid_after_utc)
        assert card.valid_from <= NOW <= card.valid_to
        assert card.issuer == hashlib.sha256(desk.issuers[0].public_bytes(Encoding.DER)).hexdigest()
        key.close()

    def test_the_chain_begins_with_its_own_and_ends_with_the_root(self, desk: KeyDesk) -> None:
        key = desk.open()
        chain = [x509.load_der_x509_certificate(one) for one in key.chain]
        assert chain[1:] == list(desk.issuers)
        assert [one.value for one in chain[0].subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)] == [desk.name]
        for one, issuer in pairwise(chain):
            one.verify_directly_issued_by(issuer)
        key.close()

    def test_a_closed_key_signs_nothing_and_closes_twice(self, desk: KeyDesk) -> None:
        key = desk.open()
        key.close()
        with pytest.raises(SealKeyTrouble, match="已经收起"):
            key.sign(b"more")
        key.close()
        again = desk.open()
        verify(again, b"more", again.sign(b"more"))
        again.close()

    def test_the_roots_hold_its_own(self, desk: KeyDesk) -> None:
        assert desk.issuers[-1] in x509.load_pem_x509_certificates(desk.keys.roots())

    def test_pdfsig_sees_one_trusted_signature_over_all(self, stamped: Path, desk: KeyDesk, need_program: NeedProgram) -> None:  # fmt: skip
        words = judges.pdfsig(need_program, stamped, stamped.with_name("root.pem"))
        assert words.count("Signature #") == 1
        for said in (
            "Total document signed", "Signature is Valid", "Certificate is Trusted", "ETSI.CAdES.detached",
            f"Common Name: {desk.name}", "Nov 21 2026 06:00:00",
        ):  # fmt: skip
            assert said in words, words

    def test_openssl_verifies_the_cades_signature(self, stamped: Path, need_program: NeedProgram) -> None:
        code, words = judges.openssl(need_program, stamped, stamped.with_name("root.pem"))
        assert (code, "CAdES Verification successful" in words) == (0, True), words

    def test_qpdf_finds_nothing_wrong(self, stamped: Path, need_program: NeedProgram) -> None:
        code, words = judges.qpdf(need_program, stamped)
        assert (code, "No syntax or stream encoding errors" in words) == (0, True), words

    def test_mutool_finds_it_unchanged(self, stamped: Path, need_program: NeedProgram) -> None:
        assert "The document is unchanged since signing." in judges.mutool(need_program, stamped)

    def test_the_grant_comes_out_of_it(self, stamped: Path, sealed: Sealed, need_program: NeedProgram) -> None:
        listed, grant = judges.pdfdetach(need_program, stamped)
        assert listed.splitlines() == ["1 embedded files", f"1: {GRANT_FILE}"]
        assert grant == write_grant(sealed.grant)
        assert read_grant(grant) == sealed.grant

    def test_it_begins_with_the_authorised_bytes(self, stamped: Path, sealed: Sealed) -> None:
        pdf, granted = stamped.read_bytes(), sealed.grant.paper
        assert pdf[: granted.length] == sealed.page.pdf
        assert hashlib.sha256(pdf[: granted.length]).hexdigest() == granted.sha256

    def test_it_takes_no_second_seal(self, stamped: Path, desk: KeyDesk, sealed: Sealed) -> None:
        pdf, key = stamped.read_bytes(), desk.open()
        order = replace(sealed.order, page=replace(sealed.page, pdf=pdf), grant=grant_on(pdf, NOW))
        with pytest.raises(ValueError, match="已经盖过章"):
            STAMPER.stamp(order, key)
        key.close()
