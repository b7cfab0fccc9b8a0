"""循环 a thread that does one small step, rests, and can be woken; it ends when told and never dies of one bad step."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


class Loop:
    """循环 `step` answers how many seconds to rest."""

    def __init__(self, name: str, step: Callable[[], float], rest_after_fault: float = 5.0) -> None:
        self._step = step
        self._rest_after_fault = rest_after_fault
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Do not rest longer."""
        self._wake.set()

    def stop(self, timeout: float = 15.0) -> None:
        """End after the step in hand."""
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            try:
                rest = self._step()
            except Exception as error:
                log.error("%s: %s", self._thread.name, type(error).__name__)
                rest = self._rest_after_fault
            self._wake.wait(rest)
