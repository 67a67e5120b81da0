-- The budget line of each row in tables of money. The same line printed twice in a report, with other amounts for one
-- column, is two lines: of two activities, or of an operating and an investment statement.
with
    placed as (select * from {{ ref("int_cells_placed") }}),
    named as (select * from {{ ref("int_lines_named") }}),

    amounts as (
        select
            named.document_id,
            named.committee,
            named.line_code,
            named.activity_code,
            placed.row_id,
            placed.table_id,
            placed.row_no,
            named.row_label,
            placed.value_kind,
            placed.period_basis,
            placed.period_end,
            abs(cast(placed.printed_value as decimal(28, 4)) * placed.tkr_factor) as amount,
            0.5 * power(10, - placed.printed_decimals) * placed.tkr_factor as half_unit
        from placed
        inner join named on placed.row_id = named.row_id
        where
            placed.is_money
            and placed.printed_value is not null
            and placed.value_kind in ('outcome', 'forecast', 'budget', 'period_budget')
            and coalesce(placed.column_part, 'net') = 'net'
    ),

    compared as (
        select
            one.document_id,
            one.committee,
            one.line_code,
            one.activity_code,
            one.row_id,
            one.table_id,
            other.row_id as other_row_id,
            other.table_id as other_table_id,
            one.table_id = other.table_id
            and one.row_no > other.row_no
            and one.row_label <> other.row_label as is_synonym_below,
            count(*) filter (where greatest(one.amount, other.amount) > 0) as amounts,
            count(*) filter (
                where
                    abs(one.amount - other.amount)
                    > greatest(one.half_unit + other.half_unit, 0.02 * greatest(one.amount, other.amount))
            ) as differences
        from amounts as one
        inner join
            amounts as other
            on one.document_id = other.document_id
            and one.committee = other.committee
            and one.line_code = other.line_code
            and one.activity_code = other.activity_code
            and one.value_kind = other.value_kind
            and one.period_basis = other.period_basis
            and one.period_end = other.period_end
            and one.row_id <> other.row_id
        group by all
    ),

    -- Two tables of which most such lines differ have no line in common, whatever zeros they share.
    compared_tables as (
        select
            *,
            count(*) filter (where amounts > 0 and 2 * differences >= amounts) over two_tables
            > count(*) filter (where amounts > 0 and 2 * differences < amounts) over two_tables as are_different
        from compared
        window two_tables as (partition by table_id, other_table_id)
    ),

    conflicting as (
        select *
        from compared_tables
        where (amounts > 0 and 2 * differences >= amounts) or (amounts = 0 and are_different)
    ),

    synonyms_below as (select distinct row_id from conflicting where is_synonym_below),

    conflicts as (
        select distinct document_id, committee, line_code, activity_code
        from conflicting
        where
            not is_synonym_below
            and not exists (select 1 from synonyms_below where synonyms_below.row_id = conflicting.other_row_id)
    ),

    -- What tells them apart: the table's title, else its section, else its number.
    told_apart as (
        select
            named.row_id,
            case
                when count(distinct named.table_title) over same_line = count(distinct named.table_id) over same_line
                then named.table_title
                when
                    count(distinct {{ chapter("named.section") }}) over same_line
                    = count(distinct named.table_id) over same_line
                then {{ chapter("named.section") }}
                when
                    count(distinct concat_ws(' ', named.section, named.table_title)) over same_line
                    = count(distinct named.table_id) over same_line
                then concat_ws(' ', named.section, named.table_title)
                else concat_ws(' ', named.table_title, named.table_no)
            end as place,
            count(*) over (
                partition by named.document_id, named.committee, named.line_code, named.activity_code, named.table_id
            )
            > 1 as repeats_in_table
        from named
        inner join conflicts using (document_id, committee, line_code, activity_code)
        window same_line as (partition by named.document_id, named.committee, named.line_code, named.activity_code)
    ),

    identified as (
        select
            named.row_id,
            synonyms_below.row_id is not null as is_synonym_below,
            told_apart.place,
            told_apart.repeats_in_table
        from named
        left join told_apart on named.row_id = told_apart.row_id
        left join synonyms_below on named.row_id = synonyms_below.row_id
    )

select
    named.row_id,
    case
        when identified.is_synonym_below or (identified.place is not null and named.is_unmapped)
        then
            {{
                unmapped_code(
                    "named.municipality_code",
                    "named.committee",
                    "concat_ws(' ', case when not identified.is_synonym_below then identified.place end, named.line_parent)",
                    "named.row_label",
                )
            }}
        else named.line_code
    end as line_code,
    case when identified.is_synonym_below then named.row_label else named.line_label end as line_label,
    case
        when
            identified.place is not null
            and not identified.is_synonym_below
            and not named.is_unmapped
            and named.activity_code = 'total'
        then
            {{
                unmapped_code(
                    "named.municipality_code",
                    "named.committee",
                    "case when identified.repeats_in_table then named.line_parent end",
                    "identified.place",
                )
            }}
        else named.activity_code
    end as activity_code,
    case
        when
            identified.place is not null
            and not identified.is_synonym_below
            and not named.is_unmapped
            and named.activity_code = 'total'
        then identified.place
        else named.activity_name
    end as activity_name,
    named.breakdown,
    named.line_role,
    named.role_source,
    named.is_addable,
    case when not identified.is_synonym_below then named.cost_type_code end as cost_type_code,
    named.sign_group,
    named.is_mapped and not identified.is_synonym_below as is_mapped
from named
inner join identified on named.row_id = identified.row_id
