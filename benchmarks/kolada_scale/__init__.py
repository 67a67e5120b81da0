"""Kolada at national scale: what loading, building and asking cost as the figures grow, beside the floor."""
