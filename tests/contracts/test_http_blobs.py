"""`HttpBlobs` before the real centre, its stand-in, other boxes on the way, and tus clients that are not ours."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
import requests

from clerk_app.outside.blobs import HttpBlobs
from clerk_app.outside.line import HttpLine
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.sync import protocol
from tests.contracts.blob_contract import BlobContract
from tests.contracts.running_centre import Machine, running_centre
from tests.office.pretend_blobs import PretendBlobs


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> Iterator[str]:
    with running_centre(tmp_path_factory.mktemp("centre")) as address:
        yield address


@pytest.fixture(scope="module")
def machine(url) -> Iterator[Machine]:
    one = Machine(url).enrol()
    yield one
    one.centre.close()


@pytest.fixture(scope="module")
def line(url, machine) -> Iterator[HttpLine]:
    one = HttpLine(url, lambda: machine.device, machine.key.sign)
    yield one
    one.close()


class TestPretendBlobs(BlobContract):
    @pytest.fixture
    def centre(self) -> PretendBlobs:
        return PretendBlobs()


@pytest.mark.process
class TestHttpBlobs(BlobContract):
    @pytest.fixture
    def centre(self, line) -> HttpBlobs:
        return HttpBlobs(line)

    def test_a_stranger_is_told_so_even_without_a_body(self, url, digest):
        stranger = HttpLine(url, lambda: "nobody", Machine(url).key.sign)
        with pytest.raises(CentreProblem) as caught:
            HttpBlobs(stranger).size(digest)
        assert (caught.value.type, caught.value.status) == ("device-unknown", 401)
        stranger.close()

    def test_pieces_of_eight_mebibytes(self, centre):
        data = os.urandom((16 << 20) + 5)
        digest = hashlib.sha256(data).hexdigest()
        place = centre.begin(digest, len(data))
        for start in range(0, len(data), 8 << 20):
            centre.send(place, start, data[start : start + (8 << 20)])
        assert centre.size(digest) == len(data)
        assert centre.fetch(digest) == data

    def test_too_much_is_said(self, centre, digest):
        with pytest.raises(CentreProblem) as caught:
            centre.begin(digest, (64 << 20) + 1)
        assert (caught.value.type, caught.value.status) == ("blob-too-large", 413)


# Whatever else may answer.


class Box(BaseHTTPRequestHandler):
    status, headers_said = 200, {}

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(self.status)
        page = b'{"token": "x"}' if self.path == protocol.HELLO else b"<html>log in first</html>"
        for name, value in {"Content-Length": str(len(page)), **self.headers_said}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    do_GET = do_HEAD = do_POST = do_PATCH = _answer

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def box() -> Iterator[tuple[type[Box], HttpBlobs]]:
    class Mine(Box):
        pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Mine)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    line = HttpLine(f"http://127.0.0.1:{server.server_port}", lambda: "d", lambda _: "s")
    yield Mine, HttpBlobs(line)
    line.close()
    server.shutdown()
    thread.join(5)
    server.server_close()


DIGEST = hashlib.sha256(b"x").hexdigest()


def ask(blobs: HttpBlobs) -> list:
    return [
        lambda: blobs.size(DIGEST),
        lambda: blobs.begin(DIGEST, 1),
        lambda: blobs.offset("/v1/uploads/x"),
        lambda: blobs.send("/v1/uploads/x", 0, b"x"),
        lambda: blobs.fetch(DIGEST),
        lambda: blobs.piece(DIGEST, 0, 1),
    ]


@pytest.mark.parametrize("said", [{}, {"Tus-Resumable": "1.0.0", "Upload-Offset": "none", "Location": "http://else/x"}])
def test_a_log_in_page_is_no_answer(box, said):
    kind, blobs = box
    kind.headers_said = said
    for call in ask(blobs):
        with pytest.raises(CentreAway):
            call()


@pytest.mark.parametrize("status", [302, 404, 500, 502])
def test_a_box_that_says_not_found_is_not_the_centre(box, status):
    kind, blobs = box
    for call in ask(blobs):
        kind.status = 200
        kind.headers_said = {}
        kind.status = status
        with pytest.raises(CentreAway):
            call()


def test_an_offset_that_cannot_be_is_no_answer(box):
    kind, blobs = box
    kind.headers_said = {"Tus-Resumable": "1.0.0", "Upload-Offset": "7"}
    with pytest.raises(CentreAway):
        blobs.send("/v1/uploads/x", 0, b"x")


def test_a_slow_line_takes_a_large_piece():
    """It takes longer than connecting may, without a pause: 8 MiB, more than the system holds back, at 1.3 MiB/s."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
    size, read = 8 << 20, []

    def serve() -> None:
        for answer in (b'{"token": "x"}', b""):
            client, _ = listener.accept()
            head = b""
            with client:
                while b"\r\n\r\n" not in head:
                    head += client.recv(1)
                left = size if answer == b"" else 0
                pause = threading.Event()
                while left > 0 and (part := client.recv(min(left, 1 << 16))):
                    left -= len(part)
                    read.append(len(part))
                    pause.wait(0.05)  # the slow line itself
                said = "Tus-Resumable: 1.0.0\r\nUpload-Offset: 8388608\r\nConnection: close\r\n"
                client.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {len(answer)}\r\n{said}\r\n".encode() + answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    line = HttpLine(f"http://127.0.0.1:{listener.getsockname()[1]}", lambda: "d", lambda _: "s")
    try:
        assert HttpBlobs(line).send("/v1/uploads/x", 0, bytes(size)) == size
        assert sum(read) == size
    finally:
        line.close()
        listener.close()
        thread.join(5)


