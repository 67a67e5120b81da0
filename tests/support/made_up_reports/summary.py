"""A score in words: one line per kind of file, then the traps that cost the most, with an example each."""

from .score import Score

FIGURE_COLUMNS = ("kind", "recall", "precision", "wrong doubted", "right doubted", "tables")
TEXTS = ("label", "header", "word", "title", "section", "unit")


def summary(scores: dict[str, Score], worst: int = 5) -> str:
    """Markdown for people."""
    lines = [
        _row([*FIGURE_COLUMNS, *TEXTS]),
        _row(["---"] * 12),
        *(_line(kind, score) for kind, score in scores.items()),
    ]
    for kind, score in scores.items():
        if score.facts:
            lines += ["", f"{kind}: facts {dict(sorted(score.facts.items()))}"]
        lines += ["", f"**{kind}**: {score.printed - score.right} of {score.printed} figures missed or wrong"]
        lines += _worst_traps(score, worst)
        lines += [f"- {name}, {len(misses)} wrong: {misses[0]}" for name, misses in score.text_misses.items()]
    return "\n".join(lines)


def _line(kind: str, score: Score) -> str:
    figures = [score.recall, score.precision, score.wrong_cells_doubted, score.right_cells_doubted]
    tables = f"{score.tables_found}/{score.tables} ({score.tables_given} given)"
    return _row([kind, *(f"{share:.3f}" for share in figures), tables, *(f"{score.share(name):.2f}" for name in TEXTS)])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _worst_traps(score: Score, count: int) -> list[str]:
    """The traps that cost the most figures, each with its first miss."""
    lines = []
    for trap, counts in sorted(score.traps.items(), key=lambda item: -item[1][False])[:count]:
        if not counts[False]:
            continue
        miss = next(miss for miss in score.misses if trap in miss.trap)
        doubt = " (unsure)" if miss.is_unsure else ""
        example = f"{miss.file} {miss.place}: printed `{miss.printed}`, read `{miss.read}`{doubt}"
        lines.append(f"- {trap}: {counts[False]} of {counts.total()}: {example}")
    return lines
