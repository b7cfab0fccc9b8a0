"""`python -m tests.soak queue [--windows 8] [--tickets 1000] [--calm] [--seed S]`, `desk [--visits 1000]`: the long runs.

`make test` holds bounded ones.

The last line of stdout is JSON; exit 1 when anything was doubled or lost.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.soak.queue_run import Count

LONGEST = 4 * 3600.0


def queue(windows: int, tickets: int, seed: int, *, kill: bool, longest: float = LONGEST) -> Count:
    # Imported here: what the site needs must not stand in the memory that `desk` measures.
    from tests.faults.site import open_site
    from tests.soak.queue_run import Run

    with tempfile.TemporaryDirectory(prefix="clerk-soak-") as folder, open_site(Path(folder), processes=2) as site:
        return Run(site, windows, tickets, random.Random(seed)).run(kill=kill, longest=longest)


def desk(visits: int) -> int:
    from tests.soak.desk_run import visits as sit

    with tempfile.TemporaryDirectory(prefix="clerk-soak-") as folder:
        count = sit(Path(folder), visits)
    print(json.dumps(count.said()), flush=True)
    return 0 if count.good else 1


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("name", choices=["queue", "desk"])
    parser.add_argument("--windows", type=int, default=8)
    parser.add_argument("--tickets", type=int, default=1000)
    parser.add_argument("--visits", type=int, default=1000)
    parser.add_argument("--calm", action="store_true", help="nothing is killed or cut")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    words = parser.parse_args(argv)
    if words.name == "desk":
        return desk(words.visits)
    count = queue(words.windows, words.tickets, words.seed, kill=not words.calm)
    print(json.dumps(count.said()), flush=True)
    return 0 if count.good else 1


if __name__ == "__main__":
    sys.exit(main())
