"""电脑的路径 /v1/devices/…: the list and what is done about a machine, signed by the person who asks, agreed to by another."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header
from pydantic import BaseModel, Field

from clerk_app.ports.machines import CodeMade, Second
from clerk_app.server import machine_acts
from clerk_app.server.machine_acts import Asked
from clerk_app.server.problems import unreadable_request
from clerk_app.server.routes import Asker, Knock, Office
from clerk_app.server.signed_persons import Caller
from clerk_app.sync import protocol

machine_router = APIRouter()
ActWord = Literal["code", "undo", "swap", "loss"]


class MachineActGiven(BaseModel):
    """办过的 as `ports.machines.MachineAct`."""

    kind: ActWord
    at: datetime
    by: str
    second: str
    reason: str


class MachineSeenGiven(BaseModel):
    """一台电脑 as `ports.machines.MachineSeen`."""

    id: str
    window: int
    kind: str
    name: str
    platform: str
    program: str
    enrolled_at: datetime
    seen_at: datetime
    state: Literal["enrolled", "silent", "old", "revoked"]
    revoked_at: datetime | None
    held: int
    behind: int
    recovered: bool
    wanted: str
    stuck: str
    acts: list[MachineActGiven]


class CodeSeenGiven(BaseModel):
    """没用的入列码 as `ports.machines.CodeSeen`; the code itself is told to nobody twice."""

    act: str
    window: int
    made_at: datetime
    expires_at: datetime
    by: str
    second: str
    reason: str


class MachinesGiven(BaseModel):
    """大厅的电脑."""

    machines: list[MachineSeenGiven]
    codes: list[CodeSeenGiven]
    two: list[ActWord]
    may_act: bool


class SecondTyped(BaseModel):
    """第二个人 number or full name, and his password or PIN."""

    account: str = Field(max_length=64)
    secret: str = Field(max_length=256)


class Reasoned(BaseModel):
    """为什么 why, and who else agrees."""

    reason: str = Field(max_length=200)
    second: SecondTyped | None = None


class CodeWanted(Reasoned):
    """要入列码 for which window."""

    window: int = Field(ge=1, le=9999)


class UndoWanted(Reasoned):
    """要撤回 the code that this act made."""

    act: str = Field(max_length=36)


class MachineWanted(Reasoned):
    """要换机、要报失 which machine."""

    device: str = Field(max_length=36)


class CodeMadeGiven(BaseModel):
    """发的入列码 told this once."""

    act: str
    code: str
    window: int
    expires: datetime
    hall: str
    hall_name: str


class UndoneGiven(BaseModel):
    """撤回了."""

    undone: bool


class GoneGiven(BaseModel):
    """停用了 how many cases stay in its hands until two persons free them."""

    held: int


def the_caller(
    who: Annotated[str, Header(alias=protocol.PERSON_HEADER)] = "",
    signature: Annotated[str, Header(alias=protocol.PERSON_SIGNATURE_HEADER)] = "",
) -> Caller:
    """Who signed beside the machine."""
    if not who.isascii() or not who.isprintable():
        raise unreadable_request()
    return Caller(who, signature)


Signed = Annotated[Caller, Depends(the_caller)]


def _asked(device: Asker, knock: Knock, caller: Signed) -> Asked:
    return Asked(device, knock, caller)


Standing = Annotated[Asked, Depends(_asked)]


def _with(asked: Asked, wanted: Reasoned) -> Asked:
    second = Second(**wanted.second.model_dump()) if wanted.second else None
    return Asked(asked.device, asked.knock, asked.caller, wanted.reason, second)


def _made(code: CodeMade) -> CodeMadeGiven:
    return CodeMadeGiven(**asdict(code))


@machine_router.get(protocol.MACHINES)
def get_machines(office: Office, asked: Standing) -> MachinesGiven:
    """大厅的电脑."""
    return MachinesGiven.model_validate(asdict(machine_acts.seen(office, asked)))


@machine_router.post(protocol.MACHINE_CODES)
def post_code(office: Office, asked: Standing, wanted: CodeWanted) -> CodeMadeGiven:
    """入列."""
    return _made(machine_acts.make_code(office, _with(asked, wanted), wanted.window))


@machine_router.post(protocol.MACHINE_CODES_UNDONE)
def post_code_undone(office: Office, asked: Standing, wanted: UndoWanted) -> UndoneGiven:
    """撤回."""
    machine_acts.undo_code(office, _with(asked, wanted), wanted.act)
    return UndoneGiven(undone=True)


@machine_router.post(protocol.MACHINE_SWAPPED)
def post_swap(office: Office, asked: Standing, wanted: MachineWanted) -> CodeMadeGiven:
    """换机."""
    return _made(machine_acts.swap(office, _with(asked, wanted), wanted.device))


@machine_router.post(protocol.MACHINE_LOST)
def post_loss(office: Office, asked: Standing, wanted: MachineWanted) -> GoneGiven:
    """报失."""
    return GoneGiven(held=machine_acts.lose(office, _with(asked, wanted), wanted.device).held)
