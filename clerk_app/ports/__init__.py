"""接口 ports: what the office needs from outside, as Protocols; each has a contract test that fakes pass too."""

from clerk_app.ports.line import (
    Centre,
    CentreAway,
    CentreProblem,
    Change,
    ChangePage,
    Hello,
    NumberBlock,
    Sent,
    SessionGrant,
    Verdict,
)
from clerk_app.ports.machine import (
    CannotOpen,
    HallClock,
    Locksmith,
    NeedsPassword,
    PersonKey,
    SecretBox,
    SecretBoxAway,
    SecretBoxLocked,
)
from clerk_app.ports.paper import PrintLane, SlipLink, SlipMaker, Spool
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
    "Books", "CannotOpen", "Centre", "CentreAway", "CentreProblem", "ChainCheck", "Change", "ChangePage", "Credential", "Document", "Draw",
    "HallClock", "Head", "Hello", "JournalRow", "JournalStore", "Keep", "Locksmith", "NeedsPassword", "NumberBlock", "PersonKey", "PrintLane", "SecretBox", "SecretBoxAway", "SecretBoxLocked",
    "Sent", "SessionGrant", "SlipLink", "SlipMaker", "Spool", "StoreTrouble", "UnitOfWork", "Vault", "Verdict",
]  # fmt: skip
