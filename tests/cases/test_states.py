"""The table of the life of a case, written down a second time: every row, every pair that is none, and what a row carries."""

from __future__ import annotations

from typing import get_args

import pytest

from clerk_app.cases.states import (
    ENDED,
    OPEN,
    RUNNING,
    CaseState,
    Event,
    event_words,
    moves,
    state_words,
    step,
)
from clerk_app.command import Refusal

STATES: tuple[CaseState, ...] = get_args(CaseState)
EVENTS: tuple[Event, ...] = get_args(Event)
TABLE = """
advise              draft                                                   advised
receive             draft                                                   received
not_required        draft received                                          not_required
not_accept          received                                                not_accepted
fix                 received                                                =
notify              received                                                correction
deem                received                                                accepted
complete            correction                                              received
lapse               correction                                              lapsed
accept              received                                                accepted
assign              accepted review                                         review
suspend             review                                                  suspended
resume              suspended                                               review
extend              review                                                  =
opine               review                                                  =
propose             review                                                  to_authorise
decide_alone        review                                                  to_authorise
send_out            review to_authorise                                     with_department
department_returns  with_department                                         review
department_grants   with_department                                         granted
department_refuses  with_department                                         refused
unrecord_department granted refused                                         with_department
send_back           to_authorise                                            review
grant               to_authorise                                            granted
refuse              to_authorise                                            refused
stamp               granted refused                                         sealed
hand_over           sealed                                                  delivered
archive             delivered                                               archived
withdraw            *                                                       withdrawn
terminate           *                                                       terminated
void_stamp          sealed                                                  to_authorise
void                * sealed                                                void
"""
BEFORE_SEAL = (
    "draft", "received", "correction", "accepted", "review", "suspended", "to_authorise", "with_department", "granted",
    "refused",
)  # fmt: skip


def rows() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for line in TABLE.strip().splitlines():
        event, *sources, target = line.split()
        for source in sources:
            for state in BEFORE_SEAL if source == "*" else (source,):
                found[state, event] = state if target == "=" else target
    return found


ROWS = rows()


@pytest.mark.parametrize("event", EVENTS)
def test_every_row_and_every_pair_that_is_none(event: Event) -> None:
    for state in STATES:
        found = step(state, event)
        if (state, event) in ROWS:
            assert found == ROWS[state, event], (state, event)
            continue
        assert isinstance(found, Refusal), (state, event)
        assert found.type == f"not-to-{event.replace('_', '-')}"
        assert state_words[state] in found.sentence
        assert event_words[event] in found.sentence


def test_every_event_has_a_row_and_every_state_words() -> None:
    assert {event for _, event in ROWS} == set(EVENTS) == set(moves) == set(event_words)
    assert set(STATES) == set(state_words)
    assert {*(s for s, _ in ROWS), *ROWS.values()} == set(STATES), "no state stands outside the table"


def test_what_has_ended_goes_nowhere_and_what_is_open_can_still_end() -> None:
    for state in ENDED:
        assert not [event for event in EVENTS if (state, event) in ROWS], state
    assert set(OPEN) == set(BEFORE_SEAL)
    for state in OPEN:
        assert {ROWS[state, "withdraw"], ROWS[state, "terminate"], ROWS[state, "void"]} <= ENDED


def test_the_clocks_of_a_row_agree_with_the_states() -> None:
    """What pauses leads out of the running states, what runs on stays in them."""
    for (state, event), target in ROWS.items():
        effect = moves[event].clock
        if effect == "pause":
            assert (state in RUNNING, target in RUNNING) == (True, False)
        elif effect == "stop" and state in RUNNING:
            assert target not in RUNNING, (state, event)
        elif effect == "run" and state in RUNNING:
            assert target in RUNNING, (state, event)


def test_whatever_leaves_the_hands_of_the_applicant_or_comes_to_them_has_its_paper() -> None:
    papers = {event: move.document for event, move in moves.items() if move.document}
    assert papers == {
        "advise": "一次性告知单", "receive": "收件凭证", "not_required": "不需办理告知书", "not_accept": "不予受理通知书",
        "notify": "补正告知书", "deem": "视为受理通知书", "complete": "补正收件凭证", "lapse": "视为撤回告知书",
        "accept": "受理通知书", "assign": "交接单", "suspend": "特别程序告知书", "extend": "延期通知书",
        "propose": "审批表", "send_out": "送审单", "grant": "准予行政许可决定书", "refuse": "不予行政许可决定书",
        "hand_over": "送达回证", "archive": "卷内目录", "withdraw": "撤回确认书", "terminate": "终止通知书",
        "void_stamp": "作废登记",
    }  # fmt: skip
