"""Review workbooks: their layout, reading and writing."""
