"""The keeper of a line whose rounds are turned by hand: it knows when another round would bring nothing."""

from __future__ import annotations

from clerk_app.office.line.keeper import LineKeeper
from clerk_app.office.office import Office
from clerk_app.sync.catching_up import NEWS
from clerk_app.sync.rounds import RoundReport


class RememberingKeeper(LineKeeper):
    """It knows how its last round went."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.last = RoundReport(connected=False, doubt=True)

    def _try(self) -> RoundReport:
        self.last = super()._try()
        return self.last

    def quiet(self) -> bool:
        """Nothing moved, and no hello is due: another round would be this one again."""
        last = self.last
        return not (last.pushed or last.pulled or last.doubt or self._news != self._office.parts.vault.keep.meta(NEWS))
