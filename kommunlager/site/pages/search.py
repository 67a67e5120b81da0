"""The page that searches the others."""

from kommunlager.site.page import Page


def make_pages() -> list[Page]:
    """One page; its script finds what is searched for in the index beside it."""
    return [Page("sok.html", "Sök", "search.html", "sok.html", {})]
