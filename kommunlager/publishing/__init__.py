"""From marts to what people read: one release of several files, made whole before ``published`` points at it.

PostgreSQL, where it is configured, is loaded from the release afterwards and is whole by itself.
"""
