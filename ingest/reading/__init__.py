"""Turns a report (PDF, Word, Excel, text) into the model of ``ingest.document`` and says what is doubtful."""
