"""群众一侧的规矩 what a hall may set about questions, complaints, follow-up and notices; what it leaves out keeps a safe default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Topic:
    """咨询类别 one topic of a plain question, answered by one key."""

    key: str
    name: str


DEFAULT_TOPICS = (
    Topic("1", "要带什么材料"),
    Topic("2", "到哪个窗口办"),
    Topic("3", "办到哪一步了"),
    Topic("4", "要多久"),
    Topic("5", "收不收费"),
    Topic("6", "怎么填表"),
    Topic("7", "网上怎么办"),
    Topic("8", "不归大厅管的事"),
    Topic("9", "别的"),
)


@dataclass(frozen=True, kw_only=True)
class PeopleRules:
    """群众一侧的规矩 of one hall version; days are working days.

    `gateway_window` is the number under which the hall's message gateway is enrolled; 0: no gateway, no notices are made.
    """

    topics: tuple[Topic, ...] = DEFAULT_TOPICS
    complaint_days: int = 5
    contact_days: int = 1
    fix_days: int = 15
    notice_ahead: int = 3
    correction_ahead_days: int = 1
    gateway_window: int = 0

    def topic_name(self, key: str) -> str:
        """The topic's words; the key itself for one the hall no longer has."""
        return next((topic.name for topic in self.topics if topic.key == key), key)


def read_people_rules(said: Mapping[str, Any]) -> PeopleRules:
    """From the hall file's `people_side`, checked."""
    numbers = {
        name: int(said[name])
        for name in ("complaint_days", "contact_days", "fix_days", "notice_ahead", "correction_ahead_days")
        if name in said
    }
    gateway = int(said.get("gateway_window", 0))
    return PeopleRules(topics=_topics(said.get("question_topics", ())), gateway_window=gateway, **numbers)


def _topics(names: Sequence[str]) -> tuple[Topic, ...]:
    """One key each, in the order they are written; nine at most."""
    given = tuple(Topic(str(place), name) for place, name in enumerate(names[:9], 1))
    return given or DEFAULT_TOPICS
