"""A run: one at a time, step by step, with a log, a lasting record, and a meaningful exit code."""
