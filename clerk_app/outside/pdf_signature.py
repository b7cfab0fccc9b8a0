"""电子签名 one signature field on a finished PDF (PAdES B-B, pyHanko): its appearance is the seal's face, the grant lies beside it.

All in one update behind the bytes that were authorised, so that the sealed file begins with exactly those. The key signs
by itself: pyHanko sees certificates and bytes, never a private key.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.embed import EmbeddedFileObject, EmbeddedFileParams, FileSpec, embed_file
from pyhanko.pdf_utils.generic import DictionaryObject, NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.stamp import BaseStamp, BaseStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from clerk_app.outside.page_ink import found_in, page_has_ink
from clerk_app.ports.seal import SealKey, SealKeyTrouble, StampOrder
from clerk_app.sealing.grants import GRANT_FILE, write_grant
from clerk_app.sealing.paper import SealPlace

log = logging.getLogger(__name__)

_FIELD = "Seal"
_POINTS_A_MM = 72 / 25.4
_BESIDE = 2048
"""Bytes a CMS has beside its certificates: attributes, names, an RSA signature of 4096 bits."""
_TORN = "这份文书不是完整的 PDF，没有盖章。重新成文再来。"
_BLANK = "要盖章的这一页是空白的，没有盖章。空白纸上不盖章。"
_SIGNED = "这份文书已经盖过章，没有再盖。要另盖，先作废重新成文。"
_BURDENED = "这份文书加了密，或者夹带着附件、表单，没有盖章。重新成文再来。"
_OTHER = "印章钥匙签的和它的证书对不上，没有盖章，办件没有变化。先盖实体章并登记，再找管理员核对钥匙。"


def sign_page(order: StampOrder, key: SealKey) -> bytes:
    """The page's bytes, then the update. Raises ValueError or `SealKeyTrouble` with one sentence."""
    writer = _writer(order.page.pdf)
    box, face = _fitting(writer.prev, order.face, order.page.place)
    _attach(writer, write_grant(order.grant), order.at)
    meta = PdfSignatureMetadata(
        field_name=_FIELD, md_algorithm="sha256", name=_name(key), reason=order.reason, certify=True,
        subfilter=SigSeedSubFilter.PADES, docmdp_permissions=MDPPerm.NO_CHANGES,
    )  # fmt: skip
    field = SigFieldSpec(_FIELD, on_page=order.page.place.page - 1, box=box, readable_field_name="电子印章")  # type: ignore[arg-type]
    signer = _SignerAt(meta, _KeySigner(key), order.at, stamp_style=_SealStyle(face=face), new_field_spec=field)
    out = BytesIO()
    room = 2 * (sum(len(one) for one in key.chain) + _BESIDE)
    signer.sign_pdf(writer, output=out, bytes_reserved=room)
    return out.getvalue()


def _writer(pdf: bytes) -> IncrementalPdfFileWriter:
    """Over a whole, unsealed file that carries nothing but its pages."""
    try:
        writer = _Writer(BytesIO(pdf))
        fault = _file_fault(pdf, writer.prev)
    except Exception as error:
        # A torn file breaks the reader in any way.
        raise _torn(error) from None
    if fault:
        raise ValueError(fault)
    return writer


def _file_fault(pdf: bytes, reader: PdfFileReader) -> str:
    if reader.encrypted:
        return _BURDENED
    if b"/ByteRange" in pdf or any(True for _ in reader.embedded_signatures):
        return _SIGNED
    files = "/EmbeddedFiles" in (found_in(reader.root, "/Names") or {})
    return _BURDENED if files or "/AcroForm" in reader.root else ""


def _fitting(
    paper: PdfFileReader, face: bytes, place: SealPlace
) -> tuple[tuple[float, float, float, float], PdfFileReader]:
    """Where the seal lies in points from the lower left, exactly as large as its face; the page there is not blank."""
    try:
        page, resources = _page(paper, place.page - 1)
        drawn = PdfFileReader(BytesIO(face))
        height = _media_box(page)[3]
        _, _, width, tall = _media_box(_page(drawn, 0)[0])
        inked = page_has_ink(page, resources)
    except Exception as error:
        # As above.
        raise _torn(error) from None
    if not inked:
        raise ValueError(_BLANK)
    x, y = place.x * _POINTS_A_MM, height - place.y * _POINTS_A_MM
    return (x - width / 2, y - tall / 2, x + width / 2, y + tall / 2), drawn


