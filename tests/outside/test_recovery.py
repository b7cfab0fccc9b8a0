"""The recovery certificate: made for two persons, opened by both halves, and nothing half-open in between."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

from clerk_app.outside import recovery
from clerk_app.outside.hall_file import read_hall_document
from clerk_app.outside.recovery import (
    RecoveryProblem,
    certificate_text,
    encrypt_for,
    make_recovery,
    open_recovery_key,
    read_certificate,
    unwrap_store_key,
    wrap_store_key,
)
from resources import path
from tests.recovery.parts import HALVES, recovery_key, recovery_pair

PEM, P12 = recovery_pair()
KEY = bytes(range(32))


def certificate_with(key) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "别的证书")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def test_certificate_is_for_wrapping_keys_only():
    certificate = read_certificate(PEM)
    assert certificate.public_key().key_size >= 3072
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.key_encipherment
    assert not usage.digital_signature
    assert certificate.not_valid_after_utc > datetime.now(UTC) + timedelta(days=365 * 15)


def test_both_halves_open_it_in_either_order():
    sealed = encrypt_for(read_certificate(PEM), "欧阳明月".encode())
    for halves in (HALVES, HALVES[::-1]):
        assert open_recovery_key(P12, halves).open(sealed).decode() == "欧阳明月"


@pytest.mark.parametrize("halves", [(HALVES[0], HALVES[0]), (HALVES[0], "别人的一半口令"), ("", HALVES[1]), ("", "")])
def test_one_half_opens_nothing(halves):
    with pytest.raises(RecoveryProblem, match="两半口令合起来打不开"):
        open_recovery_key(P12, halves)


@pytest.mark.parametrize(
    "halves", [("短", "够长够长够长够长"), ("够长够长够长够长", ""), ("一样一样一样一样", "一样一样一样一样")]
)
def test_halves_that_are_none_make_nothing(halves):
    with pytest.raises(RecoveryProblem, match="没有做"):
        make_recovery("某大厅", halves)


def test_the_halves_are_kept_nowhere():
    for half in HALVES:
        assert half.encode() not in P12 + PEM


def test_a_file_that_is_no_key():
    with pytest.raises(RecoveryProblem, match="读不了"):
        open_recovery_key(b"not a key", HALVES)
    curve = ec.generate_private_key(ec.SECP256R1())
    certificate = x509.load_pem_x509_certificate(certificate_with(curve))
    data = pkcs12.serialize_key_and_certificates(None, curve, certificate, None, recovery_encryption())
    with pytest.raises(RecoveryProblem, match="没有 RSA 钥匙"):
        open_recovery_key(data, HALVES)


def recovery_encryption():
    return BestAvailableEncryption("".join(HALVES).encode())


@pytest.mark.parametrize(
    "pem",
    [
        b"", b"\xff\xfe", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        certificate_with(rsa.generate_private_key(65537, 2048)), certificate_with(ec.generate_private_key(ec.SECP256R1())),
    ],
    ids=["empty", "bytes", "torn", "short", "curve"],
)  # fmt: skip
def test_a_certificate_that_will_not_do(pem):
    with pytest.raises(RecoveryProblem, match="恢复证书"):
        read_certificate(pem)


def test_what_is_for_another_hall_or_damaged_says_so():
    sealed = encrypt_for(read_certificate(PEM), b"x" * 5000)
    with pytest.raises(RecoveryProblem, match="不是加密给这张恢复证书"):
        recovery_key("另一个大厅").open(sealed)
    for torn in (sealed[:-100], b"nothing", b""):
        with pytest.raises(RecoveryProblem, match="坏了或不全"):
            recovery_key().open(torn)


def test_the_store_key_is_wrapped_once_and_again_when_something_changed(tmp_path):
    file = tmp_path / "counter.db.recovery"
    known = wrap_store_key(file, KEY, PEM, "")
    first = file.read_bytes()
    assert KEY not in first
    assert unwrap_store_key(first, recovery_key()) == KEY
    assert wrap_store_key(file, KEY, PEM, known) == known
    assert file.read_bytes() == first, "nothing changed, nothing written"
    other = wrap_store_key(file, bytes(32), PEM, known)
    assert unwrap_store_key(file.read_bytes(), recovery_key()) == bytes(32)
    pem = recovery_pair("另一个大厅")[0]
    wrap_store_key(file, bytes(32), pem, other)
    assert unwrap_store_key(file.read_bytes(), recovery_key("另一个大厅")) == bytes(32)


@pytest.mark.parametrize("harm", [lambda file: file.unlink(), lambda file: file.write_bytes(b"torn")])
def test_a_wrapped_key_that_is_gone_or_torn_is_written_again(tmp_path, harm):
    file = tmp_path / "counter.db.recovery"
    known = wrap_store_key(file, KEY, PEM, "")
    harm(file)
    known = wrap_store_key(file, KEY, PEM, known)
    assert unwrap_store_key(file.read_bytes(), recovery_key()) == KEY
    assert known.split()[1] == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_wrapped_something_else_is_no_key():
    with pytest.raises(RecoveryProblem, match="坏了或不全"):
        unwrap_store_key(encrypt_for(read_certificate(PEM), b"short"), recovery_key())


def test_where_the_certificate_comes_from(tmp_path):
    file = tmp_path / "own.pem"
    file.write_bytes(b"own")
    hall = {"hall": {"recovery_certificate": "the hall's"}}
    assert certificate_text(file, hall) == b"own"
    assert certificate_text(None, hall) == b"the hall's"
    assert certificate_text(None, {"hall": {}}) is None
    assert certificate_text(None, None) is None
    with pytest.raises(RecoveryProblem, match="打不开"):
        certificate_text(tmp_path / "none.pem", hall)


def hall_text(line: str) -> str:
    text = path("halls", "training.yaml").read_text("utf-8")
    return text.replace("  level: 4 ", f"  recovery_certificate: {line}\n  level: 4 ", 1)


def test_the_hall_file_may_bear_it():
    line = '"' + PEM.decode().replace("\n", "\\n") + '"'
    document, findings = read_hall_document(hall_text(line))
    assert findings == []
    assert document is not None
    assert certificate_text(None, document) == PEM


@pytest.mark.parametrize("line", ["胡写", "12", "[]"])
def test_a_wrong_one_in_the_hall_file_is_one_line(line):
    document, findings = read_hall_document(hall_text(line))
    assert document is None
    (finding,) = findings
    assert "恢复证书" in finding


def test_rounds_are_slow_enough_for_two_halves():
    assert recovery.ROUNDS >= 300_000
    assert recovery.BITS >= 3072
