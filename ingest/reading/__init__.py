"""Turns a report (PDF, Word, Excel, text) into the table model of ``ingest.tables``, and says what it is unsure of."""
