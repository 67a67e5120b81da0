"""The schema raw and what loads it."""
