"""Where secrets are kept: a real Secret Service keyring, and the box that sign-in passwords open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clerk_app.outside.password_box import FILE, PasswordBox
from clerk_app.outside.secrets import ForgetfulBox, secret_of
from clerk_app.ports import NeedsPassword, SecretBoxAway, SecretBoxLocked
from clerk_app.starting import desk_box

ROOT = Path(__file__).resolve().parents[2]

KEYRING = """
import sys
from clerk_app.outside.secrets import KeyringBox, secret_of
box = KeyringBox(sys.argv[1])
if sys.argv[2] == "put":
    secret, fresh = secret_of(box, "store-key")
    assert fresh and len(secret) == 32
else:
    secret, fresh = secret_of(box, "store-key")
    assert not fresh
assert box.get("nothing") is None
import keyring
print(type(keyring.get_keyring()).__module__, secret.hex())
"""


def in_session(need_program, home: Path, *programs: list[str]) -> list[str]:
    """Run programs one after another in one session with an unlocked keyring."""
    bus = need_program("dbus-run-session", "dbus")
    daemon = need_program("gnome-keyring-daemon", "gnome-keyring")
    lines = [f"printf secret | {daemon} --unlock --components=secrets --daemonize >/dev/null"]
    lines += [" ".join(f"'{word}'" for word in program) for program in programs]
    surroundings = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "share"), "XDG_RUNTIME_DIR": str(home)}
    surroundings.pop("PYTHON_KEYRING_BACKEND", None)
    home.chmod(0o700)
    done = subprocess.run(
        [bus, "--", "sh", "-ec", "\n".join(lines)],
        cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.process
def test_a_secret_service_keeps_the_key_between_two_runs(tmp_path, need_program):
    script = tmp_path / "ask.py"
    script.write_text(KEYRING, encoding="utf-8")
    # A path on the command line would put the script's folder first; the repository must be found instead.
    ask = ["env", f"PYTHONPATH={ROOT}", sys.executable, str(script), "desk-2"]
    first, second = in_session(need_program, tmp_path, [*ask, "put"], [*ask, "get"])
    assert first == second
    assert first.startswith("keyring.backends.SecretService ")


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch):
    def away(self, *_):
        raise SecretBoxAway("none")

    monkeypatch.setattr("clerk_app.outside.secrets.KeyringBox.get", away)
    monkeypatch.setattr("clerk_app.outside.secrets.KeyringBox.put", away)


def test_any_admitted_password_opens_the_box_and_no_other(tmp_path):
    box = PasswordBox(tmp_path)
    key, _ = secret_of(box, "store-key")
    assert not (tmp_path / FILE).exists(), "nothing is on disk before somebody signed in"
    box.admit("P203", "lian-xi-203")
    box.admit("P204", "lian-xi-204")
    for password in ("lian-xi-203", "lian-xi-204"):
        again = PasswordBox(tmp_path)
        with pytest.raises(SecretBoxLocked):
            again.get("store-key")
        assert not again.unlock("wrong")
        assert again.unlock(password)
        assert again.get("store-key") == key
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert key.hex() not in text
    assert "lian-xi" not in text


def test_a_changed_password_takes_the_old_ones_place(tmp_path):
    box = PasswordBox(tmp_path)
    secret_of(box, "store-key")
    box.admit("P203", "old")
    box.admit("P203", "new")
    again = PasswordBox(tmp_path)
    assert not again.unlock("old")
    assert again.unlock("new")


def test_without_a_keyring_the_desk_asks_for_a_password(tmp_path):
    box = desk_box(tmp_path, "")
    assert isinstance(box, PasswordBox)
    secret_of(box, "store-key")
    box.admit("P203", "lian-xi-203")
    with pytest.raises(NeedsPassword, match="数据用登录密码打开"):
        desk_box(tmp_path, "")
    with pytest.raises(NeedsPassword, match="数据没有动"):
        desk_box(tmp_path, "wrong")
    assert desk_box(tmp_path, "lian-xi-203").get("store-key") == box.get("store-key")


def test_a_store_nobody_signed_in_to_is_put_aside_not_lost(tmp_path):
    (tmp_path / "counter.db").write_bytes(b"never signed in to")
    assert isinstance(desk_box(tmp_path, ""), PasswordBox)
    (kept,) = tmp_path.glob("counter.unused-*")
    assert kept.read_bytes() == b"never signed in to"


def test_the_box_that_forgets_keeps_nothing_on_disk(tmp_path):
    box = ForgetfulBox()
    secret, fresh = secret_of(box, "store-key")
    assert fresh
    assert secret_of(box, "store-key") == (secret, False)
    assert not list(tmp_path.iterdir())
