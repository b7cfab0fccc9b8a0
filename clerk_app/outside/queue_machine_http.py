"""叫号机 over HTTP. What a hall's own queue machine must answer for a window to call through it; JSON in UTF-8, both ways.

    POST {url}/calls/next    {"press", "window", "services": ["01", …]}
    POST {url}/calls/recall  {"press", "window", "number"}
    POST {url}/calls/pass    {"press", "window", "number", "reason"}
    POST {url}/calls/finish  {"press", "window", "number", "outcome"}
    GET  {url}/waiting?window=2&service=01&service=02

A call's answer is 200 {"ticket": TICKET | null, "open": OPEN | null}, the line's 200 {"counts": {"01": 3}, "next": [TICKET, …],
"open": OPEN | null}. TICKET is {"number" (at most 12), "service", "taken_at" (RFC 3339, with its offset), "priority" ("" or its ground)};
OPEN is {"ticket": TICKET, "press", "called_at", "calls"}. What the machine will not do is 409 {"refused": TYPE, "sentence",
"open"}, with TYPE as `ports.queue_machine.MachineRefused` says, or a word and a sentence of the machine's own.

`press` is the client's, at most 64 characters, and the machine keeps it for the whole office day with its first answer: the
ticket, nobody, or the refusal. The same press with the same words gets that answer again and does nothing; only "open" is told
as it stands now. The same press with other words is refused as `press-reused`. A number is called once; only the window that has
it open may recall, pass or finish it; a window with an open call gets no other. Nothing of a person goes to the machine.

The machine is reached over TLS (on this machine also without), never through a proxy or to where a redirect leads.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import msgspec

from clerk_app.ports.queue_machine import (
    MachineAnswer,
    MachineAway,
    MachineLine,
    MachineRefused,
    MachineTicket,
    OpenCall,
)
from clerk_app.settings import MachineAt

if TYPE_CHECKING:
    import requests

CONNECT, READ, WHOLE = 2.0, 4.0, 6.0
"""Seconds: to reach it, to wait for its next bytes, and for all of its answer."""
LARGEST = 1 << 16
SHOWN = 60

_Word = Annotated[str, msgspec.Meta(pattern=r"\A[0-9A-Za-z\u4e00-\u9fff._-]{1,32}\Z")]
_Number = Annotated[str, msgspec.Meta(pattern=r"\A[0-9A-Za-z\u4e00-\u9fff-]{1,12}\Z")]
_Press = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
_Line = Annotated[str, msgspec.Meta(max_length=60)]
_Moment = Annotated[datetime, msgspec.Meta(tz=True)]
_Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class _Ticket(msgspec.Struct):
    number: _Number
    service: _Word
    taken_at: _Moment
    priority: _Line = ""


class _Open(msgspec.Struct):
    ticket: _Ticket
    press: _Press
    called_at: _Moment
    calls: _Count


class _Answer(msgspec.Struct):
    ticket: _Ticket | None
    open: _Open | None


class _Waiting(msgspec.Struct):
    counts: dict[_Word, _Count]
    next: Annotated[list[_Ticket], msgspec.Meta(max_length=500)]
    open: _Open | None


class _Refusal(msgspec.Struct):
    refused: _Word
    sentence: str = ""
    open: _Open | None = None


T = TypeVar("T")

_headers = {"Accept": "application/json", "Accept-Encoding": "identity", "Connection": "close"}
_sentences = {
    "window-busy": "叫号机上本窗口还有一个号没办完，没有叫下一位。先办结或过号，再叫。",
    "not-open-here": "叫号机上这个号不在本窗口叫号中，什么都没改。看一眼叫号机上的队再办。",
    "unknown-number": "叫号机上今天没有这个号，什么都没改。核对号码，或请人重新取号。",
    "unknown-service": "叫号机不认本窗口的业务号，没有叫号。找管理员核对 desk.toml 里 [queue_machine] 的 services。",
    "press-reused": "这一次按键叫号机已经记着别的事，什么都没改。再按一次。",
}


@dataclass(frozen=True)
class Patience:
    """耐心 how long it may take to reach the machine, to hear its next bytes, and to have all of its answer."""

    connect: float = CONNECT
    read: float = READ
    whole: float = WHOLE


class HttpQueueMachine:
    """叫号机 what `ports.queue_machine.QueueMachine` asks for. Keeps nothing between calls: each has a connection of its own."""

    def __init__(self, at: MachineAt, patience: Patience | None = None) -> None:
        self._base = at.url.rstrip("/")
        self._verify: bool | str = str(at.ca) if at.ca else True
        self._patience = patience or Patience()

    def call_next(self, press: str, window: int, services: Sequence[str]) -> MachineAnswer:
        """叫下一位."""
        with _pressed():
            answer = self._press("next", {"press": press, "window": window, "services": list(services)})
            if answer.ticket is not None and answer.ticket.service not in services:
                why = f"叫号机叫了本窗口不办的业务（{answer.ticket.number}）"
                raise _FaultError(why, sent=True, advice=_check("services"))
        return answer

    def recall(self, press: str, window: int, number: str) -> MachineAnswer:
        """重呼."""
        return self._about("recall", {"press": press, "window": window, "number": number})

    def pass_over(self, press: str, window: int, number: str, reason: str) -> MachineAnswer:
        """过号."""
        return self._about("pass", {"press": press, "window": window, "number": number, "reason": reason})

    def finish(self, press: str, window: int, number: str, outcome: str) -> MachineAnswer:
        """办结."""
        return self._about("finish", {"press": press, "window": window, "number": number, "outcome": outcome})

    def waiting(self, window: int, services: Sequence[str]) -> MachineLine:
        """机器上的队."""
        asked = {"window": window, "service": list(services)}
        try:
            line = _read(self._ask("GET", "/waiting", params=asked), _Waiting)
        except _FaultError as fault:
            raise MachineAway(f"{fault.why}，排队人数没有更新。{fault.advice or '号没有动，过一会儿再看。'}") from fault
        return MachineLine(
            counts=line.counts, next=tuple(_ticket(one) for one in line.next), open_call=_open_call(line.open)
        )

    def _about(self, act: str, body: Mapping[str, Any]) -> MachineAnswer:
        """An act on one number; an answer about another one is none."""
        with _pressed():
            answer = self._press(act, body)
            if answer.ticket is None or answer.ticket.number != body["number"]:
                raise _unreadable()
        return answer

    def _press(self, act: str, body: Mapping[str, Any]) -> MachineAnswer:
        said = _read(self._ask("POST", f"/calls/{act}", json=body), _Answer)
        return MachineAnswer(ticket=_ticket(said.ticket) if said.ticket else None, open_call=_open_call(said.open))

    def _ask(self, method: str, path: str, **sent: Any) -> bytes:
        """The body of a good answer. Without a session there are no redirects, cookies, proxies or passwords of the machine's."""
        import requests
        from requests.adapters import HTTPAdapter

        adapter, patience = HTTPAdapter(), self._patience
        try:
            request = requests.Request(method, self._base + path, headers=_headers, **sent).prepare()
            with adapter.send(
                request, stream=True, timeout=(patience.connect, patience.read), verify=self._verify
            ) as answer:
                return self._body(answer)
        except OSError as error:
            raise _fault_of(error) from error
        finally:
            adapter.close()

    def _body(self, answer: requests.Response) -> bytes:
        """Byte by byte (it is short), so that one that trickles in ends as well."""
        end, body = time.monotonic() + self._patience.whole, bytearray()
        for part in answer.iter_content(1):
            body += part
            if len(body) > LARGEST:
                raise _unreadable()
            if time.monotonic() > end:
                raise _FaultError(_SLOW, sent=True)
        if answer.status_code == 200:
            return bytes(body)
        if answer.status_code == 409:
            raise _refusal(_read(bytes(body), _Refusal))
        raise _strange(answer.status_code)


