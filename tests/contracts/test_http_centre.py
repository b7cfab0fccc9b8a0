"""`HttpCentre` before the real centre, and before everything else that may answer at its address."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from clerk_app.outside.centre import HttpCentre
from clerk_app.outside.relay import Relay
from clerk_app.ports import CentreAway, CentreProblem, HelloSaid, Sent
from tests.contracts.centre_contract import CentreContract
from tests.contracts.running_centre import Machine, running_centre


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> Iterator[str]:
    with running_centre(tmp_path_factory.mktemp("centre")) as address:
        yield address


@pytest.fixture
def new_machine(url):
    made: list[Machine] = []

    def make() -> Machine:
        made.append(Machine(url))
        return made[-1]

    yield make
    for machine in made:
        machine.centre.close()


@pytest.mark.process
class TestHttpCentre(CentreContract):
    """The real one, over loopback."""

    @pytest.fixture
    def machine(self, new_machine) -> Machine:
        return new_machine().enrol()

    @pytest.fixture
    def stranger(self, new_machine) -> Machine:
        return new_machine()


@pytest.mark.process
def test_a_line_cut_and_joined_again(url):
    relay = Relay()
    relay.lead_to(url)
    machine = Machine(relay.url)
    try:
        machine.enrol()
        assert machine.centre.hello().last_seq == 0
        relay.cut()
        for _ in range(3):
            with pytest.raises(CentreAway):
                machine.centre.hello()
        relay.join()
        assert machine.centre.hello().last_seq == 0
    finally:
        machine.centre.close()
        relay.close()


def free_port() -> int:
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        return ours.getsockname()[1]


def calls(centre: HttpCentre) -> list:
    return [
        centre.hello,
        lambda: centre.push([Sent(envelope=b"{}", signature="")]),
        lambda: centre.changes("", 10),
        lambda: centre.hall_document("v"),
        lambda: centre.number_block("case_no:2026", 1),
        lambda: centre.claim("ticket:x"),
        lambda: centre.sign_in("P203", "x", 2, "k"),
        lambda: centre.enrol("x", 2, "k"),
        lambda: centre.hello(HelloSaid(incarnation=1, last_seq=0, head="0" * 64)),
        lambda: centre.snapshot(""),
        lambda: centre.own_envelopes(1, 0),
        lambda: centre.new_incarnation(2),
        lambda: centre.digests(date(2026, 11, 20)),
    ]


def test_nobody_there_is_a_cut_line():
    centre = Machine(f"http://127.0.0.1:{free_port()}").centre
    for call in calls(centre):
        with pytest.raises(CentreAway):
            call()
    centre.close()


PORTAL = "<html><body>请先登录大厅无线网络</body></html>".encode()
JSON, HTML = "application/json", "text/html; charset=utf-8"


class Impostor(ThreadingHTTPServer):
    """Answers everything the same way."""

    daemon_threads = True

    def __init__(self, status: int, kind: str, body: bytes, **headers: str) -> None:
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                outer.asked.append(self.path)
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self.send_response(status)
                for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = answer

            def log_message(self, *_: object) -> None:
                return

        super().__init__(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def end(self) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()


@pytest.fixture
def impostor():
    made: list[Impostor] = []

    def make(*words, **headers) -> tuple[HttpCentre, Impostor]:
        made.append(Impostor(*words, **headers))
        centre = Machine(f"http://127.0.0.1:{made[-1].server_address[1]}").centre
        centres.append(centre)
        return centre, made[-1]

    centres: list[HttpCentre] = []
    yield make
    for centre in centres:
        centre.close()
    for server in made:
        server.end()


def test_a_captive_portal_is_a_cut_line(impostor):
    centre, server = impostor(200, HTML, PORTAL)
    for call in calls(centre):
        with pytest.raises(CentreAway):
            call()
    assert len(server.asked) == 13


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (200, JSON, b"[]"), (200, JSON, b"{}"), (200, JSON, b"null"), (200, JSON, b""), (200, JSON, b"\xff"), (200, JSON, b'{"time":'),
        (200, JSON, b'{"ok":true}'), (500, JSON, b'{"type":"centre-fault","detail":"x"}'), (502, HTML, PORTAL), (503, JSON, b"{}"),
        (404, HTML, PORTAL), (404, JSON, b'{"detail":"Not Found"}'), (407, HTML, PORTAL), (400, JSON, b'{"type":5}'),
    ],
    ids=range(14),
)  # fmt: skip
def test_what_is_not_the_centres_answer_is_a_cut_line(impostor, status, kind, body):
    centre, _ = impostor(status, kind, body)
    for call in calls(centre):
        with pytest.raises(CentreAway):
            call()


def test_a_redirect_is_not_followed(impostor):
    elsewhere, other = impostor(200, JSON, b"{}")
    del elsewhere
    centre, _ = impostor(302, HTML, b"", Location=f"http://127.0.0.1:{other.server_address[1]}/login")
    with pytest.raises(CentreAway):
        centre.sign_in("P203", "secret", 2, "k")
    assert other.asked == []


def test_a_proxy_of_the_environment_is_not_asked(monkeypatch, impostor):
    centre, server = impostor(200, JSON, json.dumps({"device": "d"}).encode())
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("no_proxy", "")
    assert centre.enrol("code", 2, "key") == "d"
    assert server.asked == ["/v1/devices"]


def test_a_problem_is_told_with_its_type_and_sentence(impostor):
    body = json.dumps(
        {"type": "code-wrong", "title": "入列码不对。", "detail": "入列码不对，没有入列。", "status": 403}
    ).encode()
    centre, _ = impostor(403, "application/problem+json", body)
    with pytest.raises(CentreProblem) as caught:
        centre.enrol("x", 2, "k")
    assert (caught.value.type, caught.value.sentence, caught.value.status) == (
        "code-wrong",
        "入列码不对，没有入列。",
        403,
    )
