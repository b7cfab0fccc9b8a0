"""slip: an acceptance slip of 20 lines with its QR, built from content to finished bytes; the floor is `.encode` of its text.

The first byte of a paper is measured beside a bare connection that sends the same bytes; from the click on, with the queue
in the store and the running loops in between, beside that connection and a bare commit.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from clerk_app.office.office import Done, Office
from clerk_app.office.running import Running
from clerk_app.receipts.slip import Pair, Qr, Rule, Slip, Text
from printers.desk import slip_maker
from printers.lane import Lane
from printers.layout import Line, lay_out
from printers.link import TcpLink
from printers.profiles import Profile
from printers.render import SlipRenderer
from tests.benchmarks.act import BareFile
from tests.benchmarks.registry import Row, benchmark
from tests.desk import cut_office

ROUNDS, MOST_MS, MOST_BYTES, MOST_FIRST_MS, LINES = 200, 1.0, 1000.0, 20.0, 20


def acceptance(number: int = 17) -> Slip:
    """Twenty lines as a hall prints them on 80 mm paper; each number is another QR."""
    return Slip(
        "受理回执",
        f"LJ-2026-{number:06d}",
        (
            Text("临江市政务服务中心", align="center"),
            Text("受理回执", size=2, bold=True, align="center"),
            Rule(),
            Pair("办件编号", f"440105-SPZX-20261121-{number:06d}"),
            Pair("事项", "有限责任公司设立登记（含章程备案）"),
            Pair("申请人", "江州春禾餐饮管理有限公司"),
            Pair("受理日期", "2026年11月21日"),
            Pair("承诺办结", "12月4日（星期五）前", bold=True),
            Pair("法定期限", "2027年1月4日前，共20个工作日"),
            Rule(),
            Text("已收材料", bold=True),
            Text("1. 公司登记（备案）申请书　原件1份"),
            Text("2. 住所使用证明　复印件2份"),
            Text("3. 股东身份证明　复印件2份"),
            Rule(),
            Pair("窗口", "2号窗口"),
            Pair("经办人", "李小燕"),
            Pair("咨询投诉电话", "12345"),
            Pair("应缴费用", "￥0.00"),
            Qr(f"https://hall.example.gov.cn/c/9a7Q-2f0e-44bb-{number:06d}", "扫码查办理进度"),
        ),
    )


def timed(step: Callable[[], object]) -> float:
    begun = time.perf_counter()
    step()
    return (time.perf_counter() - begun) * 1000


@benchmark("slip")
def slip() -> Sequence[Row]:
    """The median of many different slips, and their bytes."""
    maker = SlipRenderer(48)
    made = maker.make(acceptance(0))
    lines = [row.text for row in lay_out(acceptance(0), 48) if isinstance(row, Line)]
    assert len(lines) == LINES, len(lines)
    text = "\n".join(lines)
    slips = [acceptance(number + 1) for number in range(ROUNDS)]
    value = median(timed(lambda one=one: maker.make(one)) for one in slips)
    floor = median(timed(lambda: text.encode("gb18030")) for _ in slips)
    return [
        Row(name="slip", value=value, unit="ms", floor=floor, most=MOST_MS),
        Row(name="slip bytes", value=len(made), unit="bytes", floor=len(text.encode("gb18030")), most=MOST_BYTES),
        _first_byte(made),
        _click(made),
    ]


def _first_byte(made: bytes) -> Row:
    """From `send` to the first byte of the slip at a printer that answers at once, its questions about the state included."""
    with _Ear() as ear:
        link = TcpLink("127.0.0.1", ear.port, profile=Profile(completion="fence", status="full"))
        values, floors = [], []
        for _ in range(ROUNDS // 10):
            begun = time.perf_counter()
            link.send(made, "abcd")
            values.append((ear.first_byte() - begun) * 1000)
            begun = time.perf_counter()
            with socket.create_connection(("127.0.0.1", ear.port)) as line:
                line.sendall(made)
                floors.append((ear.first_byte() - begun) * 1000)
    return Row(name="slip first byte", value=median(values), unit="ms", floor=median(floors), most=MOST_FIRST_MS)


def _click(made: bytes) -> Row:
    """From the office call that puts a slip into the queue to its first byte at the printer, with all loops at work."""
    with ExitStack() as stack:
        ear = stack.enter_context(_Ear())
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="clerk-click-")))
        bare_commit = stack.enter_context(BareFile(folder / "floor.db"))
        office = running_office(folder / "desk", f"tcp://127.0.0.1:{ear.port}", stack)
        values, floors = [], []
        for number in range(ROUNDS // 10 + 1):
            begun = time.perf_counter()
            outcome = office.print_out([acceptance(number)])
            values.append((ear.first_byte() - begun) * 1000)
            assert isinstance(outcome, Done), outcome
            _wait_for_paper(office, outcome.papers[0])
            begun = time.perf_counter()
            bare_commit()
            with socket.create_connection(("127.0.0.1", ear.port)) as line:
                line.sendall(made)
                floors.append((ear.first_byte() - begun) * 1000)
    # The first one of a start also asks whether the line is settled.
    return Row(name="slip click", value=median(values[1:]), unit="ms", floor=median(floors[1:]), most=MOST_FIRST_MS)


def running_office(folder: Path, url: str, stack: ExitStack) -> Office:
    """A desk with the line cut whose lane goes to a printer that confirms by a fence."""
    folder.mkdir()
    office = cut_office(folder, printer=url)
    office.parts = replace(office.parts, maker=slip_maker(48))
    spool = office.parts.vault.spool
    link = TcpLink("127.0.0.1", urlsplit(url).port or 0, profile=Profile(completion="fence", status="full"))
    running = Running(office, Lane(spool, link, url))
    running.start()
    stack.callback(office.parts.vault.close)
    stack.callback(running.stop)
    return office


def _wait_for_paper(office: Office, key: str) -> None:
    until = time.monotonic() + 10
    while (job := office.parts.vault.spool.job(key)) is None or job.state != "done":
        assert time.monotonic() < until, job
        time.sleep(0.002)


class _Ear:
    """The least a printer does: answers each question with one good byte, and notes when a slip begins."""

    def __enter__(self) -> _Ear:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._moment, self._heard = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()

    def first_byte(self) -> float:
        assert self._heard.wait(10)
        self._heard.clear()
        return self._moment

    def _run(self) -> None:
        while True:
            try:
                line = self._server.accept()[0]
            except OSError:
                return
            with line:
                self._listen(line)

    def _listen(self, line: socket.socket) -> None:
        while chunk := line.recv(65536):
            if b"\x1b@" in chunk:
                self._moment = time.perf_counter()
                self._heard.set()
            if chunk.endswith(b"\x1dr\x01"):
                line.sendall(b"\x00")
            elif chunk[:2] == b"\x10\x04":
                line.sendall(b"\x12")
