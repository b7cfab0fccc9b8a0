"""What earlier commands mean for the next move."""

from __future__ import annotations

from clerk_app.server.docket import Docket, Earlier, set_aside, waiting


def earlier(seq: int, state: str, *subjects: str) -> Earlier:
    return Earlier((1, seq), frozenset(subjects), state)


def test_an_undecided_earlier_move_on_the_subject_waits_and_a_later_one_does_not() -> None:
    docket = Docket([earlier(3, "held", "case:1")], {})
    assert docket.before((1, 4), ["case:1"], []) is waiting
    assert docket.before((1, 4), ["case:2"], []) is None
    assert docket.before((1, 2), ["case:1"], []) is None


def test_a_failed_one_sets_aside_even_behind_a_waiting_one() -> None:
    docket = Docket([earlier(1, "held", "case:1"), earlier(2, "refused", "case:1")], {})
    assert docket.before((1, 3), ["case:1"], []) is set_aside


def test_needs() -> None:
    docket = Docket([], {"a": "applied", "b": "quarantined", "c": "held"})
    assert docket.before((1, 1), [], ["a"]) is None
    assert docket.before((1, 1), [], ["b", "c"]) is set_aside
    assert docket.before((1, 1), [], ["c"]) is waiting
    assert docket.before((1, 1), [], ["unknown"]) is waiting
    docket.note("unknown", earlier(1, "applied", "case:1"))
    assert docket.before((1, 2), ["case:1"], ["unknown"]) is None


def test_no_move_is_judged_past_one_that_was_taken_in_and_never_judged() -> None:
    docket = Docket(
        [earlier(5, "pending", "ticket:1"), earlier(3, "held", "case:1"), earlier(9, "pending", "ticket:9")], {}
    )
    assert docket.before_move((1, 6), ["ticket:2"], []) is waiting
    assert docket.before_move((1, 4), ["ticket:2"], []) is None, (
        "what is held was judged, and stops its own subjects only"
    )
    assert docket.before_move((2, 1), ["ticket:2"], []) is None, "another journal"
    assert docket.before((1, 6), ["ticket:2"], []) is None, "facts do not ask"
    failed = Docket([earlier(1, "pending", "case:2"), earlier(2, "refused", "case:1")], {})
    assert failed.before_move((1, 3), ["case:1"], []) is set_aside


def test_a_fact_by_which_a_subject_stands_anew() -> None:
    """What came to nothing before it spoils nothing of its subjects; what waits still waits, what comes to nothing later spoils."""
    docket = Docket([earlier(1, "refused", "ticket:1", "case:1"), earlier(5, "refused", "ticket:1")], {})
    assert docket.before((1, 4), ["ticket:1"], []) is set_aside
    docket.anew((1, 3), ["ticket:1", "ticket:2"])
    assert docket.before((1, 4), ["ticket:1"], []) is None
    assert docket.before((1, 4), ["case:1"], []) is set_aside
    assert docket.before((1, 6), ["ticket:1"], []) is set_aside
    held = Docket([earlier(1, "held", "ticket:1")], {})
    held.anew((1, 2), ["ticket:1"])
    assert held.before((1, 3), ["ticket:1"], []) is waiting
