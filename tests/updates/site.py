"""One window with a real store, a base program installed by hand, the real launcher in a process of its own, and packages to take."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from clerk_app.backing_up.making import DeskBackups
from clerk_app.backing_up.switching import Switch
from clerk_app.outside.secrets import ForgetfulBox
from clerk_app.outside.update_place import UpdatePlace
from clerk_app.ports import Verdict
from clerk_app.ports.updates import Offer, Offered
from clerk_app.settings import Settings
from clerk_app.store import engine as engines
from clerk_app.store.engine import migrate, open_engine, versions_known
from clerk_app.store.reading import StoreReading
from clerk_app.updating import Here
from tests.desk import cut_office
from tests.updates.programs import BASE, HERE, KEY, package, program
from tests.visits import whole_visit

ROOT = Path(__file__).parents[2]
STORE_KEY = bytes(range(32))
LAUNCHER = """
import subprocess, sys
from pathlib import Path
from resources.delivery.launcher import launch
code = launch(sys.argv[2:], Path(sys.argv[1]))
sys.exit(subprocess.call([sys.argv[1] + "/counter-clerk", *sys.argv[2:]]) if code is None else code)
"""
UP = """
python3 - "$2" <<'END'
import json, sys
from pathlib import Path
file = Path(sys.argv[1]) / "program" / "current"
file.write_text(json.dumps({**json.loads(file.read_text()), "healthy": True, "tries": 0}))
END
"""
"""A program whose sign-in page stands: it says so as ours does. `$2` is what follows `--data-dir`."""


class Site:
    """窗口 in `folder/data`, the installed program in `folder/base`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.base, self.ran = folder, folder / "data", folder / "base", folder / "ran"

    @property
    def count(self) -> int:
        """How much journal there was at the beginning."""
        return int((self.folder / "rows").read_text("utf-8"))

    def made(self) -> Site:
        """A folder of its own."""
        self.folder.mkdir()
        return self.build()

    def build(self) -> Site:
        """With a morning's work in its store, all of it with the centre."""
        self.data.mkdir()
        program(self.base, BASE)
        office = cut_office(self.data, STORE_KEY)
        whole_visit(office)
        rows = office.parts.vault.journal.rows((), 1000)
        verdicts = [Verdict(id=row.id, state="applied") for row in rows]
        office.parts.vault.journal.settle(verdicts, time.time())
        for job in office.parts.vault.spool.waiting():
            office.parts.vault.spool.withdraw(job.id, "")
        office.parts.vault.close()
        (self.folder / "rows").write_text(str(len(rows)), encoding="utf-8")
        return self

    def copied(self, folder: Path) -> Site:
        shutil.copytree(self.folder, folder, symlinks=True)
        return Site(folder)

    def place(self, version: str = BASE) -> UpdatePlace:
        here: Here = replace(HERE, version=version, schema=versions_known())
        return UpdatePlace(self.data, here, (KEY.public,), BASE)

    def switch(self, version: str = BASE) -> Switch:
        box = ForgetfulBox()
        box.put("store-key", STORE_KEY)
        settings = Settings(data_dir=self.data, centre="", window=2)
        backups = DeskBackups(settings, box, lambda: datetime.now(UTC))
        return Switch(settings=settings, place=self.place(version), key=lambda: STORE_KEY, backups=backups)

    def ready(self, version: str = "0.2.0", script: str = "", running: str = BASE, **said: object) -> None:
        """Fetched, judged and unpacked."""
        file = package(self.folder, version, script, **said)
        place = self.place(running)
        place.hear(Offered(offer=offer_of(file, version), newest=version))
        data = file.read_bytes()
        place.keep(0, data)
        place.make_ready()

    def start(self, *words: str, code: int | None = 0) -> list[str]:
        """What ran, in order; the last one is what stayed."""
        self.ran.unlink(missing_ok=True)
        env = {**os.environ, "RAN": str(self.ran), "PYTHONPATH": str(ROOT)}
        for name in ("CLERK_LAUNCHED", "CLERK_VERSION", "CLERK_LAUNCHER"):
            env.pop(name, None)
        done = subprocess.run(
            [sys.executable, "-c", LAUNCHER, str(self.base), "--data-dir", str(self.data), *words],
            env=env, cwd=self.folder, capture_output=True, encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip
        assert code is None or done.returncode == code, done.stderr
        return [line.split()[0] for line in self.ran.read_text("utf-8").splitlines()] if self.ran.exists() else []

    def rows(self) -> int:
        """How much journal the store has; its chain holds."""
        with StoreReading(self.data / "counter.db", STORE_KEY) as store:
            check = store.journal.check()
        assert check.ok
        return check.rows

    def pointer(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.data / "program" / "current").read_text("utf-8"))
        return found


def offer_of(file: Path, version: str) -> Offer:
    data = file.read_bytes()
    return Offer(version=version, digest=hashlib.sha256(data).hexdigest(), size=len(data), notes="叫号更快。")


def later_format(folder: Path) -> None:
    """From now on this process is a program whose store is one format further."""
    target = folder / "migrations"
    if not target.exists():
        shutil.copytree(engines.MIGRATIONS, target)
        (target / "9999_later.sql").write_text("CREATE TABLE later (id TEXT PRIMARY KEY);\n", encoding="utf-8")
    engines.MIGRATIONS = target


def upgraded(site: Site) -> None:
    """As the new program does when it opens the store."""
    engine = open_engine(site.data / "counter.db", STORE_KEY)
    migrate(engine, site.data / "counter.db")
    engine.dispose()
