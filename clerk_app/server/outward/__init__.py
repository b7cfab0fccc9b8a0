"""对外 what the hall tells platforms outside: made from what the centre applied, sent by a process of its own, settled by a person."""
