"""The citizen process stands alone: no code of the centre's is loaded into it, and what is wrong at its start is one sentence."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from clerk_app.server.__main__ import main
from clerk_app.server.database import Database

KEY = "0123456789abcdef0123456789abcdef"
INSIDE = (
    "clerk_app.server.tables", "clerk_app.server.replay", "clerk_app.server.intake", "clerk_app.server.judging",
    "clerk_app.server.centre", "clerk_app.server.feed", "clerk_app.server.app", "clerk_app.store.tables",
    "clerk_app.store.cabinet", "clerk_app.cases.model", "clerk_app.office.office", "clerk_app.office.judge",
    "clerk_app.queueing.model", "clerk_app.outside.centre", "requests",
)  # fmt: skip


@pytest.mark.parametrize("module", ["app", "door"])
def test_nothing_of_the_centre_is_loaded(module: str) -> None:
    code = f"import sys, clerk_app.server.citizen.{module}; print(*sorted(set({INSIDE!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == []


def test_the_names_of_the_inside_are_right() -> None:
    """Else the test above could not fail."""
    code = f"import sys, clerk_app.server.app, clerk_app.office.office, clerk_app.outside.centre, requests; print(*set({INSIDE!r}) - set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == []


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("CLERK_CITIZEN_KEY", raising=False)
    monkeypatch.delenv("CLERK_DATABASE_URL", raising=False)

    def command(*words: str) -> tuple[int, str]:
        try:
            code = main(words)
        except SystemExit as ended:
            code = int(ended.code or 0)
        captured = capfd.readouterr()
        assert captured.out == ""
        assert len(captured.err.strip().splitlines()) == 1
        assert KEY not in captured.err
        return code, captured.err

    return command


def test_what_goes_wrong_is_one_sentence(run: Run, tmp_path: Path) -> None:
    url, key, short, empty, odd = (
        f"sqlite:///{tmp_path / 'c.db'}",
        *(tmp_path / n for n in ("key", "short", "empty", "odd")),
    )
    key.write_text(KEY + "\n")
    short.write_text("geheim")
    empty.write_text("\n")
    odd.write_text("钥匙" * 20, "utf-8")
    there, to = ("--database-url", url), ("--to", "https://127.0.0.1:1")
    wrong = [
        (("citizen",), 2, "--database-url"),
        (("citizen", *there), 2, "CLERK_CITIZEN_KEY"),
        (("citizen", *there, "--key-file", str(short)), 2, "32"),
        (("citizen", *there, "--key-file", str(empty)), 2, "没有密钥"),
        (("citizen", *there, "--key-file", str(odd)), 2, "读不出来"),
        (("citizen", *there, "--key-file", str(tmp_path / "none")), 2, "读不出来"),
        (("citizen", "--database-url", "nonsense", "--key-file", str(key)), 2, "看不懂"),
        (("citizen", "--database-url", "postgresql://x@127.0.0.1:1/x", "--key-file", str(key)), 1, "用不了"),
        (("citizen", *there, "--key-file", str(key), "--key", KEY), 2, "读不出来"),
        (("feed-citizen", *there), 2, "--to"),
        (("feed-citizen", *there, *to), 2, "CLERK_CITIZEN_KEY"),
        (("feed-citizen", *there, "--to", "http://cx.example.gov.cn", "--key-file", str(key)), 2, "https"),
        (("feed-citizen", *there, *to, "--key-file", str(key), "--trust", str(tmp_path / "none")), 2, "证书"),
        (("feed-citizen", *to, "--key-file", str(key)), 2, "--database-url"),
    ]
    for words, code, said in wrong:
        done = run(*words)
        assert done[0] == code, words
        assert said in done[1], words


def test_it_does_not_open_on_the_centres_database(run: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'centre.db'}"
    centre = Database(url)
    centre.migrate()
    centre.close()
    (tmp_path / "key").write_text(KEY)
    code, said = run("citizen", "--database-url", url, "--key-file", str(tmp_path / "key"))
    assert code == 1
    assert "中心的数据库" in said
