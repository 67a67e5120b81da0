"""A static site in Swedish, made from the published marts: answers in words, charts, tables, and sources."""

from kommunlager.site.build import build_site, committees_with_pages

__all__ = ["build_site", "committees_with_pages"]
