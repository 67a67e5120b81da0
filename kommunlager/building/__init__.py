"""Builds the dbt models: all of them, or only those that changed."""
