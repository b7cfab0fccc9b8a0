"""1: SIGKILL of the client at each point between the act and its verdict; the next process goes on, nothing is lost or twice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from clerk_app.ports import CannotOpen
from tests.faults.clerk import Clerk
from tests.faults.site import Site
from tests.faults.windows import Window
from tests.nursery import start

pytestmark = pytest.mark.process

POINTS = ("before-commit", "after-commit", "after-send", "before-verdict", "after-verdict", "after-pulled")


@contextmanager
def standing_at(site: Site, folder: Path, point: str) -> Iterator[tuple[list[str], int]]:
    """A client that stands still at the point, and is killed there at the end.

    Answers the commands the clerk was told of, and the journal's length, before it went on to the point.
    """
    words = [str(folder), site.proxy.url, point]
    with TemporaryFile("w+", encoding="utf-8") as errors, start("tests.sync.killable_clerk", words, errors) as child:
        said: list[str] = []
        try:
            for line in child.stdout:
                if line.strip() == point:
                    break
                said.append(line.strip())
            else:
                errors.seek(0)
                raise AssertionError(errors.read())
            assert len(said) >= 8
            yield [line.removeprefix("told ") for line in said[:-1]], int(said[-1].removeprefix("head "))
        finally:
            child.kill()


@pytest.mark.parametrize("point", POINTS)
def test_1_killed_at_a_point_the_next_process_goes_on(site: Site, point: str, tmp_path: Path):
    folder = tmp_path / "desk"
    with standing_at(site, folder, point) as (told, length):
        pass
    window = Window(folder, site.proxy.url).open()
    site.windows.append(window)
    head = window.office.parts.vault.journal.head().seq
    assert (head == length) == (point == "before-commit"), "what was not committed is not there; what was committed is"
    sheet = site.account(told)
    assert sheet.good, sheet
    assert (sheet.visible, sheet.applied) == (0, head)
    clerk = Clerk(window.sign_in().office, random.Random(5))
    clerk.work(5)
    sheet = site.account([*told, *clerk.told])
    assert sheet.good, sheet
    assert sheet.applied >= head + 6


def test_16_a_second_process_on_the_same_store_is_refused_and_a_killed_one_leaves_it_free(site: Site, tmp_path: Path):
    folder = tmp_path / "desk"
    with standing_at(site, folder, "before-send") as (told, _):
        second = Window(folder, site.proxy.url)
        with pytest.raises(CannotOpen) as refused:
            second.open()
        assert "没有再开" in str(refused.value)
        second.close()
    site.windows.append(second.open())
    sheet = site.account(told)
    assert sheet.good, sheet
    assert sheet.visible == 0
