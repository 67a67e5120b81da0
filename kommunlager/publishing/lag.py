"""Whether an outside target holds what is published."""

import psycopg

from kommunlager.places import Places
from kommunlager.publishing.postgres import configured_postgres, loaded_run_id
from kommunlager.publishing.releases import published_release


def postgres_lag(places: Places) -> str | None:
    """In what PostgreSQL differs from the published release, for people; None when in nothing or not configured."""
    target, release = configured_postgres(), published_release(places)
    if target is None or release is None:
        return None
    try:
        loaded = loaded_run_id(target)
    except psycopg.Error as error:
        return f"can't be reached ({str(error).splitlines()[0]})"
    if loaded == release.run_id:
        return None
    return f"lags: it holds {f'release {loaded}' if loaded else 'no release'}, published is {release.run_id}"
