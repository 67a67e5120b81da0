"""The structure of a tagged PDF: its elements, their text and its tables."""
