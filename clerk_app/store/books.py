"""账本 all rooms' books together, over one connection. A new room adds one base class."""

from __future__ import annotations

from clerk_app.store.attachments import AttachmentRows
from clerk_app.store.back_entry import BackEntryRows
from clerk_app.store.cards import CardRows
from clerk_app.store.cases import CaseRows
from clerk_app.store.catalogue import CatalogueRows
from clerk_app.store.duty import DutyRows
from clerk_app.store.external import ExternalRows
from clerk_app.store.fees import FeeRows
from clerk_app.store.handing import HandingRows
from clerk_app.store.inbox import InboxRows
from clerk_app.store.oversight import OversightRows
from clerk_app.store.queueing import QueueDayRows, TicketRows
from clerk_app.store.receipts import PaperRows
from clerk_app.store.registration import FormRows
from clerk_app.store.routing import RoutingRows
from clerk_app.store.sealing import SealRows
from clerk_app.store.sharing import ShareRows


class SqlBooks(
    DutyRows,
    TicketRows,
    QueueDayRows,
    CaseRows,
    CatalogueRows,
    CardRows,
    ExternalRows,
    FeeRows,
    HandingRows,
    InboxRows,
    AttachmentRows,
    BackEntryRows,
    PaperRows,
    FormRows,
    RoutingRows,
    SealRows,
    ShareRows,
    OversightRows,
):
    """账 what `ports.Books` asks for, at both ends."""
