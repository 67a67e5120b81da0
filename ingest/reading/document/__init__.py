"""Makes a document of a report's tables: its facts, corrections and list of cells."""
