"""Conditions on schema ``raw`` before the build and on the marts before they are published (Great Expectations)."""