# An independent judge: tuspy, unmodified, behind a door that signs what passes.


class Signing(BaseHTTPRequestHandler):
    """Passes everything on to the centre with the device's signature; `cut` drops so many answers to PATCH."""

    line: HttpLine
    cut = 0
    passed: list[str]

    def _pass_on(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        own = ("host", "content-length", "connection", "accept-encoding", "accept", "user-agent")
        headers = {name: value for name, value in self.headers.items() if name.lower() not in own}
        answer = self.line.raw(self.command, self.path, data, headers)
        type(self).passed.append(self.command)
        if self.command == "PATCH" and self.cut > 0:
            type(self).cut -= 1
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(answer.status_code)
        for name, value in answer.headers.items():
            if name.lower() not in ("transfer-encoding", "connection", "date"):
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.content)

    do_GET = do_HEAD = do_POST = do_PATCH = do_OPTIONS = do_DELETE = _pass_on

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def signing_door(line, monkeypatch) -> Iterator[tuple[type[Signing], str]]:
    class Mine(Signing):
        passed: list[str] = []

    Mine.line = line
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Mine)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Mine, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(5)
    server.server_close()


def judged(door: str, data: bytes, **more: Any) -> Any:
    from tusclient.client import TusClient

    digest = hashlib.sha256(data).hexdigest()
    client = TusClient(door + protocol.UPLOADS)
    return client.uploader(file_stream=io.BytesIO(data), chunk_size=1000, metadata={"digest": digest}, **more)


@pytest.mark.process
@pytest.mark.parametrize("checked", [False, True])
def test_tuspy_uploads_here(signing_door, line, checked):
    _, door = signing_door
    data = os.urandom(4321)
    judged(door, data, upload_checksum=checked).upload()
    assert HttpBlobs(line).fetch(hashlib.sha256(data).hexdigest()) == data


@pytest.mark.process
def test_tuspy_resumes_here_after_cuts_and_in_a_second_run(signing_door, line):
    kind, door = signing_door
    data = os.urandom(4321)
    digest = hashlib.sha256(data).hexdigest()
    kind.cut = 2
    first = judged(door, data, retries=3, retry_delay=0, upload_checksum=True)
    first.upload(stop_at=2000)
    assert kind.passed[:5] == ["POST", "PATCH", "HEAD", "PATCH", "HEAD"]
    assert (kind.cut, first.offset) == (0, 2000), "what arrived before a cut is not sent again"
    second = judged(door, data, url=first.url)
    assert second.offset == 2000
    second.upload()
    assert HttpBlobs(line).fetch(digest) == data
    assert requests.delete(first.url, headers={"Tus-Resumable": "1.0.0"}, timeout=5).status_code == 204
    assert HttpBlobs(line).fetch(digest) == data


# Memory.


@pytest.mark.process
def test_the_centre_s_memory_does_not_grow_with_the_file(tmp_path):
    """The peak after 16 MB in pieces of 8 MiB, and after 60 MB: the same, give or take."""
    with running_centre(tmp_path) as address:
        machine = Machine(address).enrol()
        line = HttpLine(address, lambda: machine.device, machine.key.sign)
        port = urlsplit(address).port
        (server,) = {c.pid for c in psutil.net_connections("tcp") if c.status == "LISTEN" and c.laddr.port == port}
        peaks = []
        for megabytes in (16, 60):
            data = os.urandom(megabytes << 20)
            digest = hashlib.sha256(data).hexdigest()
            blobs = HttpBlobs(line)
            place = blobs.begin(digest, len(data))
            for start in range(0, len(data), 8 << 20):
                blobs.send(place, start, data[start : start + (8 << 20)])
            assert blobs.fetch(digest) == data
            status = Path(f"/proc/{server}/status").read_text()
            peaks.append(int(status.split("VmHWM:")[1].split()[0]) >> 10)
        line.close()
        machine.centre.close()
    assert peaks[1] - peaks[0] <= 24, peaks
