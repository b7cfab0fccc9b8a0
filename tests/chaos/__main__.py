"""`python -m tests.chaos --minutes N [--seed S]`: storms until the time is over; each ends with an account of every command.

The last line of stdout is `{"runs", "commands", "applied", "visible", "lost", "doubled"}`; exit 1 if anything was lost or
doubled, or if the books do not agree in any other way (said on stderr).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.chaos.storm import Storm
from tests.faults.account import Account
from tests.faults.site import open_site

LONGEST_STORM = 120.0


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    words = parser.parse_args(argv)
    end, total = time.monotonic() + words.minutes * 60, Counter({"runs": 0})
    good = True
    while not total["runs"] or time.monotonic() < end:
        seed = words.seed + total["runs"]
        seconds = min(LONGEST_STORM, max(end - time.monotonic(), 1.0))
        sheet, blows = one_storm(seed, seconds)
        total.update({"runs": 1, **sheet.said()})
        good = good and sheet.good
        print(f"storm {seed}: {dict(blows)} {sheet.said()}", file=sys.stderr, flush=True)
        for finding in (*sheet.lost, *sheet.doubled, *sheet.odd):
            print(finding, file=sys.stderr, flush=True)
    names = ("runs", "commands", "applied", "visible", "lost", "doubled")
    print(json.dumps({name: total[name] for name in names}), flush=True)
    return 0 if good else 1


def one_storm(seed: int, seconds: float) -> tuple[Account, Counter[str]]:
    with tempfile.TemporaryDirectory(prefix="clerk-chaos-") as folder, open_site(Path(folder), processes=2) as site:
        storm = Storm(site, random.Random(seed))
        try:
            return storm.run(seconds), storm.done
        finally:
            for client in storm.clients:
                client.end()


if __name__ == "__main__":
    sys.exit(main())
