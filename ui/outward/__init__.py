"""对外 whom the hall tells, what waits, and what was refused: the page of the hall's own office."""
