"""叫号规则 the hall's letters and calling rules, as data; what is not said has the default that does the least by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

Outcome = Literal["handled", "licence", "advice", "brought", "other"]
outcome_words: dict[Outcome, str] = {
    "handled": "办了",
    "licence": "领证",
    "advice": "咨询",
    "brought": "回去补材料",
    "other": "其他",
}
NextDay = Literal["slip", "serve"]
"""当日未办的 print a slip that stands first the next open day, or are served on until nobody waits."""
Returner = Literal["front", "first", "ordinary"]
"""再来的人 who comes again with a matter of his that is under way: at the front, with the priority ones, or as everybody."""
CARRIED = "carried"
"""次日条 the ground of who was not called the day before; no hall needs to list it."""


@dataclass(frozen=True, kw_only=True)
class PriorityGround:
    """优先理由 a ground for priority with the rule it rests on."""

    key: str
    name: str
    basis: str
    min_age: int = 0
    """Years; an ID number alone proves it. 0: a paper is looked at, and not kept."""
    kiosk: bool = False
    """Whether a kiosk takes his word for it, and the paper is looked at when he is called; else he goes to the service desk."""


@dataclass(frozen=True, kw_only=True)
class RejoinRule:
    """过号受理 whether a passed person may wait again, how often, and behind how many."""

    allowed: bool = True
    after_tickets: int = 3
    times: int = 1


@dataclass(frozen=True, kw_only=True)
class Timing:
    """时间规矩 seconds, but where minutes are said.

    `silent`: a window not heard of for so long is withheld its share from the others; `cut`: a window without an answer
    for so long calls its share by itself. `cut` is the longer one, or two would call the same number.
    """

    call_interval: int = 30
    undo: int = 10
    silent: float = 5.0
    cut: float = 10.0
    ageing_minutes: int = 0
    """An ordinary ticket that has waited so long stands with the priority ones; 0: never."""
    last_minutes: int = 0
    """止号 by rule: no more tickets of a line when those waiting would not be served by closing time less so many minutes; 0: by hand only."""


@dataclass(frozen=True, kw_only=True)
class QueueRules:
    """叫号规则 letters by their business, and the rest."""

    letters: dict[str, str]
    max_calls: int = 3
    priorities: tuple[PriorityGround, ...] = ()
    forward_front: bool = True
    """转来的 stand at the front of the line they come to; else at the place their time gives them."""
    rejoin: RejoinRule = field(default_factory=RejoinRule)
    timing: Timing = field(default_factory=Timing)
    one_waiting: bool = True
    """一人一号 one waiting ticket for one person and letter."""
    next_day: NextDay = "slip"
    returner: Returner = "ordinary"
    announce: str = "请{ticket}号到{window}号窗口"
    pass_reasons: tuple[str, ...] = ("叫号未到", "本人不办了", "材料没带来")
    hold_reasons: tuple[str, ...] = ("缺材料", "去复印", "去缴费", "填表")
    back_reasons: tuple[str, ...] = ("叫错了", "本人还没准备好", "设备故障")
    wronged_reasons: tuple[str, ...] = ("被跳过", "被误过号", "窗口原因退回")

    def ground(self, key: str) -> PriorityGround | None:
        """One ground by its key."""
        carried = PriorityGround(key=CARRIED, name="次日条", basis="上个开放日取的号没有叫到")
        return next((one for one in (*self.priorities, carried) if one.key == key), None)

    def old_enough(self, born: date, on: date) -> PriorityGround | None:
        """The ground a date of birth alone proves."""
        years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        return next((one for one in self.priorities if one.min_age and years >= one.min_age), None)

    @property
    def undo_time(self) -> timedelta:
        """撤销 how long."""
        return timedelta(seconds=self.timing.undo)
