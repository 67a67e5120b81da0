-- Figures that are larger than what they are a part of: a varav row than the row above it, and a figure for part of the
-- year than the one for the whole year.
with
    cells as (select * from {{ ref("int_audit_cells") }} where not is_blank and not is_percent),
    figures as (select * from {{ ref("int_figures") }}),
    causes as (select distinct figure_id from {{ ref("int_audit_causes") }}),

    -- A varav row is a part of the nearest row above it that is not one.
    parts as (
        select
            parts.figure_id,
            parts.row_id,
            wholes.row_id as whole_row_id,
            wholes.figure_id as whole_figure_id,
            wholes.value as whole_value,
            wholes.row_label || ' ' || wholes.printed_text as detail,
            parts.rounding + wholes.rounding as tolerance,
            parts.value * wholes.value >= 0 and abs(parts.value) <= abs(wholes.value) as holds,
            parts.value * wholes.value > 0 and abs(parts.value) - abs(wholes.value) > tolerance as is_larger,
            -- A net may be smaller than its costs.
            wholes.subject_code <> 'net_cost'
            and not starts_with(wholes.subject_code, 'unmapped_')
            and not starts_with(parts.subject_code, 'unmapped_') as is_known
        from cells as parts
        inner join
            cells as wholes
            on parts.table_id = wholes.table_id
            and parts.col_no = wholes.col_no
            and wholes.row_no < parts.row_no
            and not wholes.is_of_which
        where parts.is_of_which and parts.value_kind not in ('deviation', 'change', 'text')
        qualify row_number() over (partition by parts.figure_id order by wholes.row_no desc) = 1
    ),

    -- Where the labels are not known, the other columns show that the rows are part and whole.
    larger_parts as (
        select
            *,
            count(*) filter (where holds) over same_rows
            > count(*) filter (where is_larger) over same_rows as is_learned
        from parts
        window same_rows as (partition by row_id, whole_row_id)
    ),

    -- Results and financial items change sign over the year.
    accumulating as (
        select
            figures.figure_id,
            figures.document_id,
            figures.information_date,
            figures.municipality_code,
            figures.committee,
            figures.subject_scope,
            figures.subject_code,
            figures.activity_code,
            figures.gender,
            figures.column_header,
            figures.value_kind,
            figures.period_basis,
            year(figures.period_end) as fiscal_year,
            cells.printed_text,
            cells.value,
            cells.rounding,
            cells.factor,
            cells.value * cells.factor as amount,
            cells.rounding * abs(cells.factor) as amount_rounding
        from figures
        inner join cells on figures.figure_id = cells.figure_id
        where
            not cells.spans_project
            and figures.period_basis in ('full_year', 'year_to_date')
            and figures.value_kind in ('outcome', 'forecast', 'budget', 'period_budget')
            and case
                when figures.is_money
                then figures.line_role not in ('result', 'financial')
                else coalesce(figures.is_accumulating, false)
            end
    ),

    larger_interims as (
        select
            interims.figure_id,
            years.figure_id as year_figure_id,
            years.amount / interims.factor as year_value,
            years.column_header || ' ' || years.printed_text as detail,
            (interims.amount_rounding + years.amount_rounding) / abs(interims.factor) as tolerance
        from accumulating as interims
        inner join
            accumulating as years
            on interims.municipality_code = years.municipality_code
            and interims.committee = years.committee
            and interims.subject_scope = years.subject_scope
            and interims.subject_code = years.subject_code
            and interims.activity_code = years.activity_code
            and interims.gender = years.gender
            and interims.fiscal_year = years.fiscal_year
        where
            interims.period_basis = 'year_to_date'
            and years.period_basis = 'full_year'
            and (
                (interims.value_kind, years.value_kind) = ('outcome', 'outcome')
                -- A forecast or budget of another report may be older.
                or (
                    interims.document_id = years.document_id
                    and (interims.value_kind, years.value_kind)
                    in (('outcome', 'forecast'), ('period_budget', 'budget'))
                )
            )
            and interims.amount * years.amount > 0
            and abs(interims.amount) - abs(years.amount) > interims.amount_rounding + years.amount_rounding
        qualify
            row_number() over (
                partition by interims.figure_id
                order by
                    interims.document_id <> years.document_id,
                    years.value_kind <> interims.value_kind,
                    years.information_date desc,
                    years.figure_id
            )
            = 1
    ),

    found as (
        select
            'part_exceeds_its_whole' as rule,
            figure_id,
            whole_value as computed_value,
            tolerance,
            detail,
            whole_figure_id as other_figure_id
        from larger_parts
        where is_larger and (is_known or is_learned)
        union all
        select
            'interim_exceeds_the_year' as rule,
            figure_id,
            year_value as computed_value,
            tolerance,
            detail,
            year_figure_id as other_figure_id
        from larger_interims
    )

-- A cell that a sum or difference shows to be wrong is a finding already.
select
    found.rule,
    cells.table_id,
    cells.row_id,
    cells.col_no,
    cells.printed_text,
    cells.value as printed_value,
    found.computed_value,
    found.tolerance,
    found.detail,
    found.figure_id,
    found.other_figure_id
from found
inner join cells on found.figure_id = cells.figure_id
where
    found.figure_id not in (select causes.figure_id from causes)
    and found.other_figure_id not in (select causes.figure_id from causes)
