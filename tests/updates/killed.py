"""`python -m tests.updates.killed ACT SITE`: the act killed before each of its steps on the disk, and what the next start finds.

A step is whatever changes the disk, as the interpreter's own audit events tell them; the process ends as if by SIGKILL, with
nothing flushed and nothing tidied. One JSON line: for each step its name, which program ran, and how much journal it found.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from clerk_app.store import engine as engines
from tests.updates.programs import BASE
from tests.updates.site import LAUNCHER, UP, Site, later_format, upgraded

CHANGES = {
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.truncate",
    "shutil.copyfile",
    "os.chmod",
    "os.symlink",
}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def ready(site: Site, *, schema: int = 0) -> Callable[[], object]:
    """Judging and unpacking what came."""
    place = site.place()
    return place.make_ready


def take(site: Site) -> Callable[[], object]:
    return site.switch().take


def back(site: Site) -> Callable[[], object]:
    """Over a format: the store is put back."""
    return site.switch("0.2.0").go_back


def fall(site: Site) -> Callable[[], object]:
    """The launcher's own giving up, over a format."""
    os.environ["RAN"] = str(site.ran)
    words = [str(site.base), "--data-dir", str(site.data)]

    def launched() -> None:
        sys.argv = ["-c", *words]
        try:
            exec(LAUNCHER, {})
        except SystemExit:
            return

    return launched


ACTS: dict[str, Callable[[Site], Callable[[], object]]] = {"ready": ready, "take": take, "back": back, "fall": fall}


def killed_at(site: Site, act: str, step: int) -> str | None:
    """The step it was killed before; None: it came to its end."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        run_killed(site, act, step, writer)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as said:
        name = said.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return name
    assert os.waitstatus_to_exitcode(status) == 0, (act, step)
    return None


def run_killed(site: Site, act: str, step: int, writer: int) -> None:
    count = [0]
    done = ACTS[act](site)
    root = str(site.data)

    def hook(event: str, words: tuple[Any, ...]) -> None:
        if not armed or not (event in CHANGES or (event == "open" and isinstance(words[2], int) and words[2] & WRITES)):
            return
        if not any(isinstance(word, str | os.PathLike) and str(word).startswith(root) for word in words):
            return
        count[0] += 1
        if count[0] == step:
            os.write(writer, f"{event} {Path(str(words[0])).name}".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    armed: list[int] = []
    sys.addaudithook(hook)
    armed.append(1)
    try:
        done()
    except BaseException as error:
        sys.stderr.write(repr(error))
        os._exit(1)
    os._exit(0)


def main() -> int:
    act, template, folder = sys.argv[1], Site(Path(sys.argv[2])), Path(sys.argv[3])
    older, found, step = engines.MIGRATIONS, [], 0
    while True:
        step += 1
        site = template.copied(folder / f"{step}")
        if act in {"back", "fall"}:
            later_format(folder)
        name = killed_at(site, act, step)
        engines.MIGRATIONS = older
        found.append({"step": name, **after(site, act, folder)})
        engines.MIGRATIONS = older
        if name is None:
            break
    sys.stdout.write(json.dumps(found))
    return 0


def after(site: Site, act: str, folder: Path) -> dict[str, Any]:
    """The next start, and the store as the program that stayed reads it."""
    ran = site.start(code=None)
    if ran[-1] != BASE and act in {"back", "fall"}:
        later_format(folder)
        upgraded(site)
    return {"ran": ran, "rows": site.rows()}


def prepared(site: Site, act: str, later: Path) -> Site:
    """As things stand just before the act."""
    schema = engines.versions_known()
    over = {"schema": schema + 1} if act in {"back", "fall"} else {}
    if act == "ready":
        from clerk_app.ports.updates import Offered
        from tests.updates.programs import package
        from tests.updates.site import offer_of

        file = package(site.folder, "0.2.0", UP)
        site.place().hear(Offered(offer=offer_of(file, "0.2.0"), newest="0.2.0"))
        site.place().keep(0, file.read_bytes())
        return site
    site.ready(script=UP if act != "fall" else "exit 3\n", **over)
    if act in {"back", "fall"}:
        site.switch().take()
        older = engines.MIGRATIONS
        later_format(later)
        upgraded(site)
        engines.MIGRATIONS = older
    if act == "back":
        site.start()
    if act == "fall":
        file = site.data / "program" / "current"
        file.write_text(json.dumps({**site.pointer(), "tries": 2}), encoding="utf-8")
    return site


if __name__ == "__main__":
    sys.exit(main())
