"""Reads review workbooks and key-figure files into schema ``raw``: everything as printed, nothing interpreted."""
