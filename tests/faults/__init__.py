"""坏线路与坏机器 faults that tests bring about on purpose, and the account of every command afterwards."""
