"""The power goes between any two steps: the old program or the new one starts, with the whole store."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.updates.killed import prepared
from tests.updates.programs import BASE
from tests.updates.site import ROOT, Site

pytestmark = pytest.mark.process


@pytest.mark.parametrize(
    ("act", "last", "least"), [("ready", BASE, 8), ("take", "0.2.0", 8), ("back", BASE, 6), ("fall", BASE, 5)]
)
def test_killed_before_every_step_one_of_the_two_starts_with_every_row(
    act: str, last: str, least: int, tmp_path: Path
) -> None:
    site = prepared(Site(tmp_path / "site").made(), act, tmp_path / "later-here")
    rows = site.count
    (tmp_path / "runs").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.updates.killed", act, str(site.folder), str(tmp_path / "runs")],
        cwd=ROOT, env=dict(os.environ), capture_output=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    print(act, [(one["step"], one["ran"][-1]) for one in found])
    assert len(found) > least
    assert {one["rows"] for one in found} == {rows}
    assert {one["ran"][-1] for one in found} <= {BASE, "0.2.0"}
    assert found[-1]["ran"][-1] == last
    if act in ("ready", "fall"):
        assert {one["ran"][-1] for one in found} == {BASE}, (
            "before the pointer moves it is the old one, and a redone return ends there"
        )
