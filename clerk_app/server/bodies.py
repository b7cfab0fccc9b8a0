"""报文 the bodies of /v1 as the API describes them; paths and signatures stand in `sync.protocol`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field


class DeviceWanted(BaseModel):
    """入列请求 a machine asks to belong to the hall."""

    code: str
    window: int = Field(ge=1, le=9999)
    public_key: str


class DeviceGiven(BaseModel):
    """入列答复 its id here, for ever."""

    device: str
    hall: str
    hall_version: str


class HelloGiven(BaseModel):
    """问好 the centre's time and what it has of this device's journal."""

    time: datetime
    epoch: str
    incarnation: int
    last_seq: int
    head: str
    hall_version: str


class HelloTokenGiven(HelloGiven):
    """问好答复 and the token that every other request carries until it is over."""

    token: str


class CommandSent(BaseModel):
    """送出的命令 an envelope as canonical JSON text, and the person's Ed25519 signature over its SM3 hash (base64).

    `aside`: set aside at the window before it could be sent; it is kept in the chain and not judged.
    `hash`: its frame only, the body given up at the window because the centre could not take it; the chain goes on by
    this hash. `day` is then the day it belongs to.
    """

    envelope: str
    signature: str
    aside: bool = False
    hash: str = Field(default="", pattern="^([0-9a-f]{64})?$")
    day: date | None = None


class Batch(BaseModel):
    """一批命令 at most 100 and 1 MiB, in journal order."""

    commands: list[CommandSent]


class VerdictGiven(BaseModel):
    """答复 what became of one command; `rows` are the centre's states of its subjects when it was not done as asked, `seq` is
    from which change on they are in the feed when it was.
    """

    id: str
    state: str
    type: str
    sentence: str
    rows: dict[str, dict[str, Any] | None]
    seq: int = 0


class Verdicts(BaseModel):
    """一批答复 one for each command, given after COMMIT."""

    verdicts: list[VerdictGiven]


class ChangeGiven(BaseModel):
    """变更 one subject's state in the hall's commit order."""

    seq: int
    subject: str
    row: dict[str, Any]
    holder: str | None
    fence: int


class ChangesGiven(BaseModel):
    """一页变更 and the cursor after it; `news` changes when a hello would bring something (empty: not said)."""

    changes: list[ChangeGiven]
    cursor: str
    more: bool
    news: str


class HallVersionGiven(BaseModel):
    """大厅的一版 since when it has been in force."""

    version: str
    since: datetime


class HallVersionsGiven(BaseModel):
    """各版大厅, the oldest first."""

    versions: list[HallVersionGiven]


class HallGiven(BaseModel):
    """大厅文件 of one version."""

    document: dict[str, Any]


class BlockWanted(BaseModel):
    """领号 a kind of number and how many."""

    kind: str
    count: int


class BlockGiven(BaseModel):
    """号段 first to last, this device's for ever."""

    id: str
    kind: str
    first: int
    last: int


class HoldWanted(BaseModel):
    """要占用 one subject; with the code its holder read out, it is taken over from there."""

    subject: str
    release_code: str = Field(default="", max_length=24)


class HoldGiven(BaseModel):
    """占用答复 whether it is this device's now; if so its fence, its end, and the code to hand it on by."""

    granted: bool
    fence: int
    until: datetime | None
    release_code: str


class SessionWanted(BaseModel):
    """登录 account is the person's number or full name; `by` says whether the secret is a password or a countersigning PIN.

    `countersign`: a password given at another's desk for one signature; it is no sign-in. `code`: the second factor, when `second-factor-needed` was answered. `new_password`: takes the password's place with
    this sign-in, when `password-old` was answered.
    """

    account: str = Field(max_length=64)
    password: str = Field(max_length=256)
    window: int
    public_key: str
    by: Literal["password", "pin", "countersign"] = "password"
    code: str = Field(default="", max_length=32)
    new_password: str = Field(default="", max_length=256)


class SessionGiven(BaseModel):
    """登录答复 the person the centre knows; `devices` stand at windows of his and lack his secret, `grant` lets it be sent.

    `factor`: by what second factor he proved himself (empty: none was asked for).
    """

    person: str
    grant: str
    devices: list[str]
    factor: Literal["", "totp", "pin"] = ""


class HealthGiven(BaseModel):
    """健康 the database answers."""

    ok: bool
    epoch: str


class ProblemGiven(BaseModel):
    """问题 RFC 9457."""

    type: str
    title: str
    detail: str
    status: int
