"""Small program folders and real packages of them: a shell script says its version, and does what a test asks of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from clerk_app.outside.keys import SigningKey
from clerk_app.outside.program_here import platform_here
from clerk_app.outside.update_package import package_name, write_package
from clerk_app.store.engine import versions_known
from clerk_app.sync.protocol import CLIENT, OLDEST_CLIENT
from clerk_app.updating import Here, Release

KEY, STRANGER = SigningKey(bytes(range(32))), SigningKey(bytes(range(1, 33)))
BASE = "0.1.0"
SAID = Release(
    version="0.2.0", platform=platform_here(), glibc="", client=CLIENT, oldest=OLDEST_CLIENT, schema=versions_known(),
    created="2026-10-01T00:00:00+00:00", notes="叫号更快。", program="counter-clerk",
)  # fmt: skip
HERE = Here(version=BASE, platform=platform_here(), glibc="99", schema=versions_known())


def program(folder: Path, version: str, script: str = "") -> Path:
    """A folder whose program writes down that it ran; a second file and a link lie beside it."""
    folder.mkdir(parents=True)
    words = f'#!/bin/sh\necho "{version} $*" >> "$RAN"\n{script}\n'
    (folder / "counter-clerk").write_text(words, encoding="utf-8")
    (folder / "counter-clerk").chmod(0o755)
    (folder / "_internal").mkdir()
    (folder / "_internal" / "data.bin").write_bytes(bytes(range(256)) * 2000)
    (folder / "_internal" / "link").symlink_to("data.bin")
    said = {"version": version, "platform": platform_here(), "glibc": "", "program": "counter-clerk"}
    (folder / "version.json").write_text(json.dumps(said), encoding="utf-8")
    return folder


def package(place: Path, version: str = "0.2.0", script: str = "", key: SigningKey = KEY, **said: object) -> Path:
    """A whole package of such a folder."""
    folder = program(place / f"program-{version}", version, script)
    release = replace(SAID, version=version, **said)  # type: ignore[arg-type]
    file = place / package_name(release)
    write_package(folder, release, key, file)
    return file
