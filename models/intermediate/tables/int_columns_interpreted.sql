with
    columns as (select * from {{ ref("stg_reports__columns") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    headers as (select *, false as is_commentary from {{ ref("int_headers_matched") }}),
    pairs as (select * from {{ ref("int_column_pairs") }}),
    tables as (select * from {{ ref("stg_reports__tables") }}),

    -- What arithmetic says of a column: a pair that the headers name too comes first, then the first deviation.
    paired as (
        select *
        from
            (
                select table_id, compared_col_no as col_no, 'compared' as part, * exclude (table_id)
                from pairs
                union all
                select table_id, budget_col_no as col_no, 'budget' as part, * exclude (table_id)
                from pairs
                union all
                select table_id, deviation_col_no as col_no, 'deviation' as part, * exclude (table_id)
                from pairs
            )
        qualify
            row_number() over (
                partition by table_id, col_no order by is_said_by_headers desc, part = 'deviation', deviation_col_no
            )
            = 1
    ),

    -- Income, cost and net as columns of one year; the rest of the header gives the kind, or else the table's title.
    parts as (
        select
            columns.table_id,
            columns.col_no,
            case
                when regexp_matches(lower(columns.column_header), '\bintäkt(er)?\b|\binkomst(er)?\b')
                then 'income'
                when regexp_matches(lower(columns.column_header), '\bkostnad(er)?\b|\butgift(er)?\b')
                then 'cost'
                when regexp_matches(lower(columns.column_header), '\bnetto(kostnad(er)?|utgift(er)?)?\b')
                then 'net'
            end as part,
            case
                when regexp_matches(lower(tables.table_title), 'budget')
                then 'budget'
                when regexp_matches(lower(tables.table_title), 'prognos')
                then 'forecast'
                when regexp_matches(lower(tables.table_title), 'utfall|bokslut|redovisning')
                then 'outcome'
            end as title_kind
        from columns
        inner join tables on columns.table_id = tables.table_id
        where not columns.is_commentary
    ),

    partitioned as (select * from parts qualify count(distinct part) over (partition by table_id) > 1),

    joined as (
        select
            columns.table_id,
            columns.col_no,
            columns.column_header,
            columns.is_commentary,
            columns.header_date,
            columns.header_month,
            columns.header_gender,
            columns.header_single_month,
            partitioned.part as column_part,
            paired.part as arithmetic_part,
            -- A month in the header of a forecast says when it was made; in that of an outcome, which month it covers.
            case
                when
                    columns.header_date is null
                    and columns.header_month is null
                    and headers.period_rule = 'own'
                    and headers.value_kind in ('outcome', 'period_budget')
                then columns.header_single_month
            end as single_month,
            documents.information_date,
            documents.plan_from_year,
            documents.plan_to_year,
            case
                when headers.value_kind is null and paired.part is not null
                then
                    case
                        when paired.part <> 'compared'
                        then paired.part
                        -- In an interim report a deviation from the whole year's budget is a forecast's.
                        when
                            documents.document_kind = 'interim_report'
                            and columns.header_month is null
                            and columns.header_date is null
                            and abs(paired.compared_to_budget - 1)
                            < abs(paired.compared_to_budget - month(documents.information_date) / 12)
                        then 'forecast'
                        else 'outcome'
                    end
                when headers.value_kind is null and partitioned.part is not null
                then
                    case
                        when columns.header_year > year(documents.information_date)
                        then 'plan'
                        else
                            coalesce(
                                partitioned.title_kind,
                                case when columns.header_year is not null then 'outcome' end,
                                'text'
                            )
                    end
                when headers.value_kind is null
                then 'text'
                when headers.value_kind = 'change' and paired.part = 'deviation'
                then 'deviation'
                when
                    {{ is_year(header_without_scope("columns.column_header")) }}
                    and columns.header_year > year(documents.information_date)
                then 'plan'
                else headers.value_kind
            end as value_kind,
            case
                when headers.value_kind is not null
                then 'printed'
                when paired.part is not null
                then 'arithmetic'
                when partitioned.title_kind is not null
                then 'elsewhere_in_document'
            end as kind_source,
            case
                when headers.value_kind is not null
                then headers.period_rule
                when paired.part in ('budget', 'deviation') or partitioned.title_kind in ('budget', 'forecast')
                then 'full_year'
                when paired.part is not null or partitioned.part is not null
                then 'own'
                else 'none'
            end as period_rule,
            coalesce(headers.header_is_measure, false) as header_is_measure,
            headers.assessment_field,
            headers.value_kind is not null as is_header_mapped,
            coalesce(
                columns.header_year,
                year(documents.information_date)
                - case when headers.period_rule in ('last_year', 'full_last_year') then 1 else 0 end
            ) as period_year,
            columns.header_year is not null as has_year,
            documents.document_kind = 'interim_report' as is_interim_report,
            -- In a plan, a column without a year applies to every year of the plan.
            documents.plan_to_year is not null
            and columns.header_year is null
            and (
                headers.period_rule is null or headers.period_rule = 'none' or headers.value_kind = 'target'
            ) as spans_plan
        from columns
        inner join documents on columns.document_id = documents.document_id
        left join
            headers on columns.column_header = headers.column_header and columns.is_commentary = headers.is_commentary
        left join paired on columns.table_id = paired.table_id and columns.col_no = paired.col_no
        left join partitioned on columns.table_id = partitioned.table_id and columns.col_no = partitioned.col_no
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
                when period_rule in ('document', 'month', 'rolling')
                then
                    coalesce(
                        last_day(make_date(period_year, coalesce(header_month, header_single_month), 1)),
                        information_date
                    )
                when spans_plan
                then make_date(plan_to_year, 12, 31)
                -- An outcome can't be later than the last day that the report has information about.
                when
                    period_rule = 'own'
                    and value_kind not in ('plan', 'forecast')
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
                when single_month is not null or period_rule = 'month'
                then date_trunc('month', period_end)
                when period_rule = 'rolling'
                then cast({{ year_before("period_end") }} as date) + 1
                when spans_plan
                then make_date(plan_from_year, 1, 1)
                else make_date(year(period_end), 1, 1)
            end as period_start,
            case
                when single_month is not null or period_rule = 'month' or (spans_plan and plan_from_year < plan_to_year)
                then 'other'
                when period_rule = 'rolling'
                then 'rolling_12m'
                when month(period_end) = 12 and day(period_end) = 31
                then 'full_year'
                else 'year_to_date'
            end as period_basis
        from ended
    ),

    -- A deviation is about the period of the column whose deviation it is. Where arithmetic can't say which, and a
    -- table
    -- has budgets for both the period and the year, that is the column to the left of it. A budget that an outcome to
    -- date is compared with, and is about as large as, is the budget of that period.
    neighboured as (
        select
            based.*,
            based.value_kind = 'deviation'
            and based.header_date is null
            and based.header_month is null
            and not regexp_matches(lower(based.column_header), 'prognos|helår|årsbudget')
            and bool_or(based.value_kind = 'period_budget') over (partition by based.table_id) as is_of_its_neighbour,
            last_value(
                case
                    when based.value_kind in ('outcome', 'forecast', 'budget', 'period_budget')
                    then
                        {
                            'period_start':based.period_start,
                            'period_end':based.period_end,
                            'period_basis':based.period_basis
                        }
                end ignore nulls
            ) over (partition by based.table_id order by based.col_no rows between unbounded preceding and 1 preceding)
            as neighbour,
            case
                when
                    based.arithmetic_part = 'budget'
                    and based.value_kind = 'budget'
                    and compared.value_kind = 'outcome'
                    and compared.period_basis = 'year_to_date'
                    and year(compared.period_end) = year(based.period_end)
                    and not regexp_matches(lower(based.column_header), 'helår|årsbudget')
                    and abs(paired.compared_to_budget - 1)
                    < abs(paired.compared_to_budget - month(compared.period_end) / 12)
                    and not exists (
                        select 1
                        from pairs as others
                        where
                            others.table_id = paired.table_id
                            and others.budget_col_no = paired.budget_col_no
                            and others.compared_col_no <> paired.compared_col_no
                    )
                then 'period_budget'
            end as arithmetic_kind,
            compared.period_start as compared_start,
            compared.period_end as compared_end,
            compared.period_basis as compared_basis
        from based
        left join paired on based.table_id = paired.table_id and based.col_no = paired.col_no
        left join based as compared on paired.table_id = compared.table_id and paired.compared_col_no = compared.col_no
    ),

    settled as (
        select
            *,
            case
                when arithmetic_kind = 'period_budget' or arithmetic_part = 'deviation'
                then {'period_start':compared_start, 'period_end':compared_end, 'period_basis':compared_basis}
                when is_of_its_neighbour and neighbour is not null
                then neighbour
                else {'period_start':period_start, 'period_end':period_end, 'period_basis':period_basis}
            end as period
        from neighboured
    )

select
    table_id,
    col_no,
    column_header,
    is_commentary,
    case
        when arithmetic_kind is not null
        then arithmetic_kind
        when value_kind = 'period_budget' and period_basis = 'full_year'
        then 'budget'
        else value_kind
    end as value_kind,
    case when arithmetic_kind is not null then 'arithmetic' else kind_source end as kind_source,
    column_part,
    coalesce(arithmetic_part in ('compared', 'budget'), false) as has_printed_deviation,
    case
        when value_kind not in ('budget', 'period_budget')
        then null
        when
            regexp_matches(
                lower(column_header), '\brev(\.|id)|juster|aktuell|slutlig|gällande|inkl|^total budget|omfördelning'
            )
        then 'revised'
        when regexp_matches(lower(column_header), 'ursprunglig|beslutad|fastställd|budget enligt beslut')
        then 'original'
        else 'unspecified'
    end as budget_version,
    header_is_measure,
    header_gender,
    assessment_field,
    is_header_mapped,
    cast(period.period_start as date) as period_start,
    cast(period.period_end as date) as period_end,
    period.period_basis as period_basis
from settled
