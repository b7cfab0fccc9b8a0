"""吊销名单 whether a seal's certificate stood on its issuer's list: good, revoked or unknown, with the sentence to say."""

from __future__ import annotations

import re
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

GOOD, REVOKED, UNKNOWN = "good", "revoked", "unknown"
_PEM = re.compile(rb"-----BEGIN X509 CRL-----.+?-----END X509 CRL-----", re.DOTALL)


def read_lists(data: bytes) -> list[x509.CertificateRevocationList]:
    """One list in DER, or any number in PEM; raises ValueError with one sentence."""
    blocks = _PEM.findall(data)
    try:
        if blocks:
            return [x509.load_pem_x509_crl(block) for block in blocks]
        return [x509.load_der_x509_crl(data)]
    except ValueError:
        raise ValueError("吊销名单看不懂，没有验。换一份 PEM 或 DER 格式的名单再来。") from None


def revocation(
    lists: list[x509.CertificateRevocationList], seal: x509.Certificate, issuer: x509.Certificate,
    sealed: datetime, now: datetime,
) -> tuple[str, str]:  # fmt: skip
    """The state and why. A list that ran out before the sealing says nothing of it; a revoked seal has no proof of time."""
    ours = [one for one in lists if one.issuer == issuer.subject and _signed_by(one, issuer)]
    if not ours:
        return UNKNOWN, "给的吊销名单不是这枚印章的发证机构出的，查不到印章的状态。"
    for one in ours:
        entry = one.get_revoked_certificate_by_serial_number(seal.serial_number)
        if entry is not None and entry.revocation_date_utc <= sealed:
            return REVOKED, "盖章的时候，这枚印章已经停用。"
        if entry is not None:
            return REVOKED, "这枚印章后来停用了，没有可信的时间能证明盖章在停用之前，当时是否有效待核。"
    if any(one.last_update_utc <= now and (one.next_update_utc or sealed) >= sealed for one in ours):
        return GOOD, ""
    return UNKNOWN, "给的吊销名单太旧，管不到盖章那天，查不到印章的状态。换一份新的名单再验。"


def _signed_by(one: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    try:
        return one.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return False
