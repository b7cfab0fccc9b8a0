"""对外进程 `python -m clerk_app.server tell-outside`: a thread for each partner of each hall, so that one that hangs holds nobody up.

It is a process of its own: no request of a window waits for anybody outside. Whom to tell is read from the hall version in
force, again and again, so that a change of the data needs no restart.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from clerk_app.cases.telling_outside import OutsidePartner
from clerk_app.outside.citizen_line import is_safe_address
from clerk_app.outside.ids import new_id
from clerk_app.outside.partner_folder import FolderPartner
from clerk_app.outside.partner_http import READ, HttpPartner
from clerk_app.ports.partners import Partner
from clerk_app.server.centre import CentreOffice
from clerk_app.server.outward.keys import Places
from clerk_app.server.outward.making import Maker, Origins
from clerk_app.server.outward.origins import from_the_inbox
from clerk_app.server.outward.sending import FOLDER, Sender, note_trouble
from clerk_app.server.tables import hall_head

log = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds between two looks at the feed and at whom the halls tell."""
AFTER_FAULT = 5.0
STEADY = 30.0
LEFT_AFTER = 6 * 3600.0
NO_KEY = "中心没有放这个平台的钥匙，一条也没有送。请管理员把钥匙文件放好。"
NO_FOLDER = "中心没有说对外的文件夹放在哪里，一条也没有送。请管理员写上 --folders。"
FAULT = "中心往这里送时出了故障，会自动再试，等着的一条没丢。还不行请管理员看中心的日志。"
BAD_ADDRESS = "这个平台的地址要用 https，一条也没有送。请管理员改大厅资料里的 url。"
Opener = Callable[[str, OutsidePartner], Partner | str]


def opener(places: Places, wait: float = READ) -> Opener:
    """The line to a partner, or the sentence why there is none."""

    def open_line(hall: str, partner: OutsidePartner) -> Partner | str:
        if partner.way == "folder":
            folder = places.folder(hall, partner.id)
            return NO_FOLDER if folder is None else FolderPartner(folder)
        key = places.key(hall, partner.id)
        if key is None:
            return NO_KEY
        if not is_safe_address(partner.url):
            return BAD_ADDRESS
        return HttpPartner((hall, partner.id), partner.url, key, wait, places.trust(hall, partner.id))

    return open_line


@dataclass
class Course:
    """一路 one partner: made and sent until it is told to stop."""

    office: CentreOffice
    hall: str
    partner: OutsidePartner
    open_line: Opener
    me: str
    origins: Origins = from_the_inbox
    stop: threading.Event = field(default_factory=threading.Event)
    _seen: tuple[int, str] | None = None
    _looked: float = 0.0
    _shut: bool = True
    """Whether what stands as its trouble may be ours, and over."""

    def step(self) -> bool:
        """Make, then send; whether there may be more at once. Raises what the database raises."""
        more = self._make()
        line = self.open_line(self.hall, self.partner)
        if isinstance(line, str):
            self._say(line)
            return more
        if self._shut:
            self._say("")
        try:
            return Sender(self.office, self.hall, self.partner, line, self.me).turn() or more
        finally:
            line.close()

    def _say(self, trouble: str) -> None:
        self._shut = bool(trouble)
        note_trouble(self.office, self.hall, self.partner.id, trouble)

    def _make(self) -> bool:
        """When the feed has grown, and every half minute: what is told to people has days of its own."""
        head, now = self._head(), time.monotonic()
        if head == self._seen and now - self._looked < STEADY:
            return False
        more = Maker(self.office, self.hall, self.partner, self.origins).step()
        self._seen, self._looked = (None if more else head), now
        return more

    def _head(self) -> tuple[int, str]:
        query = select(hall_head.c.seq, hall_head.c.epoch).where(hall_head.c.hall == self.hall)
        with self.office.database.asking() as connection:
            row = connection.execute(query).one()
        return row.seq, row.epoch

    def run(self) -> None:
        """Until it is stopped; whatever falls is logged by its kind and tried again: a thread that ended would tell nobody."""
        while not self.stop.is_set():
            try:
                rest = 0.0 if self.step() else LOOK
            except Exception as error:
                log.warning("outside %s stands still: %s", self.partner.id, type(error).__name__)
                with suppress(SQLAlchemyError):
                    self._say(FAULT)
                rest = AFTER_FAULT
            self.stop.wait(rest)


@dataclass
class Tellers:
    """各路 which partners there are by the halls' data, and a thread for each."""

    office: CentreOffice
    open_line: Opener
    me: str = field(default_factory=new_id)
    _running: dict[tuple[str, str], tuple[OutsidePartner, Course]] = field(default_factory=dict)

    def look(self) -> int:
        """Begin what is new, end what is gone or has changed; how many run."""
        wanted = self._wanted()
        for key, (partner, course) in list(self._running.items()):
            if wanted.get(key) != partner:
                course.stop.set()
                del self._running[key]
        for (hall, name), partner in wanted.items():
            if (hall, name) not in self._running:
                course = Course(self.office, hall, partner, self.open_line, self.me)
                self._running[hall, name] = (partner, course)
                threading.Thread(target=course.run, name=f"outside-{hall}-{name}", daemon=True).start()
        return len(self._running)

    def close(self) -> None:
        """Told to end: what is on its way is sent again another time."""
        for _, course in self._running.values():
            course.stop.set()

    def _wanted(self) -> dict[tuple[str, str], OutsidePartner]:
        with self.office.database.reading() as connection:
            halls = connection.execute(select(hall_head.c.hall)).scalars().all()
            return {
                (hall, partner.id): partner
                for hall in halls
                for partner in self.office.hall_in_force(connection, hall).outside.partners
            }


def tell_outside(office: CentreOffice, open_line: Opener, *, with_parent: bool) -> None:
    """Blocks until it is told to end."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if with_parent:
        threading.Thread(target=_end_with_parent, args=(stop,), name="parent", daemon=True).start()
    sweep_folders(Path(tempfile.gettempdir()))
    tellers = Tellers(office, open_line)
    while not stop.is_set():
        try:
            tellers.look()
            rest = LOOK
        except (SQLAlchemyError, LookupError) as error:
            log.warning("cannot read whom to tell: %s", type(error).__name__)
            rest = AFTER_FAULT
        stop.wait(rest)
    tellers.close()


def sweep_folders(place: Path) -> None:
    """What a process that was killed left of a case file it was putting together; one at work is never so old."""
    for folder in place.glob(f"{FOLDER}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > LEFT_AFTER:
                shutil.rmtree(folder)


def _end_with_parent(stop: threading.Event) -> None:
    while os.read(0, 4096):
        pass
    stop.set()
