"""库的升级 numbered SQL files, each run once; the number reached stands in `PRAGMA user_version`. They import no models."""
