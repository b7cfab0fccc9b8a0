"""A missing program skips its test with the package to install, and fails where CI=true."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


def test_a_program_on_the_path_is_found(need_program: Callable[[str, str], str]) -> None:
    assert Path(need_program("sh", "dash")).is_file()


def test_a_missing_one_skips_with_its_package(
    need_program: Callable[[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="zbar-tools"):
        need_program("no-such-program", "zbar-tools")


def test_a_missing_one_fails_in_ci(need_program: Callable[[str, str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="zbar-tools"):
        need_program("no-such-program", "zbar-tools")
