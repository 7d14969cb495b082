"""Benchmarks: Both/And beside bare bots, in one run, as ratios. `python -m tests.bench`."""
