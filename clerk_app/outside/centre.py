"""中心 over HTTP: one signed request a call; anything that is not the centre's own answer is a cut line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

import msgspec

from clerk_app.ports import CentreAway, CentreProblem, ChangePage, Hello, NumberBlock, Sent, SessionGrant, Verdict
from clerk_app.sync import protocol

if TYPE_CHECKING:
    import requests

T = TypeVar("T")

CONNECT, READ = 2.0, 10.0


class HttpCentre:
    """中心 what `ports.Centre` asks for. `sign` signs with the device's key; `device` is read at each call."""

    def __init__(self, base: str, device: Callable[[], str], sign: Callable[[bytes], str]) -> None:
        self._base = base.rstrip("/")
        self._device = device
        self._sign = sign
        self._session: requests.Session | None = None

    def enrol(self, code: str, window: int, public_key: str) -> str:
        """入列."""
        answer = self._call("POST", protocol.DEVICES, {"code": code, "window": window, "public_key": public_key})
        return self._read(answer.get("device"), str)

    def hello(self) -> Hello:
        """问好."""
        return self._read(self._call("GET", protocol.HELLO), Hello)

    def push(self, batch: Sequence[Sent]) -> tuple[Verdict, ...]:
        """推送."""
        commands = [{"envelope": s.envelope.decode(), "signature": s.signature, "aside": s.aside} for s in batch]
        answer = self._call("POST", protocol.COMMANDS, {"commands": commands})
        return self._read(answer.get("verdicts"), tuple[Verdict, ...])

    def changes(self, cursor: str, limit: int) -> ChangePage:
        """拉取."""
        query = urlencode({"cursor": cursor, "limit": limit})
        return self._read(self._call("GET", f"{protocol.CHANGES}?{query}"), ChangePage)

    def hall_document(self, version: str) -> Mapping[str, Any]:
        """大厅文件."""
        return self._read(self._call("GET", f"{protocol.HALLS}/{version}").get("document"), dict[str, Any])

    def number_block(self, kind: str, count: int) -> NumberBlock:
        """领号段."""
        return self._read(self._call("POST", protocol.NUMBER_BLOCKS, {"kind": kind, "count": count}), NumberBlock)

    def claim(self, subject: str) -> bool:
        """占用."""
        return self._read(self._call("POST", protocol.HOLDS, {"subject": subject}).get("granted"), bool)

    def sign_in(self, account: str, secret: str, window: int, public_key: str, by: str = "password") -> SessionGrant:
        """登录, or a countersignature by PIN."""
        body = {"account": account, "password": secret, "window": window, "public_key": public_key, "by": by}
        return self._read(self._call("POST", protocol.SESSIONS, body), SessionGrant)

    def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            self._session.close()

    def _line(self) -> requests.Session:
        """Made at the first call: importing an HTTP library must not hold up the window."""
        if self._session is None:
            import requests

            self._session = requests.Session()
            self._session.trust_env = False
        return self._session

    @staticmethod
    def _read(value: Any, shape: type[T]) -> T:
        try:
            return msgspec.convert(value, shape)
        except msgspec.ValidationError as error:
            raise CentreAway("答复的样子不对") from error

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            protocol.DEVICE_HEADER: self._device(),
            protocol.SIGNATURE_HEADER: self._sign(protocol.request_digest(method, path, data)),
        }
        try:
            answer = self._line().request(
                method, self._base + path, data=data, headers=headers, timeout=(CONNECT, READ), allow_redirects=False
            )
            content = answer.json()
        except (OSError, ValueError) as error:
            raise CentreAway(type(error).__name__) from error
        if not isinstance(content, dict):
            raise CentreAway("答复的样子不对")
        if answer.ok:
            return content
        raise self._problem(answer.status_code, content)

    @staticmethod
    def _problem(status: int, content: Mapping[str, Any]) -> Exception:
        kind = content.get("type")
        if status >= 500 or not isinstance(kind, str):
            return CentreAway(f"HTTP {status}")
        return CentreProblem(
            kind, str(content.get("detail") or content.get("title") or "中心没收，没有说原因。"), status
        )
