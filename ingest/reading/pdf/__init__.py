"""What a PDF says about its own structure: its elements, their text, its tagged tables."""
