-- Headers: years out of order or unlike those of the document's other tables, outcomes of a year to come,
-- differences of unlike periods, and headers that no pattern knows.
with
    columns as (select * from {{ ref("int_columns_interpreted") }}),
    staged as (select * from {{ ref("stg_reports__columns") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    differences as (select * from {{ ref("int_audit_differences") }}),

    headers as (
        select
            staged.document_id,
            staged.table_no,
            staged.col_no,
            staged.column_header,
            staged.header_year,
            columns.value_kind,
            columns.is_header_mapped,
            columns.is_commentary,
            documents.information_date,
            regexp_replace({{ label_key("staged.column_header") }}, '(19|20)\d\d', '#', 'g') as stem
        from staged
        inner join
            columns
            on staged.document_id = columns.document_id
            and staged.table_no = columns.table_no
            and staged.col_no = columns.col_no
        inner join documents on staged.document_id = documents.document_id
    ),

    -- Columns that differ only in their year print one year after the other, up or down.
    numbered as (
        select
            *,
            row_number() over (partition by document_id, table_no, stem order by col_no) as place,
            count(*) over (partition by document_id, table_no, stem) as columns_alike,
            header_year
            = lag(header_year) over (partition by document_id, table_no, stem order by col_no) as is_repeated
        from headers
        where header_year is not null
    ),

    -- Any two of them give a step; the step that most of them keep is meant, of equals the smallest.
    drawn as (
        select
            numbered.document_id,
            numbered.table_no,
            numbered.stem,
            cast((others.header_year - numbered.header_year) / (others.place - numbered.place) as integer) as step,
            numbered.header_year - step * numbered.place as first_year
        from numbered
        inner join
            numbered as others
            on numbered.document_id = others.document_id
            and numbered.table_no = others.table_no
            and numbered.stem = others.stem
            and numbered.place < others.place
        where
            numbered.header_year <> others.header_year
            and (others.header_year - numbered.header_year) % (others.place - numbered.place) = 0
    ),

    steps as (
        select document_id, table_no, stem, step, first_year
        from drawn
        group by document_id, table_no, stem, step, first_year
        qualify
            row_number() over (partition by document_id, table_no, stem order by count(*) desc, abs(step), step desc)
            = 1
    ),

    aligned as (
        select numbered.*, steps.first_year + steps.step * numbered.place as expected_year
        from numbered
        inner join
            steps
            on numbered.document_id = steps.document_id
            and numbered.table_no = steps.table_no
            and numbered.stem = steps.stem
    ),

    years_out_of_order as (
        select
            'header_year_out_of_order' as rule,
            document_id,
            table_no,
            col_no,
            column_header as printed_text,
            header_year as printed_value,
            expected_year as computed_value
        from aligned
        where columns_alike > 2 and header_year <> expected_year
        union all
        select
            'header_year_repeated' as rule,
            document_id,
            table_no,
            col_no,
            column_header as printed_text,
            header_year as printed_value,
            null as computed_value
        from numbered
        where is_repeated
    ),

    skeletons as (
        select
            *,
            string_agg(stem, '|') over (
                partition by document_id, table_no
                order by col_no
                rows between unbounded preceding and unbounded following
            ) as skeleton
        from headers
        where not is_commentary
    ),

    beside_other_tables as (
        select
            *,
            mode(header_year) over same_place as usual_year,
            count(*) over (partition by document_id, skeleton, col_no, header_year) as tables_alike,
            count(*) over same_place as tables
        from skeletons
        where header_year is not null
        window same_place as (partition by document_id, skeleton, col_no)
    ),

    years_unlike_other_tables as (
        select
            'header_year_unlike_other_tables' as rule,
            document_id,
            table_no,
            col_no,
            column_header as printed_text,
            header_year as printed_value,
            usual_year as computed_value
        from beside_other_tables
        where header_year <> usual_year and tables - tables_alike > 2 * tables_alike
    ),

    years_to_come as (
        select
            'outcome_of_a_year_to_come' as rule,
            document_id,
            table_no,
            col_no,
            column_header as printed_text,
            header_year as printed_value,
            year(information_date) as computed_value
        from headers
        where value_kind = 'outcome' and header_year > year(information_date)
    ),

    -- A column that prints the difference of two others says by its header and theirs that they are of one period.
    unlike_periods as (
        select distinct
            'difference_of_unlike_periods' as rule,
            differences.document_id,
            differences.table_no,
            case
                when minuend.header_year = result.header_year
                then subtrahend.col_no
                when subtrahend.header_year = result.header_year
                then minuend.col_no
                when minuend.header_year = subtrahend.header_year
                then result.col_no
                when minuend.header_year = year(minuend.information_date)
                then subtrahend.col_no
                else minuend.col_no
            end as col_no
        from differences
        inner join
            headers as result
            on differences.document_id = result.document_id
            and differences.table_no = result.table_no
            and differences.result_col_no = result.col_no
        inner join
            headers as minuend
            on differences.document_id = minuend.document_id
            and differences.table_no = minuend.table_no
            and differences.minuend_col_no = minuend.col_no
        inner join
            headers as subtrahend
            on differences.document_id = subtrahend.document_id
            and differences.table_no = subtrahend.table_no
            and differences.subtrahend_col_no = subtrahend.col_no
        where
            differences.result_kind = 'deviation'
            and (
                minuend.header_year <> subtrahend.header_year
                or result.header_year <> coalesce(minuend.header_year, subtrahend.header_year)
            )
    ),

    unknown_headers as (
        select
            headers.document_id,
            headers.table_no,
            headers.col_no,
            headers.column_header as printed_text,
            arg_max(known.column_header, jaro_winkler_similarity(headers.stem, known.stem)) filter (
                where jaro_winkler_similarity(headers.stem, known.stem) > 0.8
            ) as detail
        from headers
        left join headers as known on known.is_header_mapped and not known.is_commentary
        where not headers.is_header_mapped and not headers.is_commentary
        group by headers.document_id, headers.table_no, headers.col_no, headers.column_header
    ),

    found as (
        select *, cast(null as varchar) as detail
        from years_out_of_order
        union all
        select *, cast(null as varchar) as detail
        from years_unlike_other_tables
        union all
        select *, cast(null as varchar) as detail
        from years_to_come
        union all
        select
            unlike_periods.rule,
            headers.document_id,
            headers.table_no,
            headers.col_no,
            headers.column_header,
            headers.header_year,
            null,
            null
        from unlike_periods
        inner join
            headers
            on unlike_periods.document_id = headers.document_id
            and unlike_periods.table_no = headers.table_no
            and unlike_periods.col_no = headers.col_no
        union all
        select 'header_not_mapped', document_id, table_no, col_no, printed_text, null, null, detail
        from unknown_headers
    )

-- One header, one finding: the rule that knows what should stand there comes first.
select *
from found
qualify row_number() over (partition by document_id, table_no, col_no order by computed_value is null, rule) = 1
