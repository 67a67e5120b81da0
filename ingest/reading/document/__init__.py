"""From the tables of a report to a document: its facts, corrections and list of cells."""
