"""Checks of a finished table against its own cells, whatever source it was read from.

Each check looks for one kind of evidence and returns the places that it makes doubtful; none changes what was read.
"""
