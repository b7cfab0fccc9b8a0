"""对方在网上 one platform over HTTP: each message by itself, signed with the hall's key, never believed without its id and digest.

    POST {url}/messages            Idempotency-Key: id   → 200 {"id": …, "digest": …}, the same when it has it already
    HEAD {url}/files/{sha256}      → Upload-Offset: how much of it is there
    PATCH {url}/files/{sha256}     Upload-Offset, Upload-Length; the next piece → 204

A message whose content the platform will never take (400, 409, 410, 413, 415, 422) is refused; everything else is trouble of
the line or of the platform, and the same message is tried again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import requests

from clerk_app.outside.citizen_line import is_safe_address
from clerk_app.ports.partners import Answer, Delivered, Message

CONNECT, READ = 3.0, 15.0
PIECE = 1 << 20
KEY_HEADER, TIME_HEADER, SIGNATURE_HEADER = "Idempotency-Key", "X-Timestamp", "X-Signature"
HALL_HEADER, PARTNER_HEADER = "X-Hall", "X-Partner"
_PERMANENT = frozenset({400, 409, 410, 413, 415, 422})
_LONGEST_ANSWER, _LONGEST_WORDS, _LONGEST_COUNT = 1 << 14, 160, 15
_LONGEST_REST = 3600
_number = re.compile(r"\d{6,}[\dXx]?")


class _TroubleError(Exception):
    """The sentence is its text."""

    def __init__(self, words: str, retry_after: float = 0.0) -> None:
        super().__init__(words)
        self.retry_after = retry_after


def signature_of(key: bytes, request: tuple[str, str], moment: str, body: bytes) -> str:
    """HMAC-SHA256 (hex) over method, path, moment and the body's SHA-256, a line each."""
    method, path = request
    text = f"{method}\n{path}\n{moment}\n{hashlib.sha256(body).hexdigest()}"
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def plain_words(text: str) -> str:
    """What a partner said, short and on one line; a long number in it may be somebody's."""
    shown = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    return _number.sub("＊", shown)[:_LONGEST_WORDS]


class HttpPartner:
    """对方 by its address; `key` is the hall's, at the centre only. `wait` is how long it is listened to."""

    def __init__(
        self, names: tuple[str, str], url: str, key: bytes, wait: float = READ, trust: Path | None = None
    ) -> None:
        """`names`: the hall's id and the partner's; `trust`: the only certificate believed, else the system's."""
        if not is_safe_address(url):
            raise ValueError("address")
        self._names, self._url, self._key = names, url.rstrip("/"), key
        self._root = urlsplit(self._url).path
        self._patience = (min(CONNECT, wait), wait)
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = True if trust is None else str(trust)

    def deliver(self, messages: Sequence[Message]) -> Delivered:
        """逐条送."""
        answers: list[Answer] = []
        for message in messages:
            try:
                if message.file is not None:
                    self._bring(message.file, str(message.body["sha256"]))
                answers.append(self._tell(message))
            except _TroubleError as trouble:
                return Delivered(answers=tuple(answers), trouble=str(trouble), retry_after=trouble.retry_after)
        return Delivered(answers=tuple(answers))

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _tell(self, message: Message) -> Answer:
        body = message.text()
        status, content = self._ask("POST", "/messages", body, {KEY_HEADER: message.id})
        if status in _PERMANENT:
            words = plain_words(_said(content)) or "没有说为什么"
            return Answer(id=message.id, taking="refused", words=f"对方不收（HTTP {status}）：{words}")
        if status not in (200, 201, 202):
            raise _TroubleError(_standing(status))
        answer = _read(content)
        if answer.get("id") != message.id:
            raise _TroubleError("对方答的不是这一条，没有算送到。")
        if answer.get("digest") != message.digest:
            return Answer(id=message.id, taking="refused", words="对方已有同一条的另一份内容，没有算送到。")
        return Answer(id=message.id, taking="taken", words=plain_words(str(answer.get("words", ""))))

    def _bring(self, file: Path, digest: str) -> None:
        """接着送 from where the platform says it stands; what is whole there is not sent again."""
        size, path = file.stat().st_size, f"/files/{digest}"
        place = self._offset("HEAD", path, b"", {})
        with file.open("rb") as stream:
            while place < size:
                stream.seek(place)
                piece = stream.read(PIECE)
                length = {"Upload-Offset": str(place), "Upload-Length": str(size)}
                there = self._offset("PATCH", path, piece, length)
                if there <= place:
                    raise _TroubleError("对方没有接住档案的这一段。")
                place = there

    def _offset(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> int:
        answer = self._request(method, path, body, headers)
        with answer:
            if method == "HEAD" and answer.status_code == 404:
                return 0
            there = _count(answer.headers.get("Upload-Offset", ""))
            if answer.status_code not in (200, 204, 409) or there is None:
                raise _TroubleError(_standing(answer.status_code))
            return there

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        try:
            with self._request(method, path, body, headers) as answer:
                wait = _count(answer.headers.get("Retry-After", ""))
                if answer.status_code in (429, 503) and wait is not None:
                    raise _TroubleError(_standing(answer.status_code), float(min(wait, _LONGEST_REST)))
                return answer.status_code, _content(answer)
        except (OSError, requests.RequestException) as error:
            raise _TroubleError(_away(error)) from None

    def _request(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> requests.Response:
        moment = str(int(time.time()))
        kind = "application/octet-stream" if method == "PATCH" else "application/json"
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode("ascii")
        signed = {
            HALL_HEADER: self._names[0],
            PARTNER_HEADER: self._names[1],
            TIME_HEADER: moment,
            SIGNATURE_HEADER: signature_of(self._key, (method, self._root + path), moment, body),
            "Content-Digest": f"sha-256=:{digest}:",
            "Content-Type": kind,
        }
        try:
            return self._session.request(
                method,
                self._url + path,
                data=body,
                headers={**signed, **headers},
                timeout=self._patience,
                allow_redirects=False,
                stream=True,
            )
        except (OSError, requests.RequestException) as error:
            raise _TroubleError(_away(error)) from None


def _content(answer: requests.Response) -> bytes:
    """As much as an answer may be long; the rest is nobody's."""
    found = b""
    for piece in answer.iter_content(1 << 12):
        found += piece
        if len(found) >= _LONGEST_ANSWER:
            break
    return found[:_LONGEST_ANSWER]


def _count(text: str) -> int | None:
    """A number in a header; None for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_COUNT else None


def _away(error: Exception) -> str:
    late = isinstance(error, requests.Timeout | TimeoutError)
    return "等不到对方的答复，会自动再送。" if late else "连不上对方，会自动再送。"


def _standing(status: int) -> str:
    if status in (401, 403):
        return f"对方不认大厅的钥匙（HTTP {status}）。请管理员和对方核对。"
    if status in (404, 405) or 300 <= status < 400:
        return f"对方的地址不对（HTTP {status}）。请管理员核对大厅资料里的 url。"
    return f"对方这会儿收不了（HTTP {status}），会自动再送。"


def _read(content: bytes) -> dict[str, object]:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise _TroubleError("对方的答复读不懂，没有算送到，会自动再送。")
    return answer


def _said(content: bytes) -> str:
    """A problem document's sentence, or the text as it is."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return content.decode("utf-8", "replace")
    if isinstance(answer, dict):
        return str(answer.get("title") or answer.get("detail") or answer.get("words") or "")
    return ""