class _FaultError(Exception):
    """Why there is no answer, whether the request may have arrived, and who can help; told by what was asked."""

    def __init__(self, why: str, *, sent: bool, advice: str = "") -> None:
        super().__init__(why)
        self.why, self.sent, self.advice = why, sent, advice


@contextmanager
def _pressed() -> Iterator[None]:
    """A fault under a press as its clerk is told it."""
    try:
        yield
    except _FaultError as fault:
        if fault.sent:
            sentence = f"{fault.why}，这一次办没办成还不知道。再按一次就清楚，不会重复叫号。{fault.advice}"
        else:
            sentence = f"{fault.why}，什么都没送过去。{fault.advice}"
        raise MachineAway(sentence, sent=fault.sent) from fault


def _read(body: bytes, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unreadable() from error


def _ticket(said: _Ticket) -> MachineTicket:
    return MachineTicket(
        number=said.number, service=said.service, taken_at=said.taken_at, priority=_printable(said.priority)
    )


def _open_call(said: _Open | None) -> OpenCall | None:
    if said is None:
        return None
    return OpenCall(ticket=_ticket(said.ticket), press=said.press, called_at=said.called_at, calls=said.calls)


def _refusal(said: _Refusal) -> MachineRefused:
    """Our sentence for what we know; for a word of the machine's own, its sentence, marked as such."""
    own = _printable(said.sentence)[:SHOWN] or said.refused
    sentence = _sentences.get(said.refused, f"叫号机没有办：{own}。什么都没改，照它说的处理再办。")
    if said.refused == "window-busy" and said.open is not None:
        number = said.open.ticket.number
        sentence = f"叫号机上本窗口的 {number} 还没办完，没有叫下一位。先办结或过号，再叫。"
    return MachineRefused(sentence, said.refused, _open_call(said.open))


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable()).strip().rstrip("。")


