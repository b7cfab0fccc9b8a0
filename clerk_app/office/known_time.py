"""时间可信 acts that rest on what day and hour it is are not done by a clock nobody vouches for; data goes on, flagged."""

from __future__ import annotations

from clerk_app.command import Command, Refusal

NEEDS_KNOWN_TIME = frozenset(
    {
        "authorise_decision",
        "record_seal_use",
        "issue_document",
        "mark_sealed",
        "record_absence",
        "take_ticket",
        "take_handed_ticket",
        "ask_absence",
        "approve_absence",
        "step_in",
        "arrange_cover",
        "confirm_substitution",
        "record_letter",
        "confirm_letter",
        "end_letter",
    }
)

CLOCK_UNKNOWN = Refusal(
    "clock-unknown", "这台电脑的时间对不上，取号、授权、用印、登记离岗先停，没有办；收件填表照常。连上中心就会对准。"
)


def clock_refusal(command: Command) -> Refusal | None:
    """None when this act may be done by the clock it was stamped with; a paper seal already put on is recorded."""
    unsure = command.clock == "unknown" and command.kind in NEEDS_KNOWN_TIME
    by_hand = command.kind == "record_seal_use" and not getattr(command, "electronic", True)
    return CLOCK_UNKNOWN if unsure and not by_hand else None
