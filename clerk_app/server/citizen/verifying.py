"""验章台 the answers to what is asked at `/verify` and `/v/…`: few at a time, few a minute from one place, nothing kept."""

from __future__ import annotations

import ipaddress
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime
from threading import BoundedSemaphore, Lock

from nacl.bindings import crypto_sign_open
from nacl.exceptions import CryptoError
from sqlalchemy import Connection
from starlette.responses import HTMLResponse, Response

from clerk_app.receipts.words import full_day
from clerk_app.sealing.paper_code import ReadPaperCode, UnreadableCode, read_paper_code, vouched_by
from clerk_app.server.citizen import rows, verify_pages
from clerk_app.server.citizen.form import HallCard, PublicMachine
from clerk_app.server.citizen.judge import FileFacts, JudgeError, judge_apart
from clerk_app.server.citizen.seal_digests import machine_digest
from clerk_app.server.citizen.upload import CODE, FILE, LARGEST_FILE, read_form
from clerk_app.server.citizen.verdict import verdict_of
from clerk_app.server.database import Database
from clerk_app.store.columns import HALL_ZONE
from clerk_app.sync.protocol import decode

log = logging.getLogger(__name__)

AT_ONCE = 2
"""Files in hand at the same time in one worker: each is a process of its own."""
A_MINUTE, MOST_PLACES = 10, 5000
_BUSY = {"Retry-After": "60"}

Judge = Callable[[bytes, bytes], FileFacts]


class Turns:
    """轮流 how often one place may ask; places that have been quiet longest are forgotten first."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic, a_minute: int = A_MINUTE) -> None:
        self._monotonic = monotonic
        self._a_minute = a_minute
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def take(self, address: str) -> bool:
        """Whether it is this place's turn."""
        place = _place(address)
        with self._lock:
            asked = self._asked.setdefault(place, deque(maxlen=self._a_minute))
            self._asked.move_to_end(place)
            while len(self._asked) > MOST_PLACES:
                self._asked.popitem(last=False)
            now = self._monotonic()
            if len(asked) == self._a_minute and now - asked[0] < 60:
                return False
            asked.append(now)
            return True


def _place(address: str) -> str:
    """A household has a whole network of IPv6 addresses."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((int(ip), 64), strict=False))


class VerifyDesk:
    """验章台 over the public rows; the file itself is read by `judge`."""

    def __init__(self, database: Database, now: Callable[[], datetime], judge: Judge = judge_apart) -> None:
        self._database = database
        self._now = now
        self._judge = judge
        self._in_hand = BoundedSemaphore(AT_ONCE)
        self.turns = Turns()

    def ask(self, wrong: str = "", status: int = 200) -> Response:
        """The page to fill in."""
        with self._database.reading() as connection:
            card = _only_card(connection)
        return HTMLResponse(verify_pages.ask_page(card, wrong), status, _BUSY if status in (429, 503) else None)

    def answer(self, content_type: str, body: bytes) -> Response:
        """What was sent in: a file, else a code."""
        try:
            fields = read_form(content_type, body)
        except ValueError:
            return self.ask("没有收全，没有验。再选一次文件。", 400)
        if pdf := fields.get(FILE, b""):
            return self._file(pdf)
        if text := fields.get(CODE, b"").decode("utf-8", "replace").strip():
            return self.code(text, 200)
        return self.ask("还没有选文件，也没有填码。", 400)

    def _file(self, pdf: bytes) -> Response:
        if len(pdf) > LARGEST_FILE:
            return HTMLResponse(verify_pages.too_large_page(), 413)
        if b"%PDF-" not in pdf[:1024]:
            return self.ask("这个文件不是 PDF，没有验。看看是不是拿错了文件。", 400)
        if not self._in_hand.acquire(blocking=False):
            return self.ask("现在验的人多，没有验。过一分钟再来。", 503)
        try:
            return self._judged(pdf)
        except JudgeError as error:
            log.warning("file was not judged: %s", error)
            return self.ask("这个文件太复杂，读不完，没有验。大厅出的文书不会这样，拿着文件到大厅问。", 400)
        finally:
            self._in_hand.release()

    def _judged(self, pdf: bytes) -> Response:
        with self._database.reading() as connection:
            roots = {trust.roots for trust in rows.trusts(connection).values() if trust.roots}
        if not roots:
            return self.ask("这里还没有印章的根证书，没有验。拿着文件到大厅验。", 503)
        facts = self._judge(pdf, "\n".join(sorted(roots)).encode("ascii"))
        if facts.unreadable:
            return self.ask(facts.unreadable, 400)
        with self._database.reading() as connection:
            found = rows.find_file(connection, facts.digest)
            card = found.fed.card if found else _only_card(connection)
        verdict = verdict_of(facts, found.row if found else None, found.trust.turns if found else ())
        return HTMLResponse(verify_pages.verdict_page(verdict, card))

    def code(self, text: str, false: int = 404) -> Response:
        """A paper's code, scanned as an address, or typed: then a false one is an answer like any other."""
        try:
            read = read_paper_code(text)
        except UnreadableCode as unreadable:
            with self._database.reading() as connection:
                return _false(str(unreadable), _only_card(connection), false)
        with self._database.reading() as connection:
            fed, trust = rows.fed_of(connection, read.code.hall), rows.trusts(connection).get(read.code.hall)
        if fed is None or trust is None:
            return _false("码上写的大厅这里不认得。", None, false)
        device = machine_digest(read.code.device)
        machine = next((one for one in trust.machines if one.device == device), None)
        return _checked(read, machine, fed.card, false)


def _checked(read: ReadPaperCode, machine: PublicMachine | None, card: HallCard, false: int) -> Response:
    if machine is None or not vouched_by(read, machine.public_key, _genuine):
        return _false(f"它不是{card.name}的机器签的：是假码，或者出码的机器刚装上，过几分钟再扫。", card, false)
    until = machine.until and machine.until.astimezone(HALL_ZONE).date()
    if until is not None and read.code.day > until:
        return _false(f"写它的机器{full_day(until)}已经停用，码上的日期在这以后。", card, false)
    ended = f"写它的机器{full_day(until)}停用了，码上的日期在这以前。拿不准就打下面的电话。" if until else ""
    return HTMLResponse(verify_pages.code_page(read.code, card, ended))


def _false(words: str, card: HallCard | None, status: int) -> Response:
    return HTMLResponse(verify_pages.false_code_page(words, card), status)


def _genuine(public: str, data: bytes, signature: str) -> bool:
    try:
        return crypto_sign_open(decode(signature) + data, decode(public)) == data
    except (CryptoError, ValueError):
        return False


def _only_card(connection: Connection) -> HallCard | None:
    halls = rows.all_fed(connection)
    return halls[0].card if len(halls) == 1 else None
