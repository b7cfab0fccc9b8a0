"""伪造 whoever has a seal's key may put anything into the update he signs: files no stamper of ours would make."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO

from asn1crypto import x509 as asn1_x509
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.stamp import BaseStamp, BaseStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from clerk_app.outside.keys import PasswordLocksmith, SigningKey
from clerk_app.outside.seal_certificates import new_root, new_seal
from clerk_app.sealing.grants import (
    GRANT_FILE,
    GrantTerms,
    SignedGrant,
    paper_of,
    signed_bytes,
)  # fmt: skip

CHIEF = PasswordLocksmith().make()
BOX = (300, 200, 427, 327)

Writer = IncrementalPdfFileWriter
More = Callable[[Writer], None]
Look = Callable[[StreamObject], None]
"""Changes the seal's face as it lies in the file."""


def grant_on(pdf: bytes, at: datetime, key: SigningKey = CHIEF, **other: object) -> SignedGrant:
    """A good grant over these bytes, given a minute before `at`; `other` are terms that shall be otherwise."""
    paper = paper_of(
        pdf, case="JZ01-20261121-00042-7", item="I-1", document_no="（江）登字〔2026〕第000123号",
        title="准予登记通知书", pages=1, copies=1,
    )  # fmt: skip
    words: dict[str, object] = {
        "id": "0193", "seal": "S-SJJ", "keeper": "P203", "chief": "P201", "acting_for": "", "letter": "SQ-1",
        "window": 3, "device": "D-3", "issued": at - timedelta(minutes=1), "expires": at + timedelta(minutes=4),
        "papers": (paper.entry,), "public": key.public,
    }  # fmt: skip
    terms = GrantTerms(**(words | other))  # type: ignore[arg-type]
    return SignedGrant(terms=terms, paper=paper, signature=key.sign(signed_bytes(terms)))


def resigned(grant: SignedGrant, key: SigningKey = CHIEF, **other: object) -> SignedGrant:
    """The same terms but those, signed again."""
    terms = replace(grant.terms, **other)  # type: ignore[arg-type]
    return replace(grant, terms=terms, signature=key.sign(signed_bytes(terms)))


@dataclass(frozen=True)
class Forger:
    """偷章的人 holds the seal's key and signs what he likes, at whatever time he says."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    root: x509.Certificate
    face: bytes
    look: Look | None = None

    @property
    def pem(self) -> bytes:
        return self.root.public_bytes(Encoding.PEM)

    def seal(
        self, pdf: bytes, at: datetime, grants: Iterable[bytes] = (), more: More | None = None,
        box: tuple[float, float, float, float] = BOX, ink: str = "/Multiply",
    ) -> bytes:  # fmt: skip
        """These bytes, then one update: the grants, whatever `more` does, the seal."""
        writer = Writer(BytesIO(pdf))
        for grant in grants:
            attach(writer, grant)
        if more is not None:
            more(writer)
        meta = PdfSignatureMetadata(
            field_name="Seal", md_algorithm="sha256", certify=True, subfilter=SigSeedSubFilter.PADES,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )  # fmt: skip
        field = SigFieldSpec("Seal", on_page=0, box=box)  # type: ignore[arg-type]
        signer = _At(
            meta, self._signer(), stamp_style=_Style(face=self.face, ink=ink, look=self.look), new_field_spec=field
        )
        signer.at = at
        out = BytesIO()
        signer.sign_pdf(writer, output=out)
        return out.getvalue()

    def cms(self, data: bytes) -> bytes:
        """A signature of its own over these bytes."""
        made = asyncio.run(self._signer().async_sign(hashlib.sha256(data).digest(), "sha256", use_pades=True))
        return bytes(made.dump())

    def _signer(self) -> SimpleSigner:
        certificate = asn1_x509.Certificate.load(self.certificate.public_bytes(Encoding.DER))
        der = self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return SimpleSigner(certificate, PrivateKeyInfo.load(der), SimpleCertificateStore())  # type: ignore[no-untyped-call]


def forger(now: datetime, face: bytes) -> Forger:
    """A seal under a root of its own, both named as any other's."""
    root_key, root = new_root("测试根", now)
    key, certificate = new_seal("测试章", root_key, root, now)
    return Forger(key, certificate, root, face)


def attach(writer: Writer, data: bytes, name: str = GRANT_FILE, key: str | None = None) -> None:
    """One embedded file; under another key of the name tree, if one is given."""
    stream = EmbeddedFileObject.from_file_data(writer, data, compress=False)
    embed_file(writer, FileSpec(file_spec_string=key or name, file_name=name, embedded_data=stream))


def later(pdf: bytes, more: More) -> bytes:
    """One more update behind the file, not signed."""
    writer = Writer(BytesIO(pdf))
    more(writer)
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def white_box(writer: Writer) -> None:
    """A white rectangle over the text of the first page, drawn last."""
    _drawn_last(writer, b"1 1 1 rg 60 440 480 160 re f", DictionaryObject())  # type: ignore[no-untyped-call]


def drawn_seal(pdf: bytes, face: bytes) -> bytes:
    """The face as a picture on the page, and no signature."""

    def draw(writer: Writer) -> None:
        look = writer.import_page_as_xobject(PdfFileReader(BytesIO(face)))
        faces = DictionaryObject({NameObject("/Face"): look})  # type: ignore[no-untyped-call]
        named = DictionaryObject({NameObject("/XObject"): faces})  # type: ignore[no-untyped-call]
        _drawn_last(writer, b"1 0 0 1 340 150 cm /Face Do", named)

    return later(pdf, draw)


def _drawn_last(writer: Writer, drawing: bytes, resources: DictionaryObject) -> None:
    """In the page's own points: what the page leaves behind as its scale is put away."""
    before, after = (writer.add_object(StreamObject(stream_data=one)) for one in (b"q", b"Q q " + drawing + b" Q"))
    writer.add_stream_to_page(0, before, prepend=True)  # type: ignore[no-untyped-call]
    writer.add_stream_to_page(0, after, resources)  # type: ignore[no-untyped-call]


class _At(PdfSigner):
    """定时 with the time it is told."""

    at: datetime

    def init_signing_session(self, pdf_out: object, existing_fields_only: bool = False) -> object:  # type: ignore[override]
        session = super().init_signing_session(pdf_out, existing_fields_only)  # type: ignore[arg-type]
        session.system_time = self.at
        return session


@dataclass(frozen=True)
class _Style(BaseStampStyle):
    """印面 in ink, or in whatever covers."""

    face: bytes = b""
    ink: str = "/Multiply"
    look: Look | None = None

    def create_stamp(self, writer: object, box: object, text_params: dict[str, object]) -> _Stamp:
        return _Stamp(writer=writer, style=self, box=box)  # type: ignore[arg-type]


class _Stamp(BaseStamp):
    """印面内容 what the seal's appearance draws."""

    def render(self) -> bytes:
        writer, style = self._ensure_writer, self.style
        assert isinstance(style, _Style)
        face = writer.import_page_as_xobject(PdfFileReader(BytesIO(style.face)))
        if style.look is not None:
            style.look(face.get_object())
        ink = DictionaryObject({NameObject("/BM"): NameObject(style.ink)})  # type: ignore[no-untyped-call]
        self.set_resource(ResourceType.XOBJECT, NameObject("/Face"), face)
        self.set_resource(ResourceType.EXT_G_STATE, NameObject("/Ink"), ink)
        return b"q /Ink gs /Face Do Q"
