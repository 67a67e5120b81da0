with
    columns as (select * from {{ ref("stg_reports__columns") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    header_patterns as (select * from {{ ref("header_patterns") }}),

    matched as (
        select
            columns.document_id,
            columns.table_no,
            columns.col_no,
            header_patterns.value_kind,
            header_patterns.period_rule,
            header_patterns.header_is_measure,
            header_patterns.assessment_field
        from columns
        inner join header_patterns on {{ fits("header_patterns.header_pattern", label_key("columns.column_header")) }}
        where not columns.is_commentary
        qualify
            row_number() over (
                partition by columns.document_id, columns.table_no, columns.col_no order by header_patterns.priority
            )
            = 1
    ),

    joined as (
        select
            columns.document_id,
            columns.table_no,
            columns.col_no,
            columns.column_header,
            columns.is_commentary,
            columns.header_date,
            documents.document_kind,
            documents.information_date,
            documents.plan_from_year,
            documents.plan_to_year,
            coalesce(matched.value_kind, 'text') as value_kind,
            coalesce(matched.period_rule, 'none') as period_rule,
            coalesce(matched.header_is_measure, false) as header_is_measure,
            matched.assessment_field,
            matched.value_kind is not null as is_header_mapped,
            coalesce(columns.header_year, year(documents.information_date)) as period_year,
            columns.header_year is not null as has_year,
            -- What has no year of its own holds for every year of a plan.
            documents.plan_to_year is not null
            and columns.header_year is null
            and (
                matched.period_rule is null or matched.period_rule = 'none' or matched.value_kind = 'target'
            ) as spans_plan
        from columns
        inner join documents on columns.document_id = documents.document_id
        left join
            matched
            on columns.document_id = matched.document_id
            and columns.table_no = matched.table_no
            and columns.col_no = matched.col_no
    ),

    ended as (
        select
            *,
            case
                when header_date is not null
                then header_date
                when period_rule = 'interim'
                then
                    -- An interim report closes on the day it is about; in other reports `delår` is Mark's 31 August.
                    make_date(
                        period_year,
                        case when document_kind = 'interim_report' then month(information_date) else 8 end,
                        case when document_kind = 'interim_report' then day(information_date) else 31 end
                    )
                when period_rule = 'document'
                then information_date
                when spans_plan
                then make_date(plan_to_year, 12, 31)
                when period_rule = 'own'
                then
                    -- What has happened can't be later than the last day the report knows about.
                    least(
                        make_date(period_year, 12, 31),
                        case
                            when has_year and period_year < year(information_date)
                            then make_date(period_year, 12, 31)
                            else information_date
                        end
                    )
                else make_date(period_year, 12, 31)
            end as period_end
        from joined
    )

select
    document_id,
    table_no,
    col_no,
    column_header,
    is_commentary,
    value_kind,
    header_is_measure,
    assessment_field,
    is_header_mapped,
    case
        when spans_plan then make_date(plan_from_year, 1, 1) else make_date(year(period_end), 1, 1)
    end as period_start,
    period_end,
    case
        when spans_plan and plan_from_year < plan_to_year
        then 'other'
        when month(period_end) = 12 and day(period_end) = 31
        then 'full_year'
        else 'year_to_date'
    end as period_basis
from ended
