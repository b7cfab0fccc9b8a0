"""好差评 one rating of one visit: five levels, voluntary, once (GB/T 39734; 国办发〔2019〕51号)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

levels: dict[int, str] = {1: "非常满意", 2: "满意", 3: "基本满意", 4: "不满意", 5: "非常不满意"}


@dataclass(frozen=True, kw_only=True)
class Rating:
    """评价 the level a citizen gave a visit; `id` is the ticket's: one visit, one rating. Who rated is not kept."""

    id: str
    level: int
    at: datetime
    window: int
