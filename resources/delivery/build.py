"""打包 `make dist`: PyInstaller's folder, an archive named for the machine it runs on, and a .deb; each is started once before it counts.

A build runs on machines with the glibc it was made on or a newer one: it is named by it. Windows and aarch64 are built on
such a machine by the same command; nothing here pretends to.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "counter-clerk"
DIST = ROOT / "dist"
SPEC = Path(__file__).with_name("clerk.spec")
PATIENCE = 300
CONTROL = """Package: {name}
Version: {version}
Architecture: {arch}
Maintainer: counter-clerk
Section: office
Priority: optional
Depends: libc6 (>= {glibc}), libegl1, libxkbcommon0, libfontconfig1, libdbus-1-3
Description: 政务服务中心窗口客户端
 叫号、收件、授权用印、收费、出件；线路断了照常办。
"""
ENTRY = """[Desktop Entry]
Type=Application
Name=政务窗口
Comment=窗口人员的一个窗口
Exec=/opt/{name}/{name}
Icon=/opt/{name}/_internal/resources/icons/stamp.svg
Categories=Office;
Terminal=false
"""


def main() -> int:
    """Build, start what was built, archive it; a build that does not start is none."""
    version = str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
    shutil.rmtree(DIST, ignore_errors=True)
    words = [
        "--noconfirm",
        "--log-level",
        "ERROR",
        "--distpath",
        str(DIST),
        "--workpath",
        str(DIST / "work"),
        str(SPEC),
    ]
    subprocess.run([sys.executable, "-m", "PyInstaller", *words], check=True, cwd=ROOT)
    shutil.rmtree(DIST / "work")
    say_version(DIST / NAME, version)
    started = starts(DIST / NAME / (f"{NAME}.exe" if os.name == "nt" else NAME))
    made = [archive(version), *([deb(version)] if shutil.which("dpkg-deb") else [])]
    said = [f"打好的程序走完一趟：{len(started['steps'])} 步，两边链头一致。", *(str(file) for file in made)]
    sys.stdout.write("\n".join(said) + "\n")
    return 0


def starts(program: Path) -> dict[str, list[object]]:
    """导览 with no screen, by the built program alone: no Python, no source tree; raises when it does not come to its end."""
    with tempfile.TemporaryDirectory() as folder:
        tour = Path(folder) / "tour"
        env = {"HOME": folder, "PATH": os.defpath, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
        env |= {key: os.environ[key] for key in ("SYSTEMROOT", "TEMP", "APPDATA") if key in os.environ}
        subprocess.run([str(program), "--tour", str(tour)], check=True, cwd=folder, env=env, timeout=PATIENCE)
        summary: dict[str, list[object]] = json.loads((tour / "summary.json").read_text(encoding="utf-8"))
    return summary


def say_version(folder: Path, version: str) -> None:
    """What the folder says of itself: to the launcher, to the program, and to `update-package`."""
    machine = f"win_{platform.machine().lower()}" if os.name == "nt" else f"{sys.platform}_{platform.machine().lower()}"
    said = {
        "version": version,
        "platform": machine,
        "glibc": platform.libc_ver()[1] if os.name == "posix" else "",
        "program": f"{NAME}.exe" if os.name == "nt" else NAME,
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    (folder / "version.json").write_text(json.dumps(said) + "\n", encoding="utf-8")


def place() -> str:
    """平台名 win_amd64, linux_x86_64_glibc2.36 …"""
    if os.name == "nt":
        return "win_amd64"
    return f"linux_{platform.machine()}_glibc{platform.libc_ver()[1]}"


def archive(version: str) -> Path:
    """One file to carry to a window."""
    target = DIST / f"{NAME}-{version}-{place()}"
    if os.name == "nt":
        return Path(shutil.make_archive(str(target), "zip", DIST, NAME))
    with tarfile.open(f"{target}.tar.gz", "w:gz") as packed:
        packed.add(DIST / NAME, NAME)
    return Path(f"{target}.tar.gz")


def deb(version: str) -> Path:
    """.deb under /opt; the data of a window stays in its user's folder, so that an upgrade never touches it."""
    arch = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    target = DIST / f"{NAME}_{version}_{arch}_glibc{platform.libc_ver()[1]}.deb"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        root.chmod(0o755)
        shutil.copytree(DIST / NAME, root / "opt" / NAME)
        entry = root / "usr" / "share" / "applications" / f"{NAME}.desktop"
        control = root / "DEBIAN" / "control"
        for file in (entry, control):
            file.parent.mkdir(parents=True)
        entry.write_text(ENTRY.format(name=NAME), encoding="utf-8")
        words = {"name": NAME, "version": version, "arch": arch, "glibc": platform.libc_ver()[1]}
        control.write_text(CONTROL.format(**words), encoding="utf-8")
        subprocess.run(["dpkg-deb", "--root-owner-group", "--build", "-Zxz", "-z1", str(root), str(target)], check=True)
    return target


if __name__ == "__main__":
    sys.exit(main())
