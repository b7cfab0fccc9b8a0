"""大厅 the duty manager's page: windows, lines, order, statistics, and what was done with one number."""
