"""账的接口 rows: all rooms' books, one unit of work, and the one file of state, journal and spool."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from clerk_app.cases.back_entry.books import BackEntryBooks
from clerk_app.cases.catalogue_changes import CatalogueBooks
from clerk_app.cases.external import ExternalBooks
from clerk_app.cases.inbox.books import InboxBooks
from clerk_app.cases.sharing.books import ShareBooks
from clerk_app.hall import Hall
from clerk_app.oversight.assigning import AssigningBooks
from clerk_app.oversight.books import OversightBooks
from clerk_app.ports.audit import AuditStore
from clerk_app.ports.blobs import BlobStore, KeptBlob
from clerk_app.ports.finding import CaseFinder
from clerk_app.ports.history import History
from clerk_app.ports.line import Change, ChangePage, HoldGrant, NumberBlock, Sent, SnapshotPage, Verdict
from clerk_app.ports.names import KnownNames
from clerk_app.ports.paper import Spool
from clerk_app.ports.seal_register import SealRegisterStore
from clerk_app.ports.typed import TypedStore
from clerk_app.receipts.handing.books import HandingBooks
from clerk_app.receipts.paper import PrintJob
from clerk_app.registration.books import FormBooks
from clerk_app.sealing.books import SealBooks
from clerk_app.sealing.gaps import GivenBlock


class Books(
    OversightBooks,
    AssigningBooks,
    SealBooks,
    FormBooks,
    BackEntryBooks,
    ShareBooks,
    InboxBooks,
    HandingBooks,
    ExternalBooks,
    CatalogueBooks,
    Protocol,
):
    """账 all rooms' books together, in one unit of work."""

    @property
    def hall(self) -> Hall:
        """The hall version this unit of work judges by."""
        ...


@dataclass(frozen=True, kw_only=True)
class JournalRow:
    """流水 one journal row with its verdict, as pages show it."""

    seq: int
    id: str
    kind: str
    subjects: tuple[str, ...]
    at: datetime
    actor: str
    state: str
    type: str
    sentence: str
    attempts: int
    next_at: float
    settled: str = ""
    """What a person made of it (`oversight.model.SettledHow`); empty while it waits for one."""


@dataclass(frozen=True)
class Head:
    """链头 the journal's last sequence number and hash."""

    device: str
    incarnation: int
    seq: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class Credential:
    """登录凭据 what offline sign-in needs: a password verifier and the signing key wrapped by the password."""

    person: str
    verifier: str
    wrapped_key: bytes
    online_at: datetime
    failures: int = 0
    locked_until: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Document:
    """成文 a finished page by the SHA-256 of its bytes: as authorised (`sealed` False) or as sealed."""

    digest: str
    case: str
    sealed: bool
    made_at: datetime
    content: bytes


class UnitOfWork(Protocol):
    """一次写入 one transaction of one file: books, journal and spool together, or nothing."""

    @property
    def books(self) -> Books:
        """The books of this transaction."""
        ...

    def record(self, body: Mapping[str, Any], note: Mapping[str, Any], sign: Callable[[bytes], str]) -> Head:
        """Append the command's body to the journal, signed, as pending; `note` has `fact`, `subjects` and `at`."""
        ...

    def keep_document(self, document: Document) -> None:
        """A finished page goes into the file with the act it belongs to."""
        ...

    def name_blob(self, blob: KeptBlob, case: str, at: datetime) -> None:
        """A blob kept before (its file is on the disk) belongs to this act and is to be sent."""
        ...

    def enqueue(self, job: PrintJob) -> bool:
        """A print job; False when this very paper (type, number, copy) exists already."""
        ...


class StoreTrouble(Exception):
    """库写不进 the file could not be written (disk full, read-only, locked); the act was rolled back whole."""

    def __init__(self, type_: str, sentence: str) -> None:
        super().__init__(type_)
        self.type = type_
        self.sentence = sentence


@dataclass(frozen=True)
class ChainCheck:
    """链核对 the whole journal walked: rows, the head's hash, and whether every link holds."""

    rows: int
    head: str
    ok: bool


@dataclass(frozen=True)
class Draw:
    """抽号 one unused serial of a block, and how many are left after it."""

    block: str
    serial: int
    left: int


