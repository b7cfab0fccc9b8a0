"""两人办的步骤 which steps of running the hall want a second person: data of the hall file, and two wherever it says nothing.

Stopping is the safe side: a code that nobody has used is taken back, and a lost machine put out of use, by one person,
unless the hall says otherwise. Whom the hall tells outside is two persons' word even in a file. Any other command line at the centre is its operator's, whom no roster knows: there two persons
are asked for only where the hall says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Step = Literal[
    "device_code", "device_undo", "device_swap", "device_loss",
    "load_hall", "set_password", "revoke_device", "tell_outside",
]  # fmt: skip
step_words: dict[Step, str] = {
    "device_code": "入列",
    "device_undo": "撤回入列码",
    "device_swap": "换机",
    "device_loss": "报失",
    "load_hall": "装大厅资料",
    "set_password": "重设密码",
    "revoke_device": "停用电脑",
    "tell_outside": "改对外的平台",
}
_alone: frozenset[Step] = frozenset({"device_undo", "device_loss", "load_hall", "set_password", "revoke_device"})


@dataclass(frozen=True, kw_only=True)
class HighRisk:
    """两人办的步骤 `people`: by step, `one` or `two`."""

    people: Mapping[str, str] = field(default_factory=dict)

    def wants_two(self, step: Step) -> bool:
        """Whether nobody does this alone."""
        said = self.people.get(step, "one" if step in _alone else "two")
        return said != "one"
