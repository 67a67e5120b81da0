"""Builds labelled tables from grids and text blocks."""
