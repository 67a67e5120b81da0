"""What is accepted from Kolada; anything beyond is a fault of the response or of a row in it."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
# What fits the type of ``value_count``.
LARGEST_COUNT = 2**31 - 1
# Kolada's largest page (5 000 KPIs with descriptions) is about 8 MB. DuckDB reads pages of up to 16 MiB.
LARGEST_PAGE = 16_000_000
# The largest question has 8 pages of 5 000 rows; a server may give shorter ones.
MOST_PAGES = 1_000
