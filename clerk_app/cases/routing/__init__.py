"""自动分办 to which post and person an accepted case goes: a rule as hall data, who is on duty, one sentence why."""
