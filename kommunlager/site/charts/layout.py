"""Sizes that the drawings and what is written around them agree on, in px."""

WIDE, NARROW = 700, 330
LINE_HEIGHT, BAR_HEIGHT = 17, 14
LINE_STYLES = 4
