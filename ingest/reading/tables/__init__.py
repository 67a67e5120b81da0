"""From grids and text blocks to labelled tables."""
