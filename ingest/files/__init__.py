"""The files that ingest reads and writes, whatever they hold."""
