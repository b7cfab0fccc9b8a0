"""线 the HTTP line under every call to the centre: signed, timed, and nothing but the centre's own words taken for an answer."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.audit import Signer
from clerk_app.sync import protocol

if TYPE_CHECKING:
    import requests

log = logging.getLogger(__name__)

T = TypeVar("T")

CONNECT, READ = 2.0, 10.0
LONGEST_WAIT = 120.0
_without_token = (protocol.DEVICES, protocol.HEALTH)
BLOCK = 1 << 16
POOL = 10


class HttpLine:
    """线 one signed request a call; anything that is not the centre's own answer is a cut line (`CentreAway`).

    `sign` signs with the device's key; `device` is read at each call. `verify` is True, or a file of trusted certificates.
    The token every request carries is fetched when it is first needed, and anew when the centre says that it is over: the
    same request is then sent once more. No clock of this machine has a part in it.
    """

    def __init__(
        self, base: str, device: Callable[[], str], sign: Callable[[bytes], str], verify: bool | str = True
    ) -> None:
        self._base = base.rstrip("/")
        self._device = device
        self._sign = sign
        self._verify = verify
        self._session: requests.Session | None = None
        self._token = ("", "")
        self._fault = ""

    def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            self._session.close()

    def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        patience: float = READ,
        by: Signer | None = None,
    ) -> Mapping[str, Any]:
        """A JSON object out, a JSON object in; `patience` is how long an answer may be silent, `by` signs it too."""
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        answer = self.raw(method, path, data, {"Content-Type": "application/json"}, patience, by)
        return self._object(answer)

    def raw(
        self,
        method: str,
        path: str,
        data: bytes,
        headers: Mapping[str, str],
        patience: float = READ,
        by: Signer | None = None,
    ) -> requests.Response:
        """The answer as it came, if it is a good one; raises `CentreAway` or `CentreProblem`."""
        if path == protocol.HELLO:
            return self._keep_token(self._send(method, path, data, headers, patience))
        if path in _without_token:
            return self._send(method, path, data, headers, patience)
        device, token = self._token
        if not token or device != self._device():
            token = self._greet()
        try:
            return self._send(method, path, data, headers, patience, token, by)
        except CentreProblem as problem:
            if problem.type != protocol.TOKEN_EXPIRED:
                raise
        return self._send(method, path, data, headers, patience, self._greet(), by)

    def _greet(self) -> str:
        """Hello for the token's sake; another thread's is as good."""
        self._keep_token(self._send("GET", protocol.HELLO, b"", {}, READ))
        return self._token[1]

    def _keep_token(self, answer: requests.Response) -> requests.Response:
        token = self._object(answer).get("token")
        if not isinstance(token, str):
            raise CentreAway("答复的样子不对")
        self._token = (self._device(), token)
        return answer

    def _send(
        self,
        method: str,
        path: str,
        data: bytes,
        headers: Mapping[str, str],
        patience: float,
        token: str = "",
        by: Signer | None = None,
    ) -> requests.Response:
        digest = protocol.request_digest(method, path, data, token)
        signed = {**headers, **self._signatures(digest, token, by)}
        try:
            answer = self._open().request(
                method,
                self._base + path,
                # In blocks: otherwise the time to connect would bound the sending of all of it.
                data=io.BytesIO(data) if len(data) > BLOCK else data,
                headers=signed,
                timeout=(CONNECT, patience),
                allow_redirects=False,
                verify=self._verify,
            )
        except OSError as error:
            self._note(type(error).__name__)
            raise CentreAway(type(error).__name__, reached=type(error).__name__ == "ReadTimeout") from error
        self._note("")
        if answer.ok:
            return answer
        own = "problem+json" in answer.headers.get("Content-Type", "")
        if answer.status_code == 413 and not own:  # a box between may say it too, in HTML
            raise CentreProblem("too-large", "一次送得太多，没有收，都还在本机。会自动分小批再送。", 413)
        bodiless = {"type": answer.headers.get(protocol.PROBLEM_HEADER)}
        said = bodiless if method == "HEAD" else self._object(answer)
        raise self._problem(answer.status_code, said, _seconds(answer.headers.get("Retry-After")))

    def _signatures(self, digest: bytes, token: str, by: Signer | None) -> dict[str, str]:
        """The machine's, and the person's where one signs too."""
        signed = {
            protocol.DEVICE_HEADER: self._device(),
            protocol.TOKEN_HEADER: token,
            protocol.SIGNATURE_HEADER: self._sign(digest),
        }
        if by is not None:
            signed[protocol.PERSON_HEADER] = by.person
            signed[protocol.PERSON_SIGNATURE_HEADER] = by.sign(protocol.person_digest(digest, by.person))
        return signed

    def _note(self, fault: str) -> None:
        """One line in the log when the line fails in another way than before (`SSLError`: whose certificate is that?)."""
        if fault and fault != self._fault:
            log.warning("no line to %s: %s", self._base, fault)
        self._fault = fault

    def _open(self) -> requests.Session:
        """Made at the first call: importing an HTTP library must not hold up the window."""
        if self._session is None:
            import requests
            from requests.adapters import HTTPAdapter

            self._session = requests.Session()
            self._session.trust_env = False
            # A block is a system call, and after each the thread waits for its turn again.
            adapter = HTTPAdapter()
            adapter.init_poolmanager(POOL, POOL, blocksize=BLOCK)
            for scheme in ("http://", "https://"):
                self._session.mount(scheme, adapter)
        return self._session

    @staticmethod
    def _object(answer: requests.Response) -> Mapping[str, Any]:
        try:
            content = answer.json()
        except (OSError, ValueError) as error:
            raise CentreAway(type(error).__name__) from error
        if not isinstance(content, dict):
            raise CentreAway("答复的样子不对")
        return content

    @staticmethod
    def _problem(status: int, content: Mapping[str, Any], retry_after: float) -> Exception:
        kind = content.get("type")
        if status >= 500 or not isinstance(kind, str):
            return CentreAway(f"HTTP {status}", retry_after, reached=status in (500, 504))
        sentence = str(content.get("detail") or content.get("title") or "中心没收，没有说原因。")
        return CentreProblem(kind, sentence, status, retry_after)


def _seconds(retry_after: str | None) -> float:
    """The form in seconds only (the centre writes no dates), and never so long that a window seems dead."""
    return min(float(retry_after), LONGEST_WAIT) if retry_after and retry_after.isdecimal() else 0.0


def read_answer(value: Any, shape: type[T]) -> T:
    """The value in its shape; another shape is not the centre's answer."""
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise CentreAway("答复的样子不对") from error
