"""A hall's recovery certificate for tests, and OpenSSL's own word on what is encrypted to it."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from clerk_app.outside.recovery import RecoveryKey, make_recovery, open_recovery_key

HALVES = ("张三自己记的前一半", "李四自己记的后一半")


@functools.cache
def _made(name: str) -> tuple[bytes, bytes]:
    """Once: an RSA key takes its time."""
    return make_recovery(name, HALVES)


@functools.cache
def _opened(name: str) -> RecoveryKey:
    return open_recovery_key(_made(name)[1], HALVES)


def recovery_pair(name: str = "江州恢复证书") -> tuple[bytes, bytes]:
    """Certificate and key."""
    return _made(name)


def recovery_key(name: str = "江州恢复证书") -> RecoveryKey:
    return _opened(name)


def put_recovery(folder: Path) -> Path:
    """Both files in a folder; answers it."""
    folder.mkdir(parents=True, exist_ok=True)
    pem, key = recovery_pair()
    (folder / "recovery.pem").write_bytes(pem)
    (folder / "recovery.p12").write_bytes(key)
    return folder


def openssl_decrypts(file: Path, key: Path, folder: Path) -> Any:
    """What `openssl cms -decrypt` makes of it."""
    program = shutil.which("openssl")
    assert program, "openssl stands in tests/system_packages.sh"
    plain = folder / "recovery-plain.pem"
    password = "pass:" + "".join(HALVES)
    subprocess.run(
        [program, "pkcs12", "-in", str(key), "-passin", password, "-nodes", "-out", str(plain)],
        check=True, capture_output=True,
    )  # fmt: skip
    words = ["cms", "-decrypt", "-binary", "-inform", "DER", "-in", str(file), "-inkey", str(plain)]
    try:
        return json.loads(subprocess.run([program, *words], check=True, capture_output=True).stdout)
    finally:
        plain.unlink()
