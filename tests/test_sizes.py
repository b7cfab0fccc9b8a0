"""The measure sees what is over; the house itself is measured by `python -m tests.sizes`, a check of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sizes import measure


def _house(root: Path, name: str, text: str) -> tuple[str, ...]:
    for room in ("clerk_app", "tests"):
        (root / room).mkdir(exist_ok=True)
    (root / "clerk_app" / name).write_text(text, "utf-8")
    return measure(root).findings


LONG = "def long():\n" + "    x = 1\n" * 40
CROWDED = 'class Crowded:\n    """拥挤 too many."""\n' + "".join(f"    def m{n}(self): ...\n" for n in range(21))
TALL = 'class Tall:\n    """高 too tall."""\n' + "    x = 1\n" * 250


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.py", LONG, ["long() has 41 lines"]),
        ("a.py", CROWDED, ["Crowded has 21 methods"]),
        ("a.py", TALL, ["Tall has 252 lines", "median"]),
        ("a.py", "x = 1\n" * 501, ["501 lines, over 500", "median", "one module in ten"]),
        ("utils.py", "x = 1\n", ["«utils»"]),
        ("a.py", 'class Ticket:\n    """A ticket."""\n', ["Ticket does not open"]),
        ("a.py", "class Ticket: ...\n", ["Ticket does not open"]),
        ("a.py", 'class Ticket:\n    """号票 a ticket."""\n', []),
        ("a.py", 'class Post:\n    """AB岗 a post."""\n', []),
        ("a.py", "class _Inner: ...\n", []),
    ],
)
def test_what_is_over_is_named(tmp_path: Path, name: str, text: str, said: list[str]) -> None:
    findings = _house(tmp_path, name, text)
    for words in said:
        assert any(words in finding for finding in findings), findings
    assert bool(findings) == bool(said)
