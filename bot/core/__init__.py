"""Rules: pure and complete. No clock, no chance, no I/O."""
