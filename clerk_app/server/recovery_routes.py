"""恢复的路径 POST /v1/recovered and GET /v1/unseen-numbers, asked by another window's machine."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from clerk_app.ports.recovery import FileSeal
from clerk_app.server import recovering
from clerk_app.server.accounts import Attempt
from clerk_app.server.batches import BATCH
from clerk_app.server.bodies import BlockGiven, CommandSent, VerdictGiven
from clerk_app.server.intake import LARGEST, read_piece
from clerk_app.server.problems import too_large, unreadable_request
from clerk_app.server.routes import Asker, Office
from clerk_app.sync import protocol

recovery_router = APIRouter()


class SignatoryTyped(BaseModel):
    """在场的人 number or full name, and the password."""

    account: str = Field(max_length=64)
    password: str = Field(max_length=256)


class SealSent(BaseModel):
    """文件签名 the dead device's signature (base64) over the file's digest (hex)."""

    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    signature: str = Field(max_length=120)


class RecoveredWanted(BaseModel):
    """导入请求 first the two persons, answered with `recovery`; then batches of commands under that word."""

    device: str = Field(max_length=36)
    commands: list[CommandSent]
    first: SignatoryTyped | None = None
    second: SignatoryTyped | None = None
    recovery: str = Field(default="", max_length=36)
    seals: list[SealSent] = Field(default=[], max_length=1000)


class RecoveredGiven(BaseModel):
    """导入答复 one verdict for each command; `proven` is how many seals are the device's own."""

    recovery: str
    people: list[str]
    proven: int
    verdicts: list[VerdictGiven]


class UnseenBlockGiven(BaseModel):
    """没见全的号段 and the runs of its serials (first, last) nobody has seen again."""

    block: BlockGiven
    unseen: list[tuple[int, int]]


class UnseenGiven(BaseModel):
    """没见着的号 handed to the device and not seen again."""

    device: str
    window: int
    heard_at: datetime
    blocks: list[UnseenBlockGiven]


@recovery_router.post(protocol.RECOVERED)
def post_recovered(office: Office, device: Asker, wanted: RecoveredWanted) -> RecoveredGiven:
    """导入."""
    size = sum(len(sent.envelope) for sent in wanted.commands)
    if len(wanted.commands) > BATCH or (size > LARGEST and len(wanted.commands) > 1):
        raise too_large()
    pieces = [read_piece(office.codec, sent.envelope, sent.signature, sent.aside) for sent in wanted.commands]
    people: tuple[str, ...] = ()
    recovery, proven = wanted.recovery, 0
    if not recovery:
        if wanted.first is None or wanted.second is None:
            raise unreadable_request()
        typed = (_attempt(wanted.first), _attempt(wanted.second))
        seals = [FileSeal(seal.digest, seal.signature) for seal in wanted.seals]
        admission = recovering.admit(office, device, wanted.device, typed, seals)
        recovery, people, proven = admission.recovery, admission.people, admission.proven
    recovering.check_recovery_id(recovery)
    verdicts = recovering.bring_in(office, device, recovery, pieces) if pieces else []
    return RecoveredGiven(
        recovery=recovery,
        people=list(people),
        proven=proven,
        verdicts=[VerdictGiven(**vars(verdict)) for verdict in verdicts],
    )


def _attempt(typed: SignatoryTyped) -> Attempt:
    return Attempt(typed.account, typed.password, public_key="")


@recovery_router.get(protocol.UNSEEN_NUMBERS)
def get_unseen_numbers(office: Office, asker: Asker, device: Annotated[str, Query(max_length=36)]) -> UnseenGiven:
    """没见着的号."""
    return UnseenGiven(**asdict(recovering.unseen_numbers(office, asker.hall, device)))
