"""How the marts' units are written for Swedish readers; a unit that needs no word (number, index) has none."""

UNIT_WORDS = {
    "percent": "%",
    "pp": "procentenheter",
    "days": "dagar",
    "care_days": "vårddygn",
    "hours": "timmar",
    "tkr": "tkr",
    "mnkr": "mnkr",
    "sek_per_inhabitant": "kr/inv",
    "per_1000": "per 1 000",
}
