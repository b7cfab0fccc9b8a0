"""管理 the hall's own office: the catalogue and its changes, the items in force, the record of changes, next year's days."""
