"""The proxy does what it is asked to: seen from a client and from a small server that counts what reaches it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from tests.faults.proxy import CUTS, FaultProxy, script, weather
from tests.faults.waiting import until


class Counting(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.bodies: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Counting

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if len(body) < int(self.headers["Content-Length"]):
            self.server.bodies.append("half")
            return
        self.server.bodies.append(body.decode())
        content = json.dumps({"number": len(self.server.bodies), "filling": "x" * 2000}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "77")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Counting]:
    with Counting() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def proxy(server: Counting) -> Iterator[FaultProxy]:
    proxy = FaultProxy(server.url)
    yield proxy
    proxy.close()


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def post(session: requests.Session, proxy: FaultProxy, body: str) -> requests.Response:
    return session.post(proxy.url + "/push?a=1", data=body.encode(), timeout=5)


def test_what_passes_is_the_servers_own_answer_on_one_connection(proxy, server, session):
    assert [post(session, proxy, body).json()["number"] for body in ("a", "b" * 100_000, "")] == [1, 2, 3]
    assert [len(body) for body in server.bodies] == [1, 100_000, 0]
    assert session.head(proxy.url + "/x").headers["Content-Length"] == "77"


@pytest.mark.parametrize(("fault", "reached"), [*zip(CUTS, ([], ["half"], ["one"], ["one"]), strict=True)])
def test_each_cut_falls_where_it_should(proxy, server, session, fault, reached):
    proxy.plan = script("/push", [fault])
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        post(session, proxy, "one")
    assert post(session, proxy, "two").status_code == 200
    assert until(lambda: [b for b in server.bodies if b != "two"] == reached)
    assert proxy.seen == {fault: 1, "pass": 1}


def test_twice_and_late_reach_the_server_so(proxy, server, session):
    proxy.plan = script("/push", ["duplicate", "side-by-side", "late-copy", "pass", "late"])
    assert post(session, proxy, "one").json()["number"] == 2
    post(session, proxy, "two")
    assert server.bodies == ["one", "one", "two", "two"]
    post(session, proxy, "three")
    post(session, proxy, "four")
    assert server.bodies[4:] == ["three", "four", "three"]
    with pytest.raises(requests.ConnectionError):
        post(session, proxy, "five")
    post(session, proxy, "six")
    assert server.bodies[7:] == ["six", "five"]


def test_what_was_held_back_arrives_when_the_line_heals(proxy, server, session):
    proxy.plan = script("/push", ["late"])
    with pytest.raises(requests.ConnectionError):
        post(session, proxy, "one")
    assert server.bodies == []
    proxy.heal()
    assert server.bodies == ["one"]


@pytest.mark.parametrize(
    ("fault", "status", "wait", "kind"),
    [
        ("413", 413, None, "application/problem+json"),
        ("413-html", 413, None, "text/html"),
        ("429", 429, "1", "application/problem+json"),
        ("500", 500, None, "text/html"),
        ("502", 502, None, "text/html"),
        ("503", 503, "1", "application/problem+json"),
        ("html", 200, None, "text/html; charset=utf-8"),
    ],
)
def test_what_a_box_between_says_never_reaches_the_server(proxy, server, session, fault, status, wait, kind):
    proxy.plan = script("/push", [fault])
    answer = post(session, proxy, "one")
    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, wait)
    assert answer.headers["Content-Type"] == kind
    assert server.bodies == []


def test_other_paths_pass_and_the_next_server_takes_over(server, session):
    proxy = FaultProxy("http://127.0.0.1:9", server.url)
    proxy.plan = script("/other", ["html"])
    assert [post(session, proxy, body).status_code for body in "ab"] == [200, 200]
    proxy.close()
    with pytest.raises(requests.ConnectionError):
        post(session, proxy, "c")
    alone = FaultProxy("http://127.0.0.1:9")
    with pytest.raises(requests.ConnectionError):
        post(session, alone, "d")
    alone.close()


def test_weather_is_a_share_of_all_requests():
    numbers = iter([0.5, 0.1, 0.0, 0.1, 0.9, 0.2])
    plan = weather(lambda: next(numbers), ["html", "late"], 0.2)
    assert [plan(None) for _ in range(4)] == ["pass", "html", "late", "pass"]
