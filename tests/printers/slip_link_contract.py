"""The contract of ports.SlipLink, for every link and every fake of one."""

from __future__ import annotations

from typing import Protocol

import pytest

from clerk_app.ports import SlipLink

PAPER = "\x1b@A001 号票\n".encode("gb18030")


class Bench(Protocol):
    """A link with the printer behind it."""

    link: SlipLink

    def break_by(self, fault: str) -> None:
        """One of: refused, cover_open, paper_end, torn, mute."""

    def printed(self) -> bytes:
        """All that came out so far."""


class SlipLinkContract:
    """Subclass with a fixture `bench`."""

    def test_a_confirmed_job_is_done_and_on_paper(self, bench: Bench):
        delivery = bench.link.send(PAPER, "a~ 1")
        assert (delivery.state, delivery.said) == ("done", "")
        assert bench.printed() == PAPER

    @pytest.mark.parametrize(
        ("fault", "state"), [("refused", "not_sent"), ("cover_open", "blocked"), ("paper_end", "blocked")]
    )
    def test_what_surely_did_not_leave_left_nothing_on_paper(self, bench: Bench, fault, state):
        bench.break_by(fault)
        delivery = bench.link.send(PAPER, "abcd")
        assert delivery.state == state
        assert delivery.said.endswith("。")
        assert bench.printed() == b""

    @pytest.mark.parametrize("fault", ["torn", "mute"])
    def test_doubt_is_unknown(self, bench: Bench, fault):
        bench.break_by(fault)
        delivery = bench.link.send(PAPER, "abcd")
        assert delivery.state == "unknown"
        assert delivery.said.endswith("。")

    def test_a_well_printer_is_ready_and_a_broken_one_is_not(self, bench: Bench):
        assert bench.link.status().ready
        bench.break_by("cover_open")
        assert not bench.link.status().ready
        assert bench.link.status().said.endswith("。")
        assert bench.printed() == b""

    @pytest.mark.parametrize("token", ["", "abc", "abcde", "a\nbc"])
    def test_a_token_is_four_printable_characters(self, bench: Bench, token):
        with pytest.raises(ValueError, match="标记"):
            bench.link.send(PAPER, token)
        assert bench.printed() == b""
