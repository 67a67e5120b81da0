"""What has been fetched from Kolada, in lines for a person."""

from ingest.kolada.landing import FAILED, LANDED, RUN_ENDED, Entry, Landing

_LONGEST_ADDRESS = 120


def short(address: str) -> str:
    """An address for a person: one that names many ids is cut."""
    return address if len(address) <= _LONGEST_ADDRESS else f"{address[:_LONGEST_ADDRESS]}…"


def landing_lines(landing: Landing) -> list[str]:
    """When Kolada was last asked, how much has landed, and which questions have no answer."""
    if not landing.entries:
        return ["Nothing is fetched from Kolada yet. Run `kommunlager kolada sync`."]
    landed = landing.landed()
    data = [entry for entry in landed if entry.kind == "data"]
    last = landing.entries[-1]
    ended = "ended" if last.kind == RUN_ENDED else "not ended; the next sync goes on from there"
    missing = [entry for entry in landing.entries if entry.status == LANDED and not landing.file(entry).is_file()]
    return [
        f"Last synchronisation: begun {last.run_id[:16].replace('T', ' ')} UTC, {ended}",
        f"Landed: {len(landed)} batches, {sum(entry.figures for entry in data)} figures,"
        f" {len({kpi for entry in data for kpi in entry.kpi_ids})} KPIs",
        *(f"  failed {entry.fetched_at}: {short(entry.address)}: {entry.problem}" for entry in _unanswered(landing)),
        *(f"  missing file {entry.file_name}: {short(entry.address)}" for entry in missing),
    ]


def _unanswered(landing: Landing) -> list[Entry]:
    """The questions whose last asking failed."""
    last = {entry.address: entry for entry in landing.entries}
    return [entry for entry in last.values() if entry.status == FAILED]