def _torn(error: Exception) -> ValueError:
    log.warning("a page cannot be read: %s", type(error).__name__)
    return ValueError(_TORN)


def _page(reader: PdfFileReader, number: int) -> tuple[Any, Any]:
    """The page and its resources, its own or its parents'."""
    reference, resources = reader.find_page_for_modification(number)  # type: ignore[no-untyped-call]
    return reference.get_object(), resources


def _media_box(node: Any) -> list[float]:
    while "/MediaBox" not in node:
        node = node["/Parent"]
    return [float(number) for number in node["/MediaBox"]]


def _attach(writer: IncrementalPdfFileWriter, grant: bytes, at: datetime) -> None:
    """As plain bytes: whoever looks into the file reads it."""
    params = EmbeddedFileParams(embed_checksum=False, creation_date=at)
    stream = EmbeddedFileObject.from_file_data(
        writer, grant, compress=False, params=params, mime_type="application/json"
    )
    embed_file(writer, FileSpec(GRANT_FILE, embedded_data=stream, description="用印授权"))


def _name(key: SealKey) -> str:
    return str(x509.Certificate.load(key.chain[0]).subject.native["common_name"])


class _Writer(IncrementalPdfFileWriter):
    """续写 leaves the authorised paper's own particulars alone; pyHanko would put the machine's clock into them."""

    def _update_meta(self) -> None:
        pass


class _KeySigner(Signer):
    """钥匙签名 asks the seal's key, wherever it is; the root stays out of the file, for whoever verifies brings it himself."""

    def __init__(self, key: SealKey) -> None:
        others = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        others.register_multiple([x509.Certificate.load(one) for one in key.chain[1:]])
        seal = x509.Certificate.load(key.chain[0])
        super().__init__(signing_cert=seal, cert_registry=others, embed_roots=False)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """A token that answers with anything but its certificate's signature has sealed nothing."""
        signature = self._key.sign(data)
        public = load_der_x509_certificate(self._key.chain[0]).public_key()
        try:
            if isinstance(public, ec.EllipticCurvePublicKey):
                public.verify(signature, data, ec.ECDSA(SHA256()))
            else:
                public.verify(signature, data, padding.PKCS1v15(), SHA256())  # type: ignore[union-attr,call-arg,arg-type]
        except InvalidSignature:
            raise SealKeyTrouble(_OTHER) from None
        return signature


class _SignerAt(PdfSigner):
    """定时签名 signs with the hall's time; pyHanko alone asks the machine."""

    def __init__(self, meta: PdfSignatureMetadata, signer: Signer, at: datetime, **others: Any) -> None:
        super().__init__(meta, signer, **others)
        self._at = at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


@dataclass(frozen=True)
class _SealStyle(BaseStampStyle):
    """印面外观 the face alone, at its own size."""

    face: Any = None  # a reader; what stands in it has no default

    def create_stamp(self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]) -> _SealStamp:
        return _SealStamp(self, writer, box)


class _SealStamp(BaseStamp):
    """印面内容 the imported page in multiplied ink, so that name and date stay black under it."""

    def __init__(self, style: _SealStyle, writer: BasePdfFileWriter, box: BoxConstraints) -> None:
        super().__init__(writer=writer, style=style, box=box)
        self._face = style.face

    def render(self) -> bytes:
        writer: BasePdfFileWriter = self._ensure_writer
        page = writer.import_page_as_xobject(self._face)
        ink = DictionaryObject({NameObject("/BM"): NameObject("/Multiply")})  # type: ignore[no-untyped-call]
        self.set_resource(ResourceType.XOBJECT, NameObject("/Face"), page)
        self.set_resource(ResourceType.EXT_G_STATE, NameObject("/Ink"), ink)
        return b"q /Ink gs /Face Do Q"
