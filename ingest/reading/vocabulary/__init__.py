"""The rules of print: what numbers, years, headers, sum rows, notes and units look like. Imports no other package."""
