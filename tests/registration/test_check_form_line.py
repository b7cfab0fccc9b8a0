"""`check-form FILE` as a script sees it: an array of findings, 0 or 1; or one sentence and 2."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from clerk_app.__main__ import main
from tests.registration.applications import EXAMPLE_FILE, changed, example

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def line(tmp_path, capsys):
    def run(document: Any, *words: str) -> tuple[int, list[dict[str, str]]]:
        file = tmp_path / "application.json"
        file.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
        code = main(["check-form", str(file), *words])
        said = capsys.readouterr()
        return code, json.loads(said.out)

    return run


@pytest.mark.process
def test_the_example_has_no_finding() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "clerk_app", "check-form", str(EXAMPLE_FILE)],
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr, json.loads(done.stdout)) == (0, "", [])


def test_a_finding_has_five_words(line) -> None:
    code, (found,) = line(changed(example(), {"/company/staff_count": None}))
    assert code == 1
    assert set(found) == {"rule", "severity", "pointer", "message", "basis"}
    assert (found["rule"], found["pointer"]) == ("REQ", "/company/staff_count")


def test_what_does_not_block_is_told_and_good(line) -> None:
    code, (found,) = line(changed(example(), {"/company/scope/1/approval_kind": "后置"}))
    assert (code, found["rule"], found["severity"]) == (0, "S-POST", "info")


@pytest.mark.parametrize(
    ("words", "wrapped", "rules"),
    [
        ([], None, []),
        ([], "2031-01-01", ["A-TERM", "D-LEASE", "N-RESERVED"]),
        (["--as-of", "2026-06-15"], "2031-01-01", []),
        (["--as-of", "２０２６-08-11"], None, ["N-RESERVED"]),
    ],
)
def test_the_day_is_asked_then_the_wrappers_then_the_applications(line, words, wrapped, rules) -> None:
    document = {"as_of": wrapped, "application": example()} if wrapped else example()
    _, found = line(document, *words)
    assert sorted(one["rule"] for one in found) == rules


def test_registered_names_are_held_against_it(line, tmp_path) -> None:
    names = tmp_path / "names.json"
    row = {"name": "合肥岚栎舟信息技术有限责任公司", "trade_name": "岚栎舟", "industry_term": "信息技术"}
    names.write_text(json.dumps([{**row, "authority_code": 340104}]), "utf-8")
    code, found = line(example(), "--registered-names", str(names))
    assert (code, [one["rule"] for one in found]) == (1, ["N-SAME"])
    names.write_text(json.dumps([{**row, "authority_code": "340200"}]), "utf-8")
    assert line(example(), "--registered-names", str(names)) == (0, [])


def test_bad_input_is_one_chinese_sentence(tmp_path, capsys) -> None:
    good, big, deep, names = (tmp_path / name for name in ("good", "big", "deep", "names"))
    good.write_bytes(EXAMPLE_FILE.read_bytes())
    deep.write_bytes(b"[" * 100_000)
    names.write_text('[{"name": "x"}]', "utf-8")
    with big.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    for words in (
        [str(big)], [str(deep)], [str(tmp_path)], [str(tmp_path / "none")], ["\0"], [str(good), "--as-of", "今天"],
        [str(good), "--registered-names", str(names)], [str(good), "--registered-names", str(tmp_path)],
        [str(good), "--registered-names", str(deep)],
    ):  # fmt: skip
        assert main(["check-form", *words]) == 2, words
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.count("\n") == 1
        assert any("\u4e00" <= sign <= "\u9fff" for sign in said.err)


def test_unknown_fields_are_told_beside(tmp_path, capsys) -> None:
    file = tmp_path / "x.json"
    file.write_text(json.dumps(changed(example(), {"/weather": 1})), "utf-8")
    assert main(["check-form", str(file)]) == 0
    said = capsys.readouterr()
    assert (json.loads(said.out), said.err.count("\n")) == ([], 1)
    assert "weather" in said.err
