"""A run: one at a time, step by step, with a log, a record that outlives it, and an exit code that means something."""