class JournalStore(Protocol):
    """流水账 the append-only journal, its verdicts, and what the centre sent back."""

    def head(self) -> Head:
        """The journal's head."""
        ...

    def due(self, now: float, limit: int, size: int, after: int = 0) -> tuple[Sent, ...]:
        """Commands the centre has not answered and whose wait is over, in journal order, at most `limit` and `size` bytes.

        `after`: only rows behind this one (`Sent.seq`), for what is made ready while the ones before are on their way.
        What was set aside here goes too, marked so: a gap in the chain would hold everything behind it.
        """
        ...

    def settle(self, verdicts: Sequence[Verdict], now: float) -> tuple[str, ...]:
        """Write verdicts and set later moves aside after a refusal; returns the subjects touched.

        Parked rows of subjects that are decided now take their place.
        """
        ...

    def postpone(self, ids: Sequence[str], next_at: float, sentence: str) -> None:
        """Try these again later."""
        ...

    def give_up(self, problem: Verdict, *, last: bool) -> tuple[str, ...]:
        """The centre cannot take this one: put away, visible. Unless `last`, its frame still goes, for the chain's sake."""
        ...

    def unanswered(self, ids: Sequence[str]) -> None:
        """The centre was asked to take these and gave no answer: counted (`Sent.tries`)."""
        ...

    def take_page(self, page: SnapshotPage) -> tuple[str, ...]:
        """A page of the snapshot, as `apply`; the next page's name moves with it, at the end the cursor."""
        ...

    def apply(self, page: ChangePage) -> tuple[str, ...]:
        """A pulled page: rows of undecided subjects are parked, the others replaced; the cursor moves with them."""
        ...

    def hear(self, changes: Sequence[Change]) -> tuple[str, ...]:
        """Rows the centre told apart from its feed, taken in as `apply` does; the cursor stays."""
        ...

    def rows(self, states: Sequence[str], limit: int) -> tuple[JournalRow, ...]:
        """Newest first; empty `states` = all."""
        ...

    def tally(self) -> dict[str, int]:
        """How many commands stand in each state."""
        ...

    def troubled(self) -> int:
        """How many were not done as asked, and nobody has settled them yet."""
        ...

    def envelope(self, command: str) -> bytes | None:
        """One command as it was hashed."""
        ...

    def check(self) -> ChainCheck:
        """Walk the whole chain."""
        ...


class Keep(Protocol):
    """杂项柜 the store's small things: meta values, hall documents, number blocks, credentials, holds."""

    def meta(self, key: str) -> str | None:
        """A small value of this store."""
        ...

    def put_meta(self, key: str, value: str) -> None:
        """Write a small value."""
        ...

    def hall_document(self, version: str) -> Mapping[str, Any] | None:
        """A hall document kept here."""
        ...

    def put_hall_document(self, version: str, document: Mapping[str, Any]) -> None:
        """Keep a hall document and make it the version in force."""
        ...

    def note_hall_document(self, version: str, document: Mapping[str, Any]) -> None:
        """Keep the document of another day; the version in force stays."""
        ...

    def add_block(self, block: NumberBlock) -> None:
        """A block the centre gave."""
        ...

    def note_block(self, device: str, block: NumberBlock) -> None:
        """A block of another device, whose numbers may be entered late here; never drawn from."""
        ...

    def next_serial(self, kind: str) -> Draw | None:
        """The next unused serial of this kind, or None when there is none left."""
        ...

    def next_serials(self, kind: str, count: int) -> tuple[Draw, ...]:
        """The next ones, as many as there are; nothing is spent by asking."""
        ...

    def given_blocks(self) -> tuple[GivenBlock, ...]:
        """This device's blocks of 文号, of whatever kind, with what became of their serials."""
        ...

    def credential(self, person: str) -> Credential | None:
        """A person's offline credential."""
        ...

    def put_credential(self, credential: Credential) -> None:
        """Write it."""
        ...

    def forget_credential(self, person: str) -> None:
        """Its secret was changed or its account has ended."""
        ...

    def document(self, digest: str) -> Document | None:
        """A finished page by its digest."""
        ...

    def grant_hold(self, subject: str, grant: HoldGrant) -> None:
        """The centre granted this device a hold; its release code is kept with it."""
        ...

    def release_code(self, subject: str, fence: int) -> str:
        """The code of the hold under this fence; empty when the centre never told one."""
        ...


class Vault(Protocol):
    """本地账库 the one encrypted file. Every method is one transaction; safe to call from any thread."""

    @property
    def written(self) -> int:
        """写过几次 how many rows this program has changed so far; asks nothing of the file."""
        ...

    @property
    def journal(self) -> JournalStore:
        """流水账."""
        ...

    @property
    def history(self) -> History:
        """流水史."""
        ...

    @property
    def audit(self) -> AuditStore:
        """审计账."""
        ...

    @property
    def finder(self) -> CaseFinder:
        """找件账."""
        ...

    @property
    def seal_register(self) -> SealRegisterStore:
        """用印登记簿."""
        ...

    @property
    def keep(self) -> Keep:
        """杂项柜."""
        ...

    @property
    def spool(self) -> Spool:
        """打印队列."""
        ...

    @property
    def blobs(self) -> BlobStore:
        """附件库."""
        ...

    @property
    def typed(self) -> TypedStore:
        """键入账."""
        ...

    @property
    def names(self) -> KnownNames:
        """名称库抄本."""
        ...

    def unit(self, hall: Hall) -> AbstractContextManager[UnitOfWork]:
        """Read and write; committed at the end, rolled back when the block raises."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...
