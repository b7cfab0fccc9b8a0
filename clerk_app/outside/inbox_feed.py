"""外网来件口 over HTTP: GET with a cursor, the answer signed by the platform over the word we sent, so that none is replayed to us."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from urllib3.exceptions import HTTPError

from clerk_app.outside.citizen_line import is_safe_address
from clerk_app.outside.keys import PasswordLocksmith
from clerk_app.ports.inbox import FeedPage, FeedTrouble
from clerk_app.sync.inbox_protocol import (
    LARGEST_FILE,
    MOST_MESSAGES,
    NONCE_HEADER,
    PARTNER_SIGNATURE_HEADER,
    TIME_HEADER,
    said_digest,
)

CONNECT, READ = 3.0, 20.0
LARGEST = 4 << 20
LONGEST_CURSOR = 400


class HttpFeed:
    """外网来件口 of one platform: its address and its public key; `verify` is True or a file of trusted certificates."""

    def __init__(self, url: str, public_key: str, verify: bool | str = True) -> None:
        if not is_safe_address(url):
            raise FeedTrouble("来件的地址要用 https（本机可以 http），没有去取。改好地址再来。")
        self._url, self._key, self._verify = url, public_key, verify
        self._session = requests.Session()
        self._session.trust_env = False

    def page(self, cursor: str) -> FeedPage:
        """一页."""
        query = urlencode({"after": cursor, "limit": MOST_MESSAGES})
        target = f"{urlsplit(self._url).path or '/'}?{query}"
        nonce = secrets.token_hex(16)
        status, body, headers = self._asked(f"{self._url}?{query}", nonce, LARGEST)
        if status != 200 or len(body) > LARGEST:
            raise FeedTrouble(f"平台没有给来件（{status}），读到哪里没有变。过一会儿再取。")
        moment, signature = headers.get(TIME_HEADER, ""), headers.get(PARTNER_SIGNATURE_HEADER, "")
        said = said_digest("FEED", target, body, moment, nonce)
        if not PasswordLocksmith().genuine(self._key, said, signature):
            raise FeedTrouble("来件的签名不对，这一页没有收，读到哪里没有变。请管理员核对平台的钥匙。")
        return _read(body, cursor)

    def file(self, digest: str) -> bytes | None:
        """原件. Its digest stood in a message that was signed, so the bytes need no other word; who asks for it checks them."""
        status, body, _ = self._asked(f"{self._url}/files/{digest}", secrets.token_hex(16), LARGEST_FILE)
        if status == 404:
            return None
        if status != 200:
            raise FeedTrouble(f"平台没有给原件（{status}），到了的都在。过一会儿接着取。")
        return body

    def close(self) -> None:
        """收线."""
        self._session.close()

    def _asked(self, url: str, nonce: str, largest: int) -> tuple[int, bytes, Mapping[str, str]]:
        headers = {NONCE_HEADER: nonce, TIME_HEADER: datetime.now().astimezone().isoformat(timespec="seconds")}
        try:
            with self._session.get(
                url,
                headers=headers,
                timeout=(CONNECT, READ),
                allow_redirects=False,
                verify=self._verify,
                stream=True,
            ) as answer:
                body = answer.raw.read(largest + 1, decode_content=True)
                return answer.status_code, body, answer.headers
        except (OSError, HTTPError, requests.RequestException) as error:
            raise FeedTrouble("平台连不上，读到哪里没有变。过一会儿再取。") from error


def _read(body: bytes, cursor: str) -> FeedPage:
    """The page of bytes that are the platform's."""
    try:
        said: Any = json.loads(body)
        messages, after, more = said["messages"], said["cursor"], said["more"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unreadable() from error
    sound = isinstance(messages, list) and len(messages) <= MOST_MESSAGES and isinstance(more, bool)
    if not sound or not isinstance(after, str) or len(after) > LONGEST_CURSOR:
        raise _unreadable()
    if messages and after == cursor:
        raise FeedTrouble("平台给了来件，却没说读到了哪里，这一页没有收。请平台改好再取。")
    return FeedPage(tuple(one if isinstance(one, dict) else {} for one in messages), after, more)


def _unreadable() -> FeedTrouble:
    return FeedTrouble("平台给的一页读不懂，没有收，读到哪里没有变。请平台照约定的样子给。")
