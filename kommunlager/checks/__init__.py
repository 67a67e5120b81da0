"""Checks of the input and of what was built from it."""
