"""Kolada's API v3: fetched batch by batch (sync), stored as received (landing), loaded into schema ``raw`` (load)."""
