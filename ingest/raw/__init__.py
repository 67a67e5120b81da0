"""Schema raw and the code that loads it."""
