"""吊销名单 whether a seal's certificate stood on its issuer's list: good, revoked or unknown, with the sentence to say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

GOOD, REVOKED, UNKNOWN = "good", "revoked", "unknown"
STOPPED_LATER = "这枚印章后来停用了，文件自己没有可信的时间能证明盖章在停用之前，当时是否有效待核。"
_PEM = re.compile(rb"-----BEGIN X509 CRL-----.+?-----END X509 CRL-----", re.DOTALL)
_PARTIAL = (x509.DeltaCRLIndicator, x509.IssuingDistributionPoint)

Lists = list[x509.CertificateRevocationList]


def read_lists(data: bytes) -> Lists:
    """One list in DER, or any number in PEM; raises ValueError with one sentence."""
    blocks = _PEM.findall(data)
    try:
        if blocks:
            return [x509.load_pem_x509_crl(block) for block in blocks]
        return [x509.load_der_x509_crl(data)]
    except ValueError:
        raise ValueError("吊销名单看不懂，没有验。换一份 PEM 或 DER 格式的名单再来。") from None


def revocation(lists: Lists, path: Sequence[x509.Certificate], sealed: datetime, now: datetime) -> tuple[str, str]:
    """The state and why, of a path (seal first, root last): the seal's must be found, whoever issued it must not be revoked.

    A list that ran out before the sealing says nothing of it; a list of some certificates only says of nobody that he is
    good; a revoked seal has no proof of time.
    """
    for issued, issuer in pairwise(path[1:]):
        if any(_entry(one, issued) is not None for one in _of(lists, issuer)):
            return REVOKED, "给印章发证书的机构，它自己的证书已经被吊销。"
    seal, ours = path[0], _of(lists, path[1])
    if not ours:
        return UNKNOWN, "给的吊销名单不是这枚印章的发证机构出的，查不到印章的状态。"
    for one in ours:
        entry = _entry(one, seal)
        if entry is not None:
            stopped = entry.revocation_date_utc <= sealed
            return REVOKED, "盖章的时候，这枚印章已经停用。" if stopped else STOPPED_LATER
    whole = [one for one in ours if not _is_partial(one)]
    if any(one.last_update_utc <= now and (one.next_update_utc or sealed) >= sealed for one in whole):
        return GOOD, ""
    if not whole:
        return UNKNOWN, "给的吊销名单只列了一部分证书，查不到印章的状态。换一份完整的名单再验。"
    return UNKNOWN, "给的吊销名单太旧，管不到盖章那天，查不到印章的状态。换一份新的名单再验。"


def _of(lists: Lists, issuer: x509.Certificate) -> Lists:
    return [one for one in lists if one.issuer == issuer.subject and _signed_by(one, issuer)]


def _entry(one: x509.CertificateRevocationList, certificate: x509.Certificate) -> x509.RevokedCertificate | None:
    return one.get_revoked_certificate_by_serial_number(certificate.serial_number)


def _is_partial(one: x509.CertificateRevocationList) -> bool:
    try:
        return any(extension.critical and isinstance(extension.value, _PARTIAL) for extension in one.extensions)
    except (ValueError, x509.DuplicateExtension):
        return True


def _signed_by(one: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    try:
        return one.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return False
