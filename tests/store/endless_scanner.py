"""A clerk who never stops scanning: `python -m tests.store.endless_scanner FOLDER KEY-HEX ROUND` works until killed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from clerk_app.command import Refusal
from clerk_app.office.line import attaching
from clerk_app.store.sealed_file import CHUNK
from tests.desk import cut_office
from tests.visits import accept, receive, serve


def main() -> None:
    folder, key, number = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), int(sys.argv[3])
    office = cut_office(folder, key, fill=number == 0)
    if number == 0:
        accept(office, receive(office, serve(office)))
    case = office.read(lambda books: books.latest_cases(1))[0].id
    scan = folder / "scan.pdf"
    print("working", flush=True)
    for turn in range(1_000_000):
        scan.write_bytes(b"%PDF-" + os.urandom(turn % 3 * CHUNK + 100))
        outcome = attaching.attach(office, case, scan)
        if isinstance(outcome, Refusal):
            sys.exit(f"{outcome.type}: {outcome.sentence}")


if __name__ == "__main__":
    main()
