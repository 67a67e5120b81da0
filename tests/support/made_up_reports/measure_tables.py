"""Made-up tables of measures and words: targets, volumes, staff, sick leave, assignments, risks, marks."""

from .drawing import Draw, blank_some, column, comment
from .figures import NumberStyle, near, percent_text
from .report import PrintedColumn, PrintedRow, PrintedTable
from .vocabulary import (
    ACTIVITIES,
    ASSIGNMENTS,
    COMPLAINT_KINDS,
    GROUND_TASKS,
    INDICATORS,
    MARK_HEADERS,
    RISKS,
    SICK_LEAVE,
    STAFF,
    STATUSES,
    VOLUMES,
    WORDED_CELLS,
)


def _years(draw: Draw, word: str, count: int) -> list[str]:
    """Headers of years, newest first, oldest first or bare."""
    years = [draw.year - ago for ago in range(count)]
    if draw.chance(0.5):
        years.reverse()
    return [f"{word} {year}".strip() for year in years]


def _target(draw: Draw, amount: int, style: NumberStyle, is_percent: bool) -> str:
    text = style.text(abs(amount))
    percent = draw.random.choice(("", "%", " %")) if is_percent else ""
    return draw.random.choice(
        (
            f"{draw.at_least()}{text}{percent}",
            f"{draw.at_most()}{text}{percent}",
            f"{draw.random.choice(('=', '= '))}{text}{percent}",
            f"{text}{percent}",
            draw.random.choice(("Öka", "Minska", "Oförändrat", "Ska öka")),
        )
    )


def indicators(draw: Draw) -> PrintedTable:
    """Outcomes and targets of indicators, often with an assessment in words, percent signs as each table has them."""
    count = draw.random.randint(1, 3)
    outcomes = _years(draw, draw.random.choice(("Utfall", "Resultat")), count)
    targets = [f"Mål {draw.year}", *([f"Mål {draw.year + 1}"] if draw.chance(0.4) else [])]
    headers = [*targets, *outcomes] if draw.chance(0.4) else [*outcomes, *targets]
    assessed = draw.chance(0.4)
    sign = draw.random.choice(("", "", "%", " %", "mixed"))
    rows = []
    for label in draw.random.sample(INDICATORS, draw.random.randint(2, 6)):
        is_percent = "Andel" in label or "%" in label
        decimals = draw.random.choice((0, 0, 1))
        amount = (
            draw.random.randint(5, 100) * 10**decimals
            if is_percent
            else draw.random.choice((7, 46, 228, 1240, 64000)) * 10**decimals
        )
        style = draw.style(decimals)
        values = [near(draw.random, amount) for _ in outcomes]
        shown = [percent_text(draw.random, v, decimals, sign) if is_percent else style.text(v) for v in values]
        goals = [_target(draw, near(draw.random, amount), style, is_percent and sign != "") for _ in targets]
        cells = [*goals, *shown] if headers[0] == targets[0] else [*shown, *goals]
        rows.append(PrintedRow(label, tuple(cells)))
    traps = {"targets with signs", "long labels"} | ({"percent signs mixed"} if sign == "mixed" else set())
    if draw.chance(0.4):
        rows, traps = blank_some(draw, rows, 0.2), traps | {"blank cells"}
    if assessed:
        headers.append(draw.random.choice(("Måluppfyllelse", "Bedömning")))
        words = ("Uppfyllt", "Delvis uppfyllt", "Ej uppfyllt", "")
        rows = [PrintedRow(row.label, (*row.cells, draw.random.choice(words))) for row in rows]
        traps |= {"words among figures"}
    columns = tuple(column(draw, header) for header in headers)
    return PrintedTable(
        "indicators",
        _caption(draw, "Nämndens mål: Påhittad kvalitet i alla led"),
        "Indikator",
        columns,
        tuple(rows),
        traps=frozenset(traps),
    )


def aside_indicator(draw: Draw) -> PrintedTable:
    """One indicator with the earlier outcome in brackets under its figure."""
    amount = draw.random.randint(20, 95)
    row = PrintedRow(
        draw.random.choice(INDICATORS),
        (f"{near(draw.random, amount)}%", f"{amount}%", "Uppfyllt"),
        aside=(f"utfall {draw.year - 1}", f"{near(draw.random, amount)}%"),
    )
    columns = tuple(
        PrintedColumn((header,)) for header in (f"Mål {draw.year}", f"Utfall {draw.year}", "Måluppfyllelse")
    )
    return PrintedTable(
        "indicators",
        "Indikator: Uppdiktad nöjdhet ska öka",
        "",
        columns,
        (row,),
        traps=frozenset({"earlier outcome in brackets", "no corner header"}),
    )


