with
    columns as (select * from {{ ref("stg_reports__columns") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    header_patterns as (select * from {{ ref("header_patterns") }}),

    headers as (
        select distinct column_header, is_commentary, {{ header_without_scope("column_header") }} as header_key
        from columns
        where not is_commentary
    ),

    matched as (
        select
            headers.column_header,
            headers.is_commentary,
            header_patterns.value_kind,
            header_patterns.period_rule,
            header_patterns.header_is_measure,
            header_patterns.assessment_field
        from headers
        inner join header_patterns on {{ fits("header_patterns.header_pattern", "headers.header_key") }}
        qualify row_number() over (partition by headers.column_header order by header_patterns.priority) = 1
    ),

    joined as (
        select
            columns.table_id,
            columns.col_no,
            columns.column_header,
            columns.is_commentary,
            columns.header_date,
            columns.header_month,
            columns.header_gender,
            -- A month in the header of a forecast says when it was made; in that of an outcome, which month it covers.
            case
                when
                    columns.header_date is null
                    and columns.header_month is null
                    and matched.period_rule = 'own'
                    and matched.value_kind in ('outcome', 'period_budget')
                then columns.header_single_month
            end as single_month,
            documents.information_date,
            documents.plan_from_year,
            documents.plan_to_year,
            case
                when matched.value_kind is null
                then 'text'
                when
                    {{ is_year(header_without_scope("columns.column_header")) }}
                    and columns.header_year > year(documents.information_date)
                then 'plan'
                else matched.value_kind
            end as value_kind,
            coalesce(matched.period_rule, 'none') as period_rule,
            coalesce(matched.header_is_measure, false) as header_is_measure,
            matched.assessment_field,
            matched.value_kind is not null as is_header_mapped,
            coalesce(
                columns.header_year,
                year(documents.information_date) - case when matched.period_rule = 'last_year' then 1 else 0 end
            ) as period_year,
            columns.header_year is not null as has_year,
            documents.document_kind = 'interim_report' as is_interim_report,
            -- In a plan, a column without a year applies to every year of the plan.
            documents.plan_to_year is not null
            and columns.header_year is null
            and (
                matched.period_rule is null or matched.period_rule = 'none' or matched.value_kind = 'target'
            ) as spans_plan
        from columns
        inner join documents on columns.document_id = documents.document_id
        left join
            matched on columns.column_header = matched.column_header and columns.is_commentary = matched.is_commentary
    ),

    ended as (
        select
            *,
            case
                when header_date is not null
                then header_date
                when coalesce(header_month, single_month) is not null and period_rule in ('own', 'interim', 'last_year')
                then last_day(make_date(period_year, coalesce(header_month, single_month), 1))
                when period_rule = 'last_year' or (period_rule = 'interim' and is_interim_report)
                then {{ day_in_year("information_date", "period_year") }}
                when period_rule = 'interim'
                then last_day(make_date(period_year, {{ var("interim_month") }}, 1))
                when period_rule = 'document'
                then information_date
                when spans_plan
                then make_date(plan_to_year, 12, 31)
                -- An outcome can't be later than the last day that the report has information about.
                when
                    period_rule = 'own'
                    and value_kind <> 'plan'
                    and (not has_year or period_year >= year(information_date))
                then least(make_date(period_year, 12, 31), information_date)
                else make_date(period_year, 12, 31)
            end as period_end
        from joined
    ),

    based as (
        select
            *,
            case
                when single_month is not null
                then date_trunc('month', period_end)
                when spans_plan
                then make_date(plan_from_year, 1, 1)
                else make_date(year(period_end), 1, 1)
            end as period_start,
            case
                when single_month is not null or (spans_plan and plan_from_year < plan_to_year)
                then 'other'
                when month(period_end) = 12 and day(period_end) = 31
                then 'full_year'
                else 'year_to_date'
            end as period_basis
        from ended
    ),

    -- Where a table has budgets for both the period and the year, a deviation belongs to the figures to the left of it.
    neighboured as (
        select
            *,
            value_kind = 'deviation'
            and header_date is null
            and header_month is null
            and not regexp_matches(lower(column_header), 'prognos|helår|årsbudget')
            and bool_or(value_kind = 'period_budget') over (partition by table_id) as is_of_its_neighbour,
            last_value(
                case
                    when value_kind in ('outcome', 'forecast', 'budget', 'period_budget')
                    then {'period_start':period_start, 'period_end':period_end, 'period_basis':period_basis}
                end ignore nulls
            ) over (partition by table_id order by col_no rows between unbounded preceding and 1 preceding) as neighbour
        from based
    )

select
    table_id,
    col_no,
    column_header,
    is_commentary,
    case
        when value_kind = 'period_budget' and period_basis = 'full_year' then 'budget' else value_kind
    end as value_kind,
    header_is_measure,
    header_gender,
    assessment_field,
    is_header_mapped,
    cast(
        case when is_of_its_neighbour then coalesce(neighbour.period_start, period_start) else period_start end as date
    ) as period_start,
    case when is_of_its_neighbour then coalesce(neighbour.period_end, period_end) else period_end end as period_end,
    case
        when is_of_its_neighbour then coalesce(neighbour.period_basis, period_basis) else period_basis
    end as period_basis
from neighboured
