"""暂停叫号 F9: the window calls nobody for a while, and the screen stays as it is; whoever gets up uses 暂离 instead."""

from __future__ import annotations

from datetime import timedelta

from clerk_app.duty.pausing import PauseWindow
from clerk_app.office.office import Office, Outcome

PAUSE_REASONS = ("整理材料", "去找人商量", "设备故障", "喝水、如厕")


def pause_for(office: Office, reason: str) -> Outcome:
    """For the hall's short time, or until F9 again; the reason is recorded."""
    stamp = office.stamp()
    minutes = office.hall.roster.rules.short_leave_minutes
    fields = stamp.fields(office.parts.new_id)
    until = stamp.at + timedelta(minutes=minutes)
    return office.do(PauseWindow(**fields, pause=office.parts.new_id(), until=until, reason=reason))