def approved_ranges(draw: Draw) -> PrintedTable:
    """Approved levels as ranges beside a forecast."""
    dash = draw.random.choice(("–", "-"))
    rows = []
    for label in draw.random.sample(INDICATORS, draw.random.randint(2, 5)):
        low = draw.random.randint(5, 18) * 5
        rows.append(PrintedRow(label, (f"{low}{dash}100", str(draw.random.randint(low - 5, 100)))))
    columns = (column(draw, "Godkänd nivå"), column(draw, f"Prognos {draw.year}"))
    return PrintedTable(
        "approved ranges",
        _caption(draw, "Följetal för grunduppdraget"),
        "Följetal",
        columns,
        tuple(rows),
        traps=frozenset({"ranges"}),
    )


def volumes(draw: Draw) -> PrintedTable:
    """Volumes over the years, from a handful to millions."""
    headers = _years(draw, draw.random.choice(("Utfall", "", "")), draw.random.randint(2, 5))
    change = draw.chance(0.4)
    style = draw.style(0)
    rows = []
    for label in draw.random.sample(VOLUMES, draw.random.randint(3, 8)):
        amount = draw.random.choice((4, 87, 1480, 5644, 18_300, 269_522, 1_102_946))
        values = [near(draw.random, amount, 0.3) for _ in headers]
        cells = list(map(style.text, values))
        if change:
            newest, next_newest = (0, 1) if headers[0] > headers[-1] else (-1, -2)
            cells.append(style.text(values[newest] - values[next_newest]))
        rows.append(PrintedRow(label, tuple(cells)))
    traps = {"year columns"} | ({"bare years as header"} if headers[0].isdigit() else set())
    if draw.chance(0.3) and not change:
        rows, traps = blank_some(draw, rows), traps | {"blank cells"}
    if draw.chance(0.25) and not change:
        worded = (draw.random.choice(WORDED_CELLS), *rows[0].cells[1:])
        rows, traps = [PrintedRow(rows[0].label, worded), *rows[1:]], traps | {"worded cells"}
    columns = tuple(column(draw, header) for header in (headers + ["Förändring"] * change))
    corner = draw.random.choice(("", "Volymer", "Verksamhetsmått"))
    return PrintedTable(
        "volumes", _caption(draw, "Verksamhetsmått och volymer"), corner, columns, tuple(rows), traps=frozenset(traps)
    )


def staff(draw: Draw) -> PrintedTable:
    """Staff in several units: counts, years of work with decimals, percent, hours."""
    headers = _years(draw, draw.random.choice(("Utfall", "Utfall delår", "")), draw.random.randint(2, 4))
    sign = draw.random.choice(("", "%", " %", "mixed"))
    rows = []
    for label in draw.random.sample(STAFF, draw.random.randint(3, 7)):
        if "%" in label or "procent" in label:
            amount = draw.random.randint(60, 990)
            cells = [percent_text(draw.random, near(draw.random, amount, 0.05), 1, sign) for _ in headers]
        else:
            decimals, amount = next(
                (
                    (d, a)
                    for word, d, a in (("årsarbetare", 1, 3510), ("ålder", 1, 464), ("imm", 0, 65_657))
                    if word in label
                ),
                (0, 408),
            )
            cells = [draw.style(decimals).text(near(draw.random, amount)) for _ in headers]
        rows.append(PrintedRow(label, tuple(cells)))
    columns = tuple(column(draw, header) for header in headers)
    return PrintedTable(
        "staff",
        _caption(draw, "Personal - antal och tid"),
        "Nyckeltal",
        columns,
        tuple(rows),
        traps=frozenset({"units differ by row"}),
    )


