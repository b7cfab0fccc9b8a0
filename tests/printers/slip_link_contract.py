"""The contract of ports.SlipLink, for every link and every fake of one."""

from __future__ import annotations

from typing import ClassVar, Protocol

import pytest

from clerk_app.ports import SlipLink

PAPER = "\x1b@A001 号票\n".encode("gb18030")


class Bench(Protocol):
    """A link with the printer behind it."""

    link: SlipLink

    def break_by(self, fault: str) -> None:
        """One of the contract's faults."""

    def without_proof(self, known: bool) -> SlipLink:
        """A link to a printer that confirms nothing; `known`: its profile says so, from a probe or a person's eye."""

    def printed(self) -> bytes:
        """All that came out so far."""


class SlipLinkContract:
    """Subclass with a fixture `bench`; a line that brings no answers back says what it can see and what it cannot."""

    best: ClassVar[str] = "done"
    stays: ClassVar[dict[str, str]] = {"refused": "not_sent", "cover_open": "blocked", "paper_end": "blocked"}
    doubts: ClassVar[tuple[str, ...]] = ("torn", "mute")
    seen_by_the_lamp: ClassVar[str] = "cover_open"

    def pytest_generate_tests(self, metafunc):
        for name, values in (("staying", self.stays.items()), ("doubt", self.doubts)):
            if name in metafunc.fixturenames:
                metafunc.parametrize(name, list(values), ids=str)

    def test_a_job_that_went_well_is_on_paper_and_called_what_the_line_can_know(self, bench: Bench):
        delivery = bench.link.send(PAPER, "a~ 1")
        assert (delivery.state, delivery.said) == (self.best, "")
        assert bench.printed() == PAPER

    def test_what_surely_did_not_leave_left_nothing_on_paper(self, bench: Bench, staying):
        fault, state = staying
        bench.break_by(fault)
        delivery = bench.link.send(PAPER, "abcd")
        assert delivery.state == state
        assert delivery.said.endswith("。")
        assert bench.printed() == b""

    def test_doubt_is_unknown(self, bench: Bench, doubt):
        bench.break_by(doubt)
        delivery = bench.link.send(PAPER, "abcd")
        assert delivery.state == "unknown"
        assert delivery.said.endswith("。")

    def test_without_proof_a_whole_job_is_sent_only_where_that_is_known_of_the_printer(self, bench: Bench):
        first = bench.without_proof(known=False).send(PAPER, "abcd")
        assert (first.state, first.said[-1]) == ("unknown", "。")
        assert bench.printed() == PAPER
        second = bench.without_proof(known=True).send(PAPER, "abce")
        assert (second.state, second.said) == ("sent", "")
        assert bench.printed() == PAPER + PAPER

    def test_a_well_printer_is_ready_and_a_broken_one_is_not(self, bench: Bench):
        assert bench.link.status().ready
        bench.break_by(self.seen_by_the_lamp)
        assert not bench.link.status().ready
        assert bench.link.status().said.endswith("。")
        assert bench.printed() == b""

    @pytest.mark.parametrize("token", ["", "abc", "abcde", "a\nbc"])
    def test_a_token_is_four_printable_characters(self, bench: Bench, token):
        with pytest.raises(ValueError, match="标记"):
            bench.link.send(PAPER, token)
        assert bench.printed() == b""
