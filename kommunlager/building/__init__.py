"""Builds the dbt models, all or only those that changed."""
