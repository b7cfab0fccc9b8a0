"""盖章 training seal keys as PKCS#12 files, and PAdES signing with the seal's face as the signature's appearance (pyHanko).

For the training hall only: the keys are files, their PINs stand in the hall's papers, and the root's own key is thrown
away as soon as its seals are made, so that nobody makes a further seal under it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from asn1crypto import x509 as asn1_x509
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.generic import DictionaryObject, NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.stamp import BaseStamp, BaseStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from clerk_app.outside.seal_certificates import new_root, new_seal
from clerk_app.ports.seal import OpenSealKey, SealKeyAway
from clerk_app.sealing.paper import MadePage, SealPlace

_FIELD = "Seal"
_POINTS_A_MM = 72 / 25.4
_ROOTS = "roots.pem"

Now = Callable[[], datetime]


def _clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class TrainingSeal:
    """练习印章 the seal's full name, and the PIN of each of its keepers (custodian, backup)."""

    name: str
    pins: tuple[str, ...]


class TrainingSealKeys:
    """练习印章钥匙 one PKCS#12 for each seal and keeper in `folder`, made on first use under a root of their own."""

    def __init__(self, folder: Path, seals: Mapping[str, TrainingSeal], now: Now = _clock) -> None:
        self._folder = folder
        self._seals = dict(seals)
        self._now = now
        self._lock = Lock()

    def open(self, seal: str, pin: str) -> OpenSealKey | None:
        """The key, or None when no keeper's PIN fits; raises `SealKeyAway` for a seal that has no key here."""
        if seal not in self._seals:
            raise SealKeyAway(seal)
        self._make_missing()
        for file in self._files(seal):
            opened = _opened(file, pin, self._now)
            if opened is not None:
                return opened
        return None

    def has(self, seal: str) -> bool:
        """Made on first use: known is enough."""
        return seal in self._seals

    def roots(self) -> bytes:
        """The roots of all seals ever made in this folder, PEM."""
        self._make_missing()
        return (self._folder / _ROOTS).read_bytes()

    def _files(self, seal: str) -> list[Path]:
        return [self._folder / f"{seal}-{keeper}.p12" for keeper in range(1, len(self._seals[seal].pins) + 1)]

    def _make_missing(self) -> None:
        with self._lock:
            missing = [seal for seal in self._seals if not all(file.is_file() for file in self._files(seal))]
            if missing or not (self._folder / _ROOTS).is_file():
                self._make(missing)

    def _make(self, seals: list[str]) -> None:
        """The root first, then its seals: a crash leaves a root too many, never a seal without its root."""
        self._folder.mkdir(parents=True, exist_ok=True)
        root_key, root = new_root("练习大厅印章根证书（演练）", self._now())
        roots = self._folder / _ROOTS
        _write(roots, (roots.read_bytes() if roots.is_file() else b"") + root.public_bytes(Encoding.PEM))
        for seal in seals:
            owner = self._seals[seal]
            key, certificate = new_seal(owner.name, root_key, root, self._now())
            for file, pin in zip(self._files(seal), owner.pins, strict=True):
                lock = BestAvailableEncryption(pin.encode())
                _write(file, pkcs12.serialize_key_and_certificates(owner.name.encode(), key, certificate, [root], lock))


