"""`HttpQueueMachine` before what is no queue machine: garbage, redirects, silence, another certificate. One sentence each."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from clerk_app.outside.queue_machine_http import LARGEST, HttpQueueMachine, Patience
from clerk_app.settings import MachineAt
from tests.contracts.queue_machine_contract import away, refused
from tests.faults.http11 import header
from tests.server.certificates import Authority, Pair

TICKET: dict[str, Any] = {"number": "K001", "service": "01", "taken_at": "2026-11-22T09:00:00+08:00", "priority": ""}
OPEN = {"ticket": TICKET, "press": "p", "called_at": "2026-11-22T09:05:00+08:00", "calls": 1}


def http(body: bytes, status: str = "200 OK", *head: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *head]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def said(document: object, status: str = "200 OK") -> bytes:
    return http(json.dumps(document).encode(), status)


def _whole_request(line: socket.socket) -> bytes:
    heard = b""
    while True:
        head, found, body = heard.partition(b"\r\n\r\n")
        if found and len(body) >= int(header(head, "content-length") or 0):
            return heard
        part = line.recv(1 << 16)
        if not part:
            return heard
        heard += part


class Talker:
    """Answers every request with the same bytes: byte by byte, then silent until it is let go, or bluntly before it is whole."""

    def __init__(
        self, answer: bytes, *, trickle: float = 0.0, hold: bool = False, blunt: bool = False, pair: Pair | None = None
    ) -> None:
        self._answer, self._trickle, self._hold, self._blunt = answer, trickle, hold, blunt
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.heard: list[bytes] = []
        self.done = threading.Event()
        self._context = None
        if pair is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(pair.certificate, pair.key)
        self._thread = threading.Thread(target=self._run, name="talker", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            try:
                with line if self._context is None else self._context.wrap_socket(line, server_side=True) as talk:
                    self._talk(talk)
            except OSError:
                line.close()

    def _talk(self, line: socket.socket) -> None:
        self.heard.append(line.recv(1 << 16) if self._blunt else _whole_request(line))
        head, _, body = self._answer.partition(b"\r\n\r\n")
        if not self._trickle:
            line.sendall(self._answer)
        else:
            line.sendall(head + b"\r\n\r\n")
            for byte in body:
                if self.done.wait(self._trickle):
                    return
                line.sendall(bytes([byte]))
        if self._hold:
            self.done.wait(20)

    def close(self) -> None:
        self.done.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(20)


@contextmanager
def talking(answer: bytes, **how: Any) -> Iterator[tuple[HttpQueueMachine, Talker]]:
    talker = Talker(answer, **how)
    at = MachineAt(url=f"http://127.0.0.1:{talker.port}/queue/", services={"01": "A"})
    try:
        yield HttpQueueMachine(at, Patience(connect=2.0, read=0.3, whole=0.5)), talker
    finally:
        talker.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"hello\r\n\r\n",
        http(b""),
        http(b"<html>login</html>"),
        http(b"\xff\xfe{}"),
        http(b"[" * 60_000),
        http(b'{"ticket": ' + b"[" * 60_000),
        http(b'{"ticket": null, "open": null' + b" " * LARGEST + b"}"),
        http(b"{}")[:-1],
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300 + b"\r\n",
        http(b"{}", "200 OK", "Content-Encoding: gzip"),
        said([]),
        said({}),
        said({"ticket": None}),
        said({"ticket": {**TICKET, "number": ""}, "open": None}),
        said({"ticket": {**TICKET, "number": "K001\n<b>"}, "open": None}),
        said({"ticket": {**TICKET, "number": "K" * 13}, "open": None}),
        said({"ticket": {**TICKET, "number": 7}, "open": None}),
        said({"ticket": {**TICKET, "taken_at": "2026-11-22T09:00:00"}, "open": None}),
        said({"ticket": {**TICKET, "taken_at": "今天"}, "open": None}),
        said({"ticket": {**TICKET, "service": "09"}, "open": None}),
        said({"ticket": TICKET, "open": {**OPEN, "calls": -1}}),
        said({"ticket": TICKET, "open": {**OPEN, "ticket": None}}),
        said({"error": "x"}, "409 Conflict"),
        said({"ticket": TICKET, "open": None}, "204 No Content"),
        http(b"x" * 200_000, "302 Found", "Location: ://\r\n x"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_told_as_none(answer: bytes) -> None:
    with talking(answer) as (machine, talker):
        sentence = away(lambda: machine.call_next("p", 2, ["01"]), sent=True)
        assert "还不知道" in sentence
        assert "再按一次" in sentence
        assert "没有更新" in away(lambda: machine.waiting(2, ["01"]), sent=False)
        assert all(heard.startswith((b"POST /queue/calls/next HTTP", b"GET /queue/waiting?")) for heard in talker.heard)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("302 Found", "要转到别的地址，没有跟过去（302）"),
        ("404 Not Found", "不认这样的请求（404）"),
        ("202 Accepted", "不认这样的请求（202）"),
        ("503 X", "自己出了错（503）"),
    ],
)
def test_another_status_is_none_whatever_stands_under_it(status: str, words: str) -> None:
    body = json.dumps({"ticket": TICKET, "open": None}).encode()
    with talking(http(body, status, "Location: http://127.0.0.1:9/")) as (machine, talker):
        assert words in away(lambda: machine.call_next("p", 2, ["01"]), sent=True)
        assert len(talker.heard) == 1


def test_an_answer_about_another_number_is_none() -> None:
    with talking(said({"ticket": TICKET, "open": None})) as (machine, _):
        assert machine.finish("p", 2, "K001", "handled").ticket.number == "K001"  # type: ignore[union-attr]
        assert "看不懂" in away(lambda: machine.finish("p", 2, "K002", "handled"), sent=True)


@pytest.mark.parametrize("how", [{"hold": True}, {"trickle": 0.02}], ids=["silent", "trickling"])
def test_a_slow_answer_ends(how: dict[str, Any]) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + b" " * 9999 * ("trickle" in how)
    with talking(answer, **how) as (machine, _):
        assert "没有及时答复" in away(lambda: machine.call_next("p", 2, ["01"]), sent=True)


def test_its_own_word_is_told_short_and_plain() -> None:
    words = {"refused": "paper-out", "sentence": "缺纸\n\x1b[31m，请换纸。" + "长" * 500, "open": OPEN}
    with talking(said(words, "409 Conflict")) as (machine, _):
        told = refused(lambda: machine.call_next("p", 2, ["01"]))
    assert told.type == "paper-out"
    assert told.sentence.startswith("叫号机没有办：缺纸[31m，请换纸。长")
    assert told.sentence.isprintable()
    assert len(told.sentence) < 120
    assert told.open_call is not None
    with talking(said({"refused": "window-busy", "open": OPEN}, "409 Conflict")) as (machine, _):
        assert "K001 还没办完" in refused(lambda: machine.call_next("p", 2, ["01"])).sentence


def test_what_is_sent_is_what_the_format_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with talking(said({"ticket": TICKET, "open": None})) as (machine, talker):
        machine.pass_over("p-1", 2, "K001", "叫号未到")
    head, _, body = talker.heard[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /queue/calls/pass HTTP/1.1")
    assert json.loads(body) == {"press": "p-1", "window": 2, "number": "K001", "reason": "叫号未到"}


def test_nobody_listens() -> None:
    for url in ("http://127.0.0.1:9", "https://queue.invalid"):
        machine = HttpQueueMachine(MachineAt(url=url, services={"01": "A"}))
        assert "连不上" in away(lambda machine=machine: machine.call_next("p", 2, ["01"]), sent=False)  # type: ignore[misc]


def test_tls_is_its_own_certificate_s_or_nothing(tmp_path: Path) -> None:
    ours, theirs = Authority(tmp_path, "ours"), Authority(tmp_path, "theirs")
    talker = Talker(said({"ticket": TICKET, "open": None}), pair=ours.centre("127.0.0.1"))
    plain = Talker(said({"ticket": TICKET, "open": None}), blunt=True)

    def machine(port: int, ca: Path | None) -> HttpQueueMachine:
        return HttpQueueMachine(MachineAt(url=f"https://127.0.0.1:{port}", services={"01": "A"}, ca=ca))

    try:
        assert machine(talker.port, ours.file).call_next("p", 2, ["01"]).ticket is not None
        heard = len(talker.heard)
        for ca in (theirs.file, None):
            sentence = away(lambda ca=ca: machine(talker.port, ca).call_next("p", 2, ["01"]), sent=False)  # type: ignore[misc]
            assert "证书信不过" in sentence
        sentence = away(lambda: machine(talker.port, tmp_path / "none.pem").call_next("p", 2, ["01"]), sent=False)
        assert "证书文件读不了" in sentence
        assert len(talker.heard) == heard, "nothing of it was sent"
        assert "加密连接" in away(lambda: machine(plain.port, ours.file).call_next("p", 2, ["01"]), sent=True)
    finally:
        talker.close()
        plain.close()


def test_the_address_is_no_other_than_the_desk_s_own() -> None:
    for url in ("http://queue.example", "ftp://127.0.0.1", "https://", "https://a:b@queue.example", "https://q/?x=1"):
        with pytest.raises(ValueError, match="https://"):
            MachineAt(url=url, services={"01": "A"})
    assert urlsplit(MachineAt(url="https://queue.example:8443/v2", services={"01": "A"}).url).port == 8443
