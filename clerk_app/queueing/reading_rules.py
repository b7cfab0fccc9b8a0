"""叫号规则从哪来 the hall document's `queue` as frozen values; what an older document does not say has its default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clerk_app.queueing.rules import PriorityGround, QueueRules, RejoinRule, Timing

_words = ("pass_reasons", "hold_reasons", "back_reasons", "wronged_reasons")


def _ground(said: Mapping[str, Any]) -> PriorityGround:
    plain = {name: said[name] for name in ("key", "name", "basis")}
    return PriorityGround(**plain, min_age=said.get("min_age", 0), kiosk=said.get("kiosk", False))


def read_queue_rules(queue: Mapping[str, Any]) -> QueueRules:
    """From the checked document."""
    rejoin = queue["pass_rejoin"]
    said = {name: tuple(queue[name]) for name in _words if queue.get(name)}
    return QueueRules(
        letters={str(key): word for key, word in queue["letters"].items()},
        max_calls=queue["max_calls"],
        priorities=tuple(_ground(p) for p in queue["priority"]),
        forward_front=queue.get("forward_front", True),
        rejoin=RejoinRule(allowed=rejoin["allowed"], after_tickets=rejoin["after_tickets"], times=rejoin["times"]),
        timing=Timing(
            call_interval=queue["call_interval_s"],
            ageing_minutes=queue.get("ageing_minutes", 0),
            last_minutes=queue.get("last_minutes", 0),
        ),
        one_waiting=queue["one_waiting_ticket_per_id_and_letter"],
        next_day=queue.get("next_day", "slip"),
        returner=queue.get("returner", "ordinary"),
        announce=queue["announce"],
        **said,
    )
