-- Headers with years out of order or unlike those of the document's other tables, outcomes of a future year,
-- differences between different periods, and headers that fit no pattern.
with
    columns as (select * from {{ ref("int_columns_interpreted") }}),
    staged as (select * from {{ ref("stg_reports__columns") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    differences as (select * from {{ ref("int_audit_differences") }}),
    cells as (select * from {{ ref("int_audit_cells") }} where value_kind = 'outcome'),

    headers as (
        select
            staged.document_id,
            staged.table_id,
            staged.col_no,
            staged.column_header,
            staged.header_year,
            columns.value_kind,
            columns.is_header_mapped,
            columns.is_commentary,
            documents.information_date,
            {{ header_stem("staged.column_header") }} as stem
        from staged
        inner join columns on staged.table_id = columns.table_id and staged.col_no = columns.col_no
        inner join documents on staged.document_id = documents.document_id
    ),

    -- Columns that differ only in their year print consecutive years, ascending or descending.
    numbered as (
        select
            *,
            row_number() over (partition by table_id, stem order by col_no) as place,
            count(*) over (partition by table_id, stem) as columns_alike,
            max(header_year) over (partition by table_id, stem)
            - min(header_year) over (partition by table_id, stem) as years_apart
        from headers
        where header_year is not null
    ),

    -- Any two of them give a step between years; the most common step is right, and of equally common ones the
    -- smallest.
    drawn as (
        select
            numbered.table_id,
            numbered.stem,
            cast((others.header_year - numbered.header_year) / (others.place - numbered.place) as integer) as step,
            numbered.header_year - step * numbered.place as first_year
        from numbered
        inner join
            numbered as others
            on numbered.table_id = others.table_id
            and numbered.stem = others.stem
            and numbered.place < others.place
        where
            numbered.header_year <> others.header_year
            and (others.header_year - numbered.header_year) % (others.place - numbered.place) = 0
    ),

    steps as (
        select table_id, stem, step, first_year
        from drawn
        group by table_id, stem, step, first_year
        qualify
            row_number() over (partition by table_id, stem order by count(*) desc, abs(step), step desc, first_year) = 1
    ),

    aligned as (
        select numbered.*, steps.first_year + steps.step * numbered.place as expected_year
        from numbered
        inner join steps on numbered.table_id = steps.table_id and numbered.stem = steps.stem
    ),

    years_out_of_order as (
        select
            'header_year_out_of_order' as rule,
            table_id,
            col_no,
            column_header as printed_text,
            header_year as printed_value,
            expected_year as computed_value
        from aligned
        where columns_alike > 2 and header_year <> expected_year
    ),

    -- Other tables of the document have the same header in the same position with one and the same year.
    beside_other_tables as (
        select
            *,
            mode(header_year order by header_year) over same_header as usual_year,
            count(*) over (partition by document_id, stem, columns_alike, place, header_year) as tables_alike,
            count(*) over same_header as tables
        from numbered
        window same_header as (partition by document_id, stem, columns_alike, place)
    ),

    years_unlike_other_tables as (
        select
            'header_year_unlike_other_tables' as rule,
            table_id,
            col_no,
            column_header as printed_text,
            header_year as printed_value,
            usual_year as computed_value
        from beside_other_tables
        where header_year <> usual_year and tables - tables_alike > tables_alike
    ),

    -- Of two years that are not consecutive, where no other table helps, the one further from the report's own year.
    years_apart as (
        select
            'header_year_out_of_order' as rule,
            table_id,
            col_no,
            column_header as printed_text,
            header_year as printed_value,
            cast(null as integer) as computed_value
        from numbered
        where
            columns_alike = 2
            and years_apart <> 1
            and table_id not in (select years_unlike_other_tables.table_id from years_unlike_other_tables)
        qualify
            row_number() over (
                partition by table_id, stem order by abs(header_year - year(information_date)) desc, col_no
            )
            = 1
    ),

    years_to_come as (
        select
            'outcome_of_a_year_to_come' as rule,
            table_id,
            col_no,
            column_header as printed_text,
            header_year as printed_value,
            year(information_date) as computed_value
        from headers
        where
            value_kind = 'outcome'
            and header_year > year(information_date)
            and (table_id, col_no) in (select (cells.table_id, cells.col_no) from cells where cells.value is not null)
    ),

    -- A deviation and its two columns are about one year, usually the report's; a change is about two consecutive
    -- years.
    compared as (
        select distinct
            differences.table_id,
            differences.result_kind,
            result.col_no as result_col_no,
            minuend.col_no as minuend_col_no,
            subtrahend.col_no as subtrahend_col_no,
            result.header_year as result_year,
            minuend.header_year as minuend_year,
            subtrahend.header_year as subtrahend_year,
            year(minuend.information_date) as report_year
        from differences
        inner join
            headers as result on differences.table_id = result.table_id and differences.result_col_no = result.col_no
        inner join
            headers as minuend
            on differences.table_id = minuend.table_id
            and differences.minuend_col_no = minuend.col_no
        inner join
            headers as subtrahend
            on differences.table_id = subtrahend.table_id
            and differences.subtrahend_col_no = subtrahend.col_no
    ),

    expected as (
        select
            *,
            case
                when result_kind = 'deviation'
                then list_mode(list_sort([result_year, minuend_year, subtrahend_year, report_year]))
                when result_kind = 'change'
                then list_mode(list_sort([result_year, minuend_year, subtrahend_year + 1, report_year]))
            end as expected_year,
            case when result_kind = 'change' then expected_year - 1 else expected_year end as expected_subtrahend_year
        from compared
        where minuend_year is not null and subtrahend_year is not null and minuend_year >= subtrahend_year
    ),

    unlike_periods as (
        select table_id, result_col_no as col_no, result_year as printed_value, expected_year as computed_value
        from expected
        where result_year <> expected_year
        union all
        select table_id, minuend_col_no, minuend_year, expected_year
        from expected
        where minuend_year <> expected_year
        union all
        select table_id, subtrahend_col_no, subtrahend_year, expected_subtrahend_year
        from expected
        where subtrahend_year <> expected_subtrahend_year
    ),

    doubtful as (
        select table_id, col_no
        from years_out_of_order
        union all
        select table_id, col_no
        from years_unlike_other_tables
        union all
        select table_id, col_no
        from years_to_come
    ),

    -- Figures that other reports print for another year.
    elsewhere as (
        select
            cells.table_id,
            cells.col_no,
            year(others.period_end) as other_year,
            year(cells.period_end) as own_year,
            count(distinct cells.figure_id) filter (where cells.value = others.value) as alike,
            count(distinct cells.figure_id) as compared
        from cells
        inner join
            cells as others
            on cells.municipality_code = others.municipality_code
            and cells.committee = others.committee
            and cells.subject_code = others.subject_code
            and cells.activity_code = others.activity_code
            and cells.gender = others.gender
            and cells.period_basis = others.period_basis
            and cells.document_id <> others.document_id
            and cells.unit = others.unit
        left join doubtful on others.table_id = doubtful.table_id and others.col_no = doubtful.col_no
        where cells.value <> 0 and doubtful.col_no is null
        group by cells.table_id, cells.col_no, other_year, own_year
    ),

    years_of_others as (
        select
            table_id,
            col_no,
            arg_max(other_year, (alike, other_year)) as other_year,
            max(alike) filter (where other_year <> own_year and 2 * alike > compared) as alike_elsewhere,
            coalesce(max(alike) filter (where other_year = own_year), -1) as alike_in_its_year
        from elsewhere
        group by table_id, col_no
    ),

    found as (
        select *
        from years_out_of_order
        union all
        select *
        from years_unlike_other_tables
        union all
        select *
        from years_apart
        union all
        select *
        from years_to_come
        union all
        select
            'difference_of_unlike_periods' as rule,
            headers.table_id,
            headers.col_no,
            headers.column_header,
            unlike_periods.printed_value,
            unlike_periods.computed_value
        from unlike_periods
        inner join headers on unlike_periods.table_id = headers.table_id and unlike_periods.col_no = headers.col_no
        union all
        select
            'header_year_contradicts_figures' as rule,
            headers.table_id,
            headers.col_no,
            headers.column_header,
            headers.header_year,
            years_of_others.other_year
        from years_of_others
        inner join headers on years_of_others.table_id = headers.table_id and years_of_others.col_no = headers.col_no
        where years_of_others.alike_elsewhere > 1 and years_of_others.alike_in_its_year between -1 and 0
        union all
        select 'header_not_mapped', table_id, col_no, column_header, null, null
        from headers
        where not is_header_mapped and not is_commentary
    )

-- One finding per header: a rule that knows the right year comes first.
select *
from found
qualify
    row_number() over (
        partition by table_id, col_no order by computed_value is null, rule, computed_value, printed_value
    )
    = 1
