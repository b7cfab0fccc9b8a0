"""A window's machine as a process of its own, to be killed: `python -m tests.recovery.machine FOLDER URL WINDOW SHARE PEM [SCAN]`.

It says `ready` when it has numbers for a cut, waits for a line, makes three visits, attaches SCAN to the last case, says
the commands, and stays until it is killed. With a WINDOW but no SHARE it only enrols and ends.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from clerk_app.bootstrap import Handed, open_office
from clerk_app.cases.model import case_kind
from clerk_app.office.line.attaching import attach
from clerk_app.office.office import Office
from clerk_app.office.running import Running
from clerk_app.office.signing_in import sign_in
from clerk_app.outside.secrets import KeyringBox
from clerk_app.queueing.model import ticket_kind
from clerk_app.settings import Settings
from tests.desk import PlainMaker
from tests.faults.centres import CODE
from tests.faults.waiting import until
from tests.visits import done, whole_visit

CLERK = "P203"


class NoLane:
    """No printer: papers wait in the spool."""

    printer = ""

    def pump(self) -> bool:
        return False

    def status(self) -> object:
        return type("Status", (), {"ready": False, "said": "没有打印机"})()


def say(line: object) -> None:
    print(json.dumps(line), flush=True)


def main(folder: Path, url: str, window: int, share: str, pem: str, scan: str = "") -> None:
    settings = Settings(
        data_dir=folder, centre=url, window=window, training=True,
        second_copy=Path(share) if share else None, recovery=Path(pem),
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    with open_office(settings, Handed(maker=PlainMaker()), KeyringBox(str(folder.resolve())), CODE) as office:
        if share:
            work(office, scan)
        else:
            say(office.parts.vault.keep.meta("device"))


def work(office: Office, scan: str) -> None:
    session = sign_in(office, CLERK, "lian-xi-203")
    assert office.session is session, session
    running = Running(office, NoLane())
    running.start()
    keep, today = office.parts.vault.keep, office.parts.clock.now().date()
    until(lambda: keep.next_serial(ticket_kind("A", today, reserve=True)) and keep.next_serial(case_kind(today.year)))
    until(lambda: not office.parts.vault.journal.tally().get("pending"))
    say("ready")
    sys.stdin.readline()
    until(lambda: not running.line.state.connected)
    before = {row.id for row in office.parts.vault.journal.rows((), 1000)}
    for _ in range(3):
        case = whole_visit(office)
    if scan:
        done(attach(office, case.id, Path(scan)))
    say([row.id for row in office.parts.vault.journal.rows((), 1000) if row.id not in before])
    sys.stdin.read()


if __name__ == "__main__":
    place, base, number, *rest = sys.argv[1:]
    main(Path(place), base, int(number), *rest)
