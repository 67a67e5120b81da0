"""How far a line of a budget reaches: the whole committee, one of its parts, or something that is already counted."""

from kommunlager.controller_workbook.sheets.sheet import Computed

_WORDS = (
    "Hela nämnden, eller det slag av delar som raden hör till: Verksamhet, Kostnadsslag eller Investering. Delarna av"
    " ett slag kan summeras. Övrig rad är en summa, en varav-rad eller en del av en annan rad och ska inte summeras."
)
_KIND = "Drift eller investering"
_KIND_WORDS = "Om beloppet hör till driften eller till investeringarna. Summera inte de båda."
KIND_OF_BUDGET = Computed(
    _KIND, "case when mart.breakdown = 'investment' then 'Investering' else 'Drift' end", _KIND_WORDS
)
HEADLINE = Computed(
    "Huvudrad",
    "mart.is_headline",
    "Ja för raden som gäller hela nämnden eller kommunen. Post säger vad den är: nettokostnad, resultat eller summa.",
)


def lines_join(document: str, line: str, headline: str = "is_headline") -> str:
    """Join ``line`` with what the deviations say about a line, by columns of the mart."""
    return f"""
        left join (
            select
                document_id,
                committee,
                subject_scope,
                line_code,
                activity_code,
                bool_or({headline}) as is_headline,
                bool_or(is_addable) as is_addable,
                min(breakdown_sv) as breakdown_sv
            from marts.budget_deviations
            group by all
        ) as line
            on line.document_id = mart.{document}
            and line.committee = mart.committee
            and line.subject_scope = mart.subject_scope
            and line.line_code = mart.{line}
            and line.activity_code = mart.activity_code
    """


def is_whole(line: str) -> str:
    """SQL: the row is about a committee as a whole. A line that was never compared is known by its code."""
    by_code = f"(mart.activity_code = 'total' and mart.{line} in ('net_cost', 'investment'))"
    return f"(mart.subject_scope = 'committee' and (coalesce(line.is_headline, false) or {by_code}))"


def kind_of_line(line: str) -> Computed:
    """The same of a mart that doesn't say it, by ``lines_join``; empty where the line was never compared."""
    return Computed(
        _KIND,
        f"""
        case
            when mart.{line} = 'investment' or line.breakdown_sv = 'Investering' then 'Investering'
            when mart.{line} = 'net_cost' or line.breakdown_sv is not null then 'Drift'
        end
        """,
        f"{_KIND_WORDS} Tomt när det inte går att avgöra.",
    )


def level(line: str, otherwise: str = "'Övrig rad'") -> Computed:
    """The column by which rows are kept apart before anything is added up."""
    return Computed(
        "Nivå",
        f"""
        case
            when {is_whole(line)} then 'Hela nämnden'
            when mart.subject_scope <> 'committee' and line.is_headline then 'Hela kommunen'
            when mart.subject_scope <> 'committee' and line.is_addable then 'Del av kommunen'
            when line.is_addable then line.breakdown_sv
            else {otherwise}
        end
        """,
        _WORDS,
    )
