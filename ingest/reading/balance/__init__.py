"""The balance of a page: how many figures are printed on it, and where each of them went."""
