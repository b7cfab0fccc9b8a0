"""A lane that never stops: `python -m tests.printers.endless_lane FOLDER KEY-HEX URL ROUND` until it is killed.

Real spool file, real lane, real line. Every turn puts a new paper into the queue, tries to put the last one in again as a
second original, and pumps once; the clock runs fast, so that what waits comes again soon.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from clerk_app.receipts.paper import PrintJob
from clerk_app.receipts.slip import Pair, Qr, Slip, Text
from printers.lane import Lane
from printers.link import TcpLink, Timeouts
from printers.profiles import Profile
from printers.render import SlipRenderer
from tests.desk import StandingClock, cut_office

RENDERER = SlipRenderer(48)
QUICK = Timeouts(connect=1.0, answer=0.15, send=0.3, printed=0.3)


def slip_of(name: str) -> Slip:
    """Head and foot name it; in between are Chinese words, a rare name that is drawn, and its own code."""
    lines = tuple(Text(f"{number}. 住所使用证明（房屋租赁合同）原件{number}份") for number in range(1, 13))
    return Slip(
        "受理回执",
        name,
        (Text(head_of(name)), *lines, Pair("申请人", "张㛃䶮"), Qr(code_of(name)), Text(foot_of(name))),
    )


head_of, foot_of, code_of = "头{}头".format, "尾{}尾".format, "https://hall.example/{}".format


def payload_of(name: str) -> bytes:
    return RENDERER.make(slip_of(name))


def paper(name: str, printer: str, clock: StandingClock) -> PrintJob:
    payload = payload_of(name)
    return PrintJob(
        id=name, doc_type="受理回执", doc_no=name, copy_no=1, subject="case:1", printer=printer, state="queued",
        payload=payload, sha256=sha256(payload).hexdigest(), made_at=clock.now(), window=2, operator="P203",
    )  # fmt: skip


def main() -> None:
    folder, key, url, number = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    clock = StandingClock()
    clock.moment += timedelta(hours=number)
    office = cut_office(folder, key, fill=number == 0, clock=clock)
    vault = office.parts.vault
    vault.spool.recover()
    # Some rounds know their printer as one without any confirmation, some ask it, some were told it echoes.
    profile = Profile(completion=("", "process_id", "none", "fence")[number % 4], status="full")
    port = int(url.rpartition(":")[2])
    lane = Lane(vault.spool, TcpLink("127.0.0.1", port, QUICK, profile=profile), url)
    print("working", flush=True)
    for turn in range(1_000_000):
        job = paper(f"{number}-{turn}", url, clock)
        with vault.unit(office.hall) as work:
            if not work.enqueue(job) or work.enqueue(replace(job, id=f"again-{job.id}")):
                sys.exit("a second original")
        clock.moment += timedelta(seconds=2)
        lane.pump()


if __name__ == "__main__":
    main()