def _write(file: Path, data: bytes) -> None:
    fresh = file.with_name(file.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    os.replace(fresh, file)


def _opened(file: Path, pin: str, now: Now) -> FileSealKey | None:
    data = file.read_bytes()
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(data, pin.encode())
    except ValueError:
        return None  # the one answer OpenSSL has for a PIN that does not fit
    if not isinstance(key, ec.EllipticCurvePrivateKey) or certificate is None:
        return None
    return FileSealKey(key, certificate, now)


class FileSealKey:
    """打开的钥匙 a seal's key in memory; let go of it after the act."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate, now: Now = _clock) -> None:
        self._key = key
        self._certificate = certificate
        self._now = now

    @property
    def certificate(self) -> str:
        """The certificate's serial number, hexadecimal."""
        return f"{self._certificate.serial_number:x}"

    def seal(self, page: MadePage, face: bytes, reason: str) -> bytes:
        """The same bytes plus one certifying signature (PAdES B-B, no change allowed after it) shown as the seal's face."""
        try:
            writer = IncrementalPdfFileWriter(BytesIO(page.pdf))
            if any(True for _ in writer.prev.embedded_signatures):
                raise ValueError("这份文书已经盖过章，没有再盖。要另盖，先作废重新成文。")
            box = _box(writer.prev, PdfFileReader(BytesIO(face)), page.place)
        except PdfError:
            raise ValueError("这份文书不是完整的 PDF，没有盖章。重新成文再来。") from None
        meta = PdfSignatureMetadata(
            field_name=_FIELD, md_algorithm="sha256", name=_name(self._certificate), reason=reason, certify=True,
            subfilter=SigSeedSubFilter.PADES, docmdp_permissions=MDPPerm.NO_CHANGES,
        )  # fmt: skip
        field = SigFieldSpec(_FIELD, on_page=page.place.page - 1, box=box, readable_field_name="电子印章")  # type: ignore[arg-type]
        signer = _SignerAt(meta, self._signer(), self._now(), stamp_style=_SealStyle(face=face), new_field_spec=field)
        out = BytesIO()
        signer.sign_pdf(writer, output=out)
        return out.getvalue()

    def _signer(self) -> SimpleSigner:
        """The seal's certificate alone goes into the file: whoever verifies brings the root himself."""
        certificate = asn1_x509.Certificate.load(self._certificate.public_bytes(Encoding.DER))
        der = self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        others = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        return SimpleSigner(certificate, PrivateKeyInfo.load(der), others, embed_roots=False)


class _SignerAt(PdfSigner):
    """定时签名 signs with the hall's time; pyHanko alone asks the machine."""

    def __init__(self, meta: PdfSignatureMetadata, signer: SimpleSigner, at: datetime, **others: Any) -> None:
        super().__init__(meta, signer, **others)
        self._at = at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


@dataclass(frozen=True)
class _SealStyle(BaseStampStyle):
    """印面外观 the face alone, at its own size."""

    face: bytes = b""

    def create_stamp(self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]) -> _SealStamp:
        return _SealStamp(self, writer, box)


class _SealStamp(BaseStamp):
    """印面内容 the imported page in multiplied ink, so that name and date stay black under it."""

    def __init__(self, style: _SealStyle, writer: BasePdfFileWriter, box: BoxConstraints) -> None:
        super().__init__(writer=writer, style=style, box=box)
        self._face = style.face

    def render(self) -> bytes:
        writer: BasePdfFileWriter = self._ensure_writer
        page = writer.import_page_as_xobject(PdfFileReader(BytesIO(self._face)))
        ink = DictionaryObject({NameObject("/BM"): NameObject("/Multiply")})  # type: ignore[no-untyped-call]
        self.set_resource(ResourceType.XOBJECT, NameObject("/Face"), page)
        self.set_resource(ResourceType.EXT_G_STATE, NameObject("/Ink"), ink)
        return b"q /Ink gs /Face Do Q"


def _box(paper: PdfFileReader, face: PdfFileReader, place: SealPlace) -> tuple[float, float, float, float]:
    """Where the seal lies in points from the lower left: exactly as large as its face."""
    height = _media_box(paper, place.page - 1)[3]
    _, _, width, tall = _media_box(face, 0)
    x, y = place.x * _POINTS_A_MM, height - place.y * _POINTS_A_MM
    return (x - width / 2, y - tall / 2, x + width / 2, y + tall / 2)


def _media_box(reader: PdfFileReader, page: int) -> list[float]:
    reference, _ = reader.find_page_for_modification(page)  # type: ignore[no-untyped-call]
    node = reference.get_object()
    while "/MediaBox" not in node:
        node = node["/Parent"]
    return [float(number) for number in node["/MediaBox"]]


def _name(certificate: x509.Certificate) -> str:
    return str(certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)
