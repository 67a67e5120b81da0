"""Kolada's API v3: fetched batch by batch (sync), kept as received (landing), brought into schema ``raw`` (load)."""