_SLOW = "叫号机没有及时答复"


def _fault_of(error: OSError) -> _FaultError:
    """Which words a broken line is told in; what was not reached has done nothing."""
    from requests import exceptions as broken
    from urllib3.exceptions import NewConnectionError, ReadTimeoutError

    if not isinstance(error, broken.RequestException):
        return _FaultError("叫号机的证书文件读不了", sent=False, advice=_check("ca"))
    if isinstance(error, broken.InvalidURL):
        return _FaultError("叫号机的地址不对", sent=False, advice=_check("url"))
    why = error.args[0] if error.args else None
    reason = getattr(why, "reason", why)
    if isinstance(error, broken.SSLError):
        if "CERTIFICATE_VERIFY_FAILED" in str(reason):
            return _FaultError("叫号机的证书信不过", sent=False, advice=_check("ca"))
        return _FaultError("和叫号机的加密连接出了错", sent=True, advice="还不行就找管理员。")
    if isinstance(error, broken.ConnectTimeout) or isinstance(reason, NewConnectionError):
        return _FaultError("叫号机连不上", sent=False, advice="看叫号机开没开、网线插没插，再试一次。")
    if isinstance(error, broken.ReadTimeout) or isinstance(reason, ReadTimeoutError):
        return _FaultError(_SLOW, sent=True)
    return _FaultError("和叫号机的连接断了", sent=True)


def _unreadable() -> _FaultError:
    return _FaultError("叫号机的答复看不懂", sent=True, advice="还不行就找叫号机的管理员。")


def _strange(status: int) -> _FaultError:
    """A status that is no answer: of a fault of its own, of another address, of something that is no queue machine."""
    if status >= 500:
        return _FaultError(f"叫号机自己出了错（{status}）", sent=True, advice="还不行就找叫号机的管理员。")
    why = "叫号机要转到别的地址，没有跟过去" if 300 <= status < 400 else "叫号机不认这样的请求"
    return _FaultError(f"{why}（{status}）", sent=True, advice=_check("url"))


def _check(key: str) -> str:
    return f"找管理员核对 desk.toml 里 [queue_machine] 的 {key}。"
