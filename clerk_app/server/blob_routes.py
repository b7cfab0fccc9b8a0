"""附件的路径 /v1/blobs by SHA-256, and tus 1.0.0 at /v1/uploads (creation, checksum, expiration, termination)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Coroutine
from datetime import UTC
from email.utils import format_datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from fastapi.routing import APIRoute

from clerk_app.server import blobs, uploads
from clerk_app.server.problems import ProblemError, unreadable_request
from clerk_app.server.routes import Asker, Office
from clerk_app.server.uploads import Upload, UploadProblemError
from clerk_app.sync.protocol import BLOBS, LARGEST_BLOB, PIECE_TYPE, TUS_VERSION, UPLOADS

CHECKSUMS = {"sha256": hashlib.sha256, "sha1": hashlib.sha1}
"""tus wants sha1 of every server; ours send sha256."""
PLAIN_NUMBER = re.compile(r"[0-9]{1,15}")
DIGEST = re.compile(r"[0-9a-f]{64}")
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
GREETING = {
    "Tus-Version": TUS_VERSION,
    "Tus-Max-Size": str(LARGEST_BLOB),
    "Tus-Extension": "creation,checksum,expiration,termination",
    "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
}


class TusRoute(APIRoute):
    """续传的路径 every answer says which tus it speaks, problems too."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with the header on whatever it answers."""
        handle = super().get_route_handler()

        async def spoken(request: Request) -> Response:
            try:
                answer = await handle(request)
            except RequestValidationError:
                answer = _answer(unreadable_request())
            except ProblemError as problem:
                answer = _answer(problem)
            answer.headers["Tus-Resumable"] = TUS_VERSION
            return answer

        return spoken


def _answer(problem: ProblemError) -> Response:
    more = {"Tus-Version": TUS_VERSION} if problem.status == 412 else {}
    return Response(problem.body(), problem.status, {**problem.headers(), **more})


blob_router = APIRouter()
tus = APIRouter(route_class=TusRoute)


@blob_router.head(BLOBS + "/{digest}", status_code=200, response_class=Response)
def head_blob(office: Office, device: Asker, digest: str) -> Response:
    """Whether this hall has it, and how large it is."""
    size = blobs.confirmed(office, device, digest) if DIGEST.fullmatch(digest) else None
    if size is None:
        raise _blob_unknown()
    return Response(headers={"Content-Length": str(size), **_facts(digest)})


@blob_router.get(
    BLOBS + "/{digest}",
    response_class=Response,
    responses={
        200: {"content": {"application/octet-stream": {}}, "description": "the whole"},
        206: {"content": {"application/octet-stream": {}}, "description": "one range"},
    },
)
def get_blob(
    office: Office, device: Asker, digest: str, wanted: Annotated[str, Header(alias="Range", max_length=80)] = ""
) -> Response:
    """附件 the bytes, or one range of them."""
    size, upload = _found(office, device, digest)
    span = span_of(wanted, size)
    first, last = span or (0, size - 1)
    headers = {"Content-Length": str(last - first + 1), **_facts(digest)}
    if span:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    content = blobs.part(office.database, device.hall, upload, first, last)
    return StreamingResponse(content, 206 if span else 200, headers, "application/octet-stream")


def _found(office: Office, device: Asker, digest: str) -> tuple[int, str]:
    found = blobs.find(office.database, device.hall, digest) if DIGEST.fullmatch(digest) else None
    if found is None:
        raise _blob_unknown()
    return found


def _blob_unknown() -> ProblemError:
    return ProblemError(404, "blob-unknown", "中心没有这份附件，可能还没送到。到扫它的窗口看，或等一会儿。")


def _facts(digest: str) -> dict[str, str]:
    return {"ETag": f'"{digest}"', "Accept-Ranges": "bytes", "Cache-Control": "private, no-store"}


def span_of(wanted: str, size: int) -> tuple[int, int] | None:
    """One range as RFC 9110 has it; anything else is the whole."""
    found = RANGE.fullmatch(wanted.strip())
    if found is None or not any(found.groups()):
        return None
    start, stop = found.groups()
    first = int(start) if start else max(0, size - int(stop))
    last = min(int(stop), size - 1) if start and stop else size - 1
    if start and stop and int(stop) < first:
        return None
    if first >= size:
        raise ProblemError(416, "range-beyond", "要的那一段不在这份附件里，什么都没动。")
    return first, last


def speaks_tus(version: Annotated[str, Header(alias="Tus-Resumable")] = "") -> None:
    """Asked after who asks."""
    if version != TUS_VERSION:
        raise ProblemError(
            412, "tus-version", f"续传要用 tus {TUS_VERSION}，中心没收，都还在本机。请管理员核对程序版本。"
        )


