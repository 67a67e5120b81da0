"""Publishes the marts: one release of several files, completed before ``published`` points at it.

PostgreSQL, if configured, is loaded from the release afterwards, in one transaction of its own.
"""
