"""push-memory: the most memory a client has while it sends its queue; the floor is the same client with a tenth of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.backlog import backlog
from tests.benchmarks.real_centre import RealCentre, real_centre
from tests.benchmarks.registry import Row, benchmark

FEW, MANY = 1_000, 10_000
MOST = 1.1
ROOT = Path(__file__).parents[2]

# A process of its own: what is kept of the past by the one who wrote it would be counted too.
CHILD = """
import json, resource, sys, time
from pathlib import Path
from clerk_app.sync.rounds import push
from tests.faults.windows import Window

window = Window(Path(sys.argv[1]), sys.argv[2]).open()
push(window.office.parts.vault, window.office.parts.centre, time.time())
kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"tally": window.tally(), "peak": kibibytes / 1024}))
window.close()
"""


@benchmark("push-memory")
def push_memory() -> Sequence[Row]:
    with real_centre() as centre:
        return measure(centre, FEW, MANY)


def measure(centre: RealCentre, few: int, many: int) -> list[Row]:
    floor, value = (peak(centre, name, commands) for name, commands in (("few", few), ("many", many)))
    return [Row(name="push-memory", value=value, unit="MiB", floor=floor, most=MOST, of_ratio=True)]


def peak(centre: RealCentre, name: str, commands: int) -> float:
    """Mebibytes at most, by the kernel's count."""
    window = centre.window(name).open().sign_in()
    try:
        made = backlog(window.office, commands)
        device = window.device
    finally:
        window.close()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(window.folder), window.url],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["tally"] == {"applied": made}, said
    centre.kept_whole(device, made)
    return float(said["peak"])
