"""没有声音 the last way: it says nothing, and why."""

from __future__ import annotations

from clerk_app.queueing.announcing import Announcement
from ui.language import tr
from ui.voice.voices import Done, soon

NO_SOUND = tr("这台电脑放不出声音，叫号照常，只是没人听见：请看屏叫人，或当面喊一声。")


class SilentVoice:
    """没有声音 every call is over at once, and was heard by nobody."""

    def __init__(self, why: str = NO_SOUND) -> None:
        self._why = why
        self._turn = 0

    @property
    def trouble(self) -> str:
        """Always."""
        return self._why

    def say(self, call: Announcement, done: Done) -> None:
        """Nothing is heard."""
        turn = self._turn

        def over() -> None:
            if turn == self._turn:
                done(False)

        soon(over)

    def stop(self) -> None:
        """Nothing to stop but the answer."""
        self._turn += 1
