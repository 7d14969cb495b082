"""Defects of every kind, seeded in sound scenarios: the compiler finds each, and shows it by the fewest taps."""