def sick_leave(draw: Draw) -> PrintedTable:
    """Sick leave by sex, age and length, with labels that look like targets and ranges."""
    headers = [*_years(draw, "", 2)]
    newest_first = headers[0] > headers[1]
    style = NumberStyle(1, drops_round_decimals=draw.chance(0.3))
    rows = []
    for label in SICK_LEAVE[: draw.random.choice((3, 6, 9))]:
        values = [draw.random.randint(6, 120) for _ in headers]
        difference = values[0] - values[1] if newest_first else values[1] - values[0]
        rows.append(PrintedRow(label, (*map(style.text, values), style.text(difference))))
    columns = tuple(column(draw, header) for header in (*headers, "Differens"))
    return PrintedTable(
        "sick leave",
        _caption(draw, "Sjukfrånvaro i procent av ordinarie arbetstid"),
        "Sjukfrånvaro (%)",
        columns,
        tuple(rows),
        "%",
        traps=frozenset({"labels like targets", "bare years as header"}),
    )


def complaints(draw: Draw) -> PrintedTable:
    """A matrix of small counts, most of them blank, that sums both ways."""
    labels = draw.random.sample(ACTIVITIES, draw.random.randint(3, 6))
    counts = [[draw.random.choice((0, 0, 0, 1, 2, 7, 12)) for _ in COMPLAINT_KINDS] for _ in labels]
    for row in counts:
        row[3] += 1
    totals = [sum(column_counts) for column_counts in zip(*counts, strict=True)]
    rows = [
        PrintedRow(label, (*(str(n) if n else "" for n in row), str(sum(row))))
        for label, row in zip([*labels, "Totalt"], [*counts, totals], strict=True)
    ]
    columns = tuple(column(draw, header) for header in (*COMPLAINT_KINDS, "Summa"))
    return PrintedTable(
        "complaints", "Synpunkter och klagomål", "Område", columns, tuple(rows), traps=frozenset({"blank cells"})
    )


def assignments(draw: Draw) -> PrintedTable:
    """Assignments with date, status and a long commentary."""
    has_date = draw.chance(0.6)
    rows = []
    for label in draw.random.sample(ASSIGNMENTS, draw.random.randint(2, 4)):
        date = f"{draw.year}-{draw.random.choice(('01-01', '06-30', '12-31'))}"
        rows.append(PrintedRow(label, (*([date] if has_date else []), draw.random.choice(STATUSES), comment(draw))))
    columns = (
        *([PrintedColumn(("Startdatum",))] if has_date else []),
        PrintedColumn(("Status",)),
        PrintedColumn(("Kommentar",), is_commentary=True),
    )
    return PrintedTable(
        "assignments",
        "Uppdrag från fullmäktige",
        "Uppdrag",
        columns,
        tuple(rows),
        traps=frozenset({"commentary column"}),
    )


def risks(draw: Draw) -> PrintedTable:
    """Risks whose value is likelihood times consequence, with a commentary on the control."""
    rows = []
    for label in draw.random.sample(RISKS, draw.random.randint(2, 5)):
        likelihood, consequence = draw.random.randint(1, 4), draw.random.randint(1, 4)
        rows.append(
            PrintedRow(label, (str(likelihood), str(consequence), str(likelihood * consequence), comment(draw)))
        )
    headers = ("Sannolikhet", "Konsekvens", "Riskvärde")
    columns = (
        *(column(draw, header) for header in headers),
        PrintedColumn(("Resultat av kontroll",), is_commentary=True),
    )
    return PrintedTable(
        "risks",
        "Uppföljning av internkontrollplan",
        "Risk",
        columns,
        tuple(rows),
        traps=frozenset({"commentary column"}),
    )


def marks(draw: Draw) -> PrintedTable:
    """A cross under the word that the committee chose."""
    headers = draw.random.choice(MARK_HEADERS)
    rows = []
    for label in draw.random.sample(GROUND_TASKS, draw.random.randint(2, 4)):
        chosen = draw.random.randrange(len(headers))
        rows.append(PrintedRow(label, tuple("X" if at == chosen else "" for at in range(len(headers)))))
    columns = tuple(PrintedColumn((header,)) for header in headers)
    return PrintedTable(
        "marks",
        "Bedömning av grunduppdraget",
        "Grunduppdrag",
        columns,
        tuple(rows),
        traps=frozenset({"marks", "blank cells"}),
    )


def _caption(draw: Draw, caption: str) -> str:
    """The caption, or none where the heading above already names the table."""
    return caption if draw.chance(0.7) else ""