Tus = Depends(speaks_tus)


@tus.options(UPLOADS, status_code=204, response_class=Response)
def options_uploads(device: Asker) -> Response:
    """续传 what this end can do."""
    return Response(status_code=204, headers=GREETING)


@tus.post(UPLOADS, status_code=201, response_class=Response, dependencies=[Tus])
def post_uploads(
    office: Office,
    device: Asker,
    length: Annotated[str, Header(alias="Upload-Length")] = "",
    metadata: Annotated[str, Header(alias="Upload-Metadata", max_length=2000)] = "",
) -> Response:
    """开始上传: `Upload-Metadata: digest <base64 of the SHA-256 in hex>`."""
    size, digest = _number(length), _metadata(metadata).get("digest", "")
    if not size or not DIGEST.fullmatch(digest):
        raise ProblemError(
            400, "upload-unclear", "上传没有写明长度和内容的指纹，中心没收，附件还在本机。请管理员核对程序版本。"
        )
    upload = uploads.begin(office, device, digest, size)
    return Response(status_code=201, headers={"Location": f"{UPLOADS}/{upload.id}", **_times(upload)})


@tus.head(UPLOADS + "/{key}", status_code=200, response_class=Response, dependencies=[Tus])
def head_upload(office: Office, device: Asker, key: str) -> Response:
    """How much has arrived."""
    upload = uploads.look(office, device, _key(key))
    facts = {"Upload-Offset": str(upload.received), "Upload-Length": str(upload.length), "Cache-Control": "no-store"}
    return Response(headers={**facts, **_times(upload)})


async def _body(request: Request) -> bytes:
    return await request.body()


@tus.patch(
    UPLOADS + "/{key}",
    status_code=204,
    response_class=Response,
    dependencies=[Tus],
    openapi_extra={"requestBody": {"content": {PIECE_TYPE: {"schema": {"type": "string", "format": "binary"}}}}},
)
def patch_upload(
    office: Office,
    device: Asker,
    key: str,
    data: Annotated[bytes, Depends(_body)],
    kind: Annotated[str, Header(alias="Content-Type")] = "",
    offset: Annotated[str, Header(alias="Upload-Offset")] = "",
    checksum: Annotated[str, Header(alias="Upload-Checksum", max_length=120)] = "",
) -> Response:
    """接着送 one piece, checked against `Upload-Checksum` when there is one."""
    if kind.split(";")[0].strip().lower() != PIECE_TYPE:
        raise ProblemError(
            415, "piece-type-wrong", "附件的一段不是说好的格式，中心没收，还在本机。请管理员核对程序版本。"
        )
    place = _number(offset)
    if place is None:
        raise ProblemError(
            400, "upload-unclear", "没有写明从哪里接着送，中心没收，附件还在本机。请管理员核对程序版本。"
        )
    _check(checksum, data)
    upload = uploads.append(office, device, _key(key), place, data)
    return Response(status_code=204, headers={"Upload-Offset": str(upload.received), **_times(upload)})


@tus.delete(UPLOADS + "/{key}", status_code=204, response_class=Response, dependencies=[Tus])
def delete_upload(office: Office, device: Asker, key: str) -> Response:
    """不送了."""
    uploads.end(office, device, _key(key))
    return Response(status_code=204)


blob_router.include_router(tus)


def _times(upload: Upload) -> dict[str, str]:
    return {"Upload-Expires": format_datetime(upload.expires_at.astimezone(UTC), usegmt=True)}


def _number(text: str) -> int | None:
    return int(text) if PLAIN_NUMBER.fullmatch(text) else None


def _key(text: str) -> str:
    """An id that could be none of ours is not asked of the database."""
    if len(text) > 36 or not text.isascii() or not text.isprintable():
        raise uploads.unknown()
    return text


def _metadata(text: str) -> dict[str, str]:
    """Pairs of a name and base64; what cannot be read is not there."""
    found: dict[str, str] = {}
    for pair in text.split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode("ascii")
        except (binascii.Error, ValueError):
            continue
    return found


def _check(checksum: str, data: bytes) -> None:
    if not checksum:
        return
    name, _, value = checksum.partition(" ")
    if name not in CHECKSUMS:
        raise ProblemError(
            400, "checksum-unknown", "这种校验中心不会算，这一段没收，附件还在本机。请管理员核对程序版本。"
        )
    if base64.b64encode(CHECKSUMS[name](data).digest()).decode() != value:
        raise UploadProblemError(460, "checksum-wrong", "附件的一段在路上坏了，中心没收，还在本机。会自动重送这一段。")
