"""接口 ports: what the office needs from outside, as Protocols; each has a contract test that fakes pass too."""

from clerk_app.ports.blobs import BlobCentre, BlobRow, BlobState, BlobStore, KeptBlob
from clerk_app.ports.history import DayCount, History, Renewal
from clerk_app.ports.line import (
    NO_ANSWER,
    NO_PROOF,
    Centre,
    CentreAway,
    CentreProblem,
    Change,
    ChangePage,
    DayDigest,
    Hello,
    HelloSaid,
    HoldGrant,
    HoldPolicy,
    Limits,
    NumberBlock,
    OwnEnvelope,
    Proof,
    Sent,
    SessionGrant,
    SnapshotPage,
    Verdict,
)
from clerk_app.ports.machine import (
    CannotOpen,
    ClockMemory,
    HallClock,
    Locksmith,
    NeedsPassword,
    NotSetUp,
    PersonKey,
    SecretBox,
    SecretBoxAway,
    SecretBoxLocked,
)
from clerk_app.ports.paper import PagePrinter, PrintLane, SlipLink, SlipMaker, Spool
from clerk_app.ports.rows import (
    Books,
    ChainCheck,
    Credential,
    Document,
    Draw,
    Head,
    JournalRow,
    JournalStore,
    Keep,
    StoreTrouble,
    UnitOfWork,
    Vault,
)

__all__ = [
    "NO_ANSWER", "NO_PROOF", "BlobCentre", "BlobRow", "BlobState", "BlobStore", "Books", "CannotOpen", "Centre", "CentreAway", "CentreProblem", "ChainCheck", "Change", "ChangePage", "ClockMemory", "Credential", "DayCount", "DayDigest", "Document", "Draw",
    "HallClock", "Head", "Hello", "HelloSaid", "History", "HoldGrant", "HoldPolicy", "JournalRow", "JournalStore", "Keep", "KeptBlob", "Limits", "Locksmith", "NeedsPassword", "NotSetUp", "NumberBlock", "OwnEnvelope", "PagePrinter", "PersonKey", "PrintLane", "Proof", "Renewal", "SecretBox", "SecretBoxAway", "SecretBoxLocked",
    "Sent", "SessionGrant", "SlipLink", "SlipMaker", "SnapshotPage", "Spool", "StoreTrouble", "UnitOfWork", "Vault", "Verdict",
]  # fmt: skip
