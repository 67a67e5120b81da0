"""Runs of digits on a line: the ways to split them into cells, and the way that adds up."""
