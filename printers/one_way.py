"""单向线路 lines that bring no answer back: what can honestly be said of a job on them.

Nothing on such a line ever confirms paper, so the best word is `sent` (推定已出), and only after a person has seen a test
page come out of it: the profile then carries his answers. Until then every job is `unknown`.
"""

from __future__ import annotations

import threading
from dataclasses import replace

from clerk_app.receipts.paper import Delivery, PrinterStatus
from printers.link import Timeouts
from printers.profiles import Profile


def learned(profile: Profile) -> Profile:
    """The probe of a line that cannot answer: nothing is sent, and it is kept that nothing will come back."""
    return replace(profile, completion="none", status="none")


def seen_by_eye(profile: Profile) -> bool:
    """Whether somebody looked at what comes out of this line."""
    return bool(profile.answers)


def whole(profile: Profile) -> Delivery:
    """All bytes were taken and nothing spoke against it."""
    if seen_by_eye(profile):
        return Delivery("sent")
    return Delivery("unknown", "票已送出，这种接法看不到打没打完。")


def lamp_without_answers(profile: Profile) -> PrinterStatus:
    """The device is there; more nobody can know."""
    if seen_by_eye(profile):
        return PrinterStatus(ready=True, known=False, said="打印机接着，这种接法不回报状态：打完看一眼票。")
    return PrinterStatus(ready=False, known=False, said="这种接法不回报状态：先打一张测试页，看着纸答三个问题。")


class OneWayLink:
    """单向线路 what every line without a way back has: one job at a time, and a profile that nothing is added to."""

    def __init__(self, timeouts: Timeouts, profile: Profile) -> None:
        self._timeouts = timeouts
        self._profile = learned(profile)
        self._busy = threading.Lock()

    @property
    def profile(self) -> Profile:
        """As it was handed in, and that nothing will ever come back."""
        return self._profile

    def learn(self) -> Profile:
        """Nothing to ask on a line without a way back."""
        return self._profile
