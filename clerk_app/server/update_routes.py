"""更新的路径 /v1/updates: what a machine may have, and the bytes of it by ranges, so that a cut line goes on where it stopped."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from clerk_app.server import blobs, updates
from clerk_app.server.blob_routes import DIGEST, span_of
from clerk_app.server.problems import ProblemError
from clerk_app.server.routes import AnyMachine, Office
from clerk_app.sync import protocol

update_router = APIRouter()


class OfferGiven(BaseModel):
    """可取的更新 as `ports.updates.Offer`."""

    version: str
    digest: str
    size: int
    notes: str


class OfferedGiven(BaseModel):
    """更新的答复 null: nothing is this window's turn; `newest` is the newest let out to any window, empty for none."""

    offer: OfferGiven | None
    newest: str


@update_router.get(protocol.UPDATES)
def get_updates(
    office: Office,
    device: AnyMachine,
    version: Annotated[str, Query(max_length=24, pattern=r"^[0-9.]*$")] = "",
    platform: Annotated[str, Query(max_length=40, pattern=r"^[a-z0-9_]*$")] = "",
) -> OfferedGiven:
    """有没有更新."""
    said = updates.offered(office, device, version, platform)
    return OfferedGiven(offer=None if said.offer is None else OfferGiven(**vars(said.offer)), newest=said.newest)


@update_router.get(
    protocol.UPDATES + "/{digest}",
    response_class=Response,
    responses={
        200: {"content": {"application/octet-stream": {}}, "description": "the whole"},
        206: {"content": {"application/octet-stream": {}}, "description": "one range"},
    },
)
def get_update(
    office: Office, device: AnyMachine, digest: str, wanted: Annotated[str, Header(alias="Range", max_length=80)] = ""
) -> Response:
    """取更新包 the whole, or one range of it."""
    found = updates.package(office, device.hall, digest) if DIGEST.fullmatch(digest) else None
    if found is None:
        raise ProblemError(404, "update-unknown", "中心没有这个更新包，没有取，现在这一版照常用。请管理员核对。")
    size, upload = found
    span = span_of(wanted, size)
    first, last = span or (0, size - 1)
    headers = {"Content-Length": str(last - first + 1), "ETag": f'"{digest}"', "Accept-Ranges": "bytes"}
    if span:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    content = blobs.part(office.database, device.hall, upload, first, last)
    return StreamingResponse(content, 206 if span else 200, headers, "application/octet-stream")
