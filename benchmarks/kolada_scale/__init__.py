"""Kolada at national scale: the cost of loading, building and querying as the figures grow, beside a minimum."""
