"""Conditions on the marts as a whole before they are published: counts against ``raw``, ranges, coverage.

dbt has tested every row by now; these checks cover what only shows in aggregates. A failure is wrong whatever a report
prints; what may be a mistake in print is a warning, and is covered by ``audit_findings``.
"""

from great_expectations import expectations as gxe

from kommunlager.checks.expectations.suite import Suite

# Counted by a simple pattern, independent of the models' parser.
_FIGURES_AGAINST_RAW = r"""
    with
        tables as (select document_id, count(*) as raw_tables from raw.report_tables group by document_id),
        cells as (
            select
                document_id,
                count(*) filter (where raw_text <> '') as filled_cells,
                count(*) filter (where regexp_full_match(raw_text, '[-−–]? ?\d[\d ]*(,\d+)? ?%?')) as plain_numbers
            from raw.report_cells
            group by document_id
        )
    select
        tables.document_id,
        tables.raw_tables,
        coalesce(cells.filled_cells, 0) as filled_cells,
        coalesce(documents.table_count, 0) as tables,
        coalesce(documents.figure_count, 0) as figures,
        coalesce(documents.figure_count, 0) / nullif(cells.plain_numbers, 0) as figures_per_plain_number
    from tables
    left join cells using (document_id)
    left join marts.documents as documents using (document_id)
"""

_AMOUNTS = """
    select
        document_id || ', ' || comparison || ', ' || breakdown as headline,
        cast(abs(budget_tkr) as double) as budget_tkr,
        cast(abs(deviation_pct) as double) as deviation_pct
    from marts.budget_deviations
    where is_headline and breakdown <> 'investment'
"""

_SHARES = """
    select figure_id, cast(value as double) as share
    from marts.reported_figures
    where unit = 'percent' and value_kind in ('outcome', 'forecast', 'target')
"""

_COVERAGE = """
    select
        documents.document_id,
        1 - sum(coverage.unmapped_figure_count) / sum(coverage.figure_count) as mapped_share,
        cast(sum(coverage.latest_figure_count) as double) as latest_figures,
        max(year(coverage.last_period_end) - year(documents.information_date)) as years_ahead
    from marts.documents as documents
    inner join marts.data_coverage as coverage using (document_id)
    where coverage.figure_count > 0
    group by documents.document_id
"""

_GOALS = """
    select
        document_id,
        count(*) filter (where status <> 'not_assessable') / count(*) as assessable_share,
        count(*) filter (
            where (status = 'met' and distance_to_target < 0) or (status = 'not_met' and distance_to_target > 0)
        ) as verdicts_against_distance
    from marts.goal_fulfilment
    where goal_kind <> 'committee_mark'
    group by document_id
"""

_COMPARISONS = """
    select
        concat_ws(
            ', ', comparison_code, activity_code, period_basis, period_end, value_kind, gender, committee_kind
        ) as comparison,
        min(rank) as best_rank,
        max(rank) - max(municipalities_compared) as rank_beyond_last
    from marts.municipality_comparisons
    group by all
    having max(rank) is not null
"""

_DOUBTS = """
    select
        figures.document_id || ', table ' || figures.table_no as place,
        count(distinct findings.figure_id) / count(distinct figures.figure_id) as doubted_share
    from marts.reported_figures as figures
    left join
        marts.audit_findings as findings
        on figures.figure_id = findings.figure_id
        and findings.severity in ('error', 'needs_a_look')
        and findings.status = 'open'
    group by figures.document_id, figures.table_no
    having count(distinct figures.figure_id) >= 10
"""

SUITES = (
    Suite(
        "marts.figures_against_raw",
        _FIGURES_AGAINST_RAW,
        ("document_id",),
        (
            gxe.ExpectColumnPairValuesToBeEqual(
                column_A="raw_tables", column_B="tables", description="a table that was loaded is not in the marts"
            ),
            gxe.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A="filled_cells",
                column_B="figures",
                or_equal=True,
                description="a report has more figures than filled cells",
            ),
            gxe.ExpectColumnValuesToBeBetween(
                column="figures_per_plain_number",
                min_value=0.8,
                description="many of a report's printed numbers are not among its figures",
            ),
        ),
    ),
    Suite(
        "marts.headlines",
        _AMOUNTS,
        ("headline",),
        (
            gxe.ExpectColumnValuesToBeBetween(
                column="budget_tkr",
                min_value=100,
                max_value=50_000_000,
                severity="warning",
                description="a committee's budget is not a plausible amount: check the table's unit",
            ),
            gxe.ExpectColumnValuesToBeBetween(
                column="deviation_pct",
                max_value=50,
                severity="warning",
                description="a committee deviates by more than half of its budget",
            ),
        ),
    ),
    Suite(
        "marts.shares",
        _SHARES,
        ("figure_id",),
        (
            gxe.ExpectColumnValuesToBeBetween(
                column="share",
                min_value=0,
                max_value=150,
                severity="warning",
                description="a figure in percent is not a plausible share",
            ),
        ),
    ),
    Suite(
        "marts.coverage",
        _COVERAGE,
        ("document_id",),
        (
            gxe.ExpectColumnValuesToBeBetween(
                column="mapped_share",
                min_value=0.5,
                severity="warning",
                description="most of a report's labels are not in any seed",
            ),
            gxe.ExpectColumnValuesToBeBetween(
                column="latest_figures",
                min_value=1,
                severity="warning",
                description="later reports replace every figure of a report",
            ),
            gxe.ExpectColumnValuesToBeBetween(
                column="years_ahead",
                min_value=0,
                max_value=10,
                severity="warning",
                description="a report's figures are from another time: check its information_date",
            ),
        ),
    ),
    Suite(
        "marts.goals",
        _GOALS,
        ("document_id",),
        (
            gxe.ExpectColumnValuesToBeBetween(
                column="verdicts_against_distance",
                max_value=0,
                description="a goal's status contradicts its distance to the target",
            ),
            gxe.ExpectColumnValuesToBeBetween(
                column="assessable_share",
                min_value=0.2,
                severity="warning",
                description="few of a report's goals can be assessed",
            ),
        ),
    ),
    Suite(
        "marts.comparisons",
        _COMPARISONS,
        ("comparison",),
        (
            gxe.ExpectColumnValuesToBeBetween(
                column="best_rank", min_value=1, max_value=1, description="a ranking does not begin with the first"
            ),
            gxe.ExpectColumnValuesToBeBetween(
                column="rank_beyond_last", max_value=0, description="a rank is beyond the last"
            ),
        ),
    ),
    Suite(
        "marts.doubts",
        _DOUBTS,
        ("place",),
        (
            gxe.ExpectColumnValuesToBeBetween(
                column="doubted_share",
                max_value=0.3,
                severity="warning",
                description="the audit doubts many figures of one table: it may have been read wrongly",
            ),
        ),
    ),
)
