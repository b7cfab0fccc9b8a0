"""What the desk takes, measured against a floor of the same run: `python -m tests.benchmarks [NAME …] [--json FILE]`."""
