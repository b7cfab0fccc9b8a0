"""通知的路径 /v1/notices: the hall's message gateway, a machine enrolled like a window, takes what it may tell people.

It asks, sends, and says what it has taken; what it did not say is given again. The answer holds phones and is written to no log.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from clerk_app.server.notices import NoticeKind, take_notices, waiting_notices
from clerk_app.server.routes import Asker, Office
from clerk_app.sync import protocol

notice_router = APIRouter()
Id = Annotated[str, Field(pattern="^[0-9a-f-]{36}$")]
After = Annotated[str, Query(pattern="^([0-9a-f-]{36})?$")]


class NoticeGiven(BaseModel):
    """通知 in words without personal data; `phone` empty when none was left, `token` of the person's own page."""

    id: str
    kind: NoticeKind
    subject: str
    words: str
    made_at: datetime
    phone: str
    token: str


class NoticesGiven(BaseModel):
    """等着的通知 the oldest first."""

    notices: list[NoticeGiven]


class NoticesTaken(BaseModel):
    """已取走 their ids."""

    ids: list[Id] = Field(max_length=200)


class TakenCount(BaseModel):
    """记下了 how many had not been taken before."""

    taken: int


@notice_router.get(protocol.NOTICES)
def get_notices(office: Office, device: Asker, after: After = "") -> NoticesGiven:
    """等着的通知."""
    return NoticesGiven(notices=[NoticeGiven(**vars(one)) for one in waiting_notices(office, device, after)])


@notice_router.post(protocol.NOTICES)
def post_notices(office: Office, device: Asker, told: NoticesTaken) -> TakenCount:
    """已取走."""
    return TakenCount(taken=take_notices(office, device, told.ids))
