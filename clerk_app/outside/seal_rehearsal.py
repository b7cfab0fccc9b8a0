"""预热 a page of nothing, a face of nothing and keys of nobody's: what the first stamp is rehearsed with. Nothing of it is kept."""

from __future__ import annotations

import secrets
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from clerk_app.outside.keys import SigningKey
from clerk_app.outside.seal_certificates import new_root, new_seal
from clerk_app.outside.seal_keys import FileSealKey
from clerk_app.ports.seal import StampOrder
from clerk_app.sealing.grants import LASTS, GrantTerms, SignedGrant, paper_of, signed_bytes
from clerk_app.sealing.paper import MadePage, SealPlace

_LINE = b"0 0 m 50 50 l S"


def rehearsal(at: datetime) -> tuple[StampOrder, FileSealKey]:
    """The order and the key; both are good for nothing: nobody knows who signed the grant, and no root stands anywhere."""
    pdf, chief = _pdf(), SigningKey(secrets.token_bytes(32))
    paper = paper_of(pdf, case="", item="", document_no="", title="", pages=1, copies=1)
    terms = GrantTerms(
        id="", seal="", keeper="", chief="", acting_for="", letter="", window=0, device="",
        issued=at, expires=at + LASTS, papers=(paper.entry,), public=chief.public,
    )  # fmt: skip
    page = MadePage(pdf, 1, SealPlace(1, 50.0, 50.0))
    grant = SignedGrant(terms=terms, paper=paper, signature=chief.sign(signed_bytes(terms)))
    order = StampOrder(page=page, face=_pdf(), grant=grant, at=at, reason="预热")
    root_key, root = new_root("预热", at)
    key, certificate = new_seal("预热", root_key, root, at)
    return order, FileSealKey(key, (certificate, root))


def _pdf() -> bytes:
    writer, out = PdfFileWriter(), BytesIO()  # type: ignore[no-untyped-call]
    line = writer.add_object(StreamObject(stream_data=_LINE))
    page = PageObject(contents=line, media_box=(0, 0, 100, 100))  # type: ignore[no-untyped-call]
    writer.insert_page(page)  # type: ignore[no-untyped-call]
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()
