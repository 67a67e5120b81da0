-- Units that cannot be right: not in the seed, contradicted by the title, a factor of a thousand from the same lines in
-- other tables, or giving amounts too large for any committee.
with
    tables as (select * from {{ ref("int_tables_interpreted") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    units as (select * from {{ ref("units") }}),
    corrections as (select * from {{ ref("stg_seeds__corrections") }} where field = 'unit'),
    cells as (
        select *
        from {{ ref("int_audit_cells") }}
        where is_money and not is_blank and value_kind not in ('deviation', 'change')
    ),

    -- The unit as printed, since a correction must not hide what it corrects.
    stated as (
        select
            tables.table_id,
            tables.document_id,
            tables.municipality_code,
            tables.committee,
            tables.unit_printed,
            coalesce(printed_units.tkr_factor, tables.tkr_factor) as tkr_factor,
            coalesce(printed_units.tkr_factor, tables.tkr_factor) / tables.tkr_factor as turned_by,
            titled_units.tkr_factor as title_tkr_factor,
            -- In tkr: no committee turns over 20 billion kronor, and no municipality with its companies 500.
            case when documents.issuer_kind = 'committee' then 20000000 else 500000000 end as largest_possible
        from tables
        inner join documents on tables.document_id = documents.document_id
        left join corrections on tables.unit_correction_id = corrections.correction_id
        left join units as printed_units on lower(corrections.printed) = printed_units.printed_unit
        -- An amount in the title (`över 5 mnkr`) is not the unit of the table.
        left join
            units as titled_units
            on {{ money_unit("regexp_replace(lower(tables.table_title), '\d ?(tkr|kkr|mnkr|mkr|msek)', '', 'g')") }}
            = titled_units.printed_unit
        where tables.is_money
    ),

    -- The usual amount of a line in one table, in tkr according to the stated unit.
    amounts as (
        select
            cells.table_id,
            stated.document_id,
            stated.municipality_code,
            stated.committee,
            cells.subject_code,
            cells.activity_code,
            median(abs(cells.value * cells.factor) * stated.turned_by) as amount
        from cells
        inner join stated on cells.table_id = stated.table_id
        where cells.value <> 0
        group by all
    ),

    compared as (
        select
            amounts.table_id,
            others.table_id as other_table_id,
            others.document_id as other_document_id,
            median(amounts.amount / others.amount) as ratio
        from amounts
        inner join
            amounts as others
            on amounts.municipality_code = others.municipality_code
            and amounts.committee = others.committee
            and amounts.subject_code = others.subject_code
            and amounts.activity_code = others.activity_code
            and amounts.table_id <> others.table_id
        group by all
    ),

    largest as (
        select
            cells.table_id,
            max(abs(cells.value * cells.factor) * stated.turned_by) as amount,
            -- Amounts in tkr are printed without decimals, amounts in mnkr with decimals.
            case
                when stated.tkr_factor < 1000
                then max(cells.precision) < 0.5
                else max(cells.precision) >= 0.5 and max(abs(cells.value)) >= 1000
            end as is_oddly_printed
        from cells
        inner join stated on cells.table_id = stated.table_id
        group by cells.table_id, stated.tkr_factor
    ),

    -- An oddly printed table is not evidence against another.
    judged as (
        select
            compared.table_id,
            count(*) filter (where ratio between 200 and 5000 or 1 / ratio between 200 and 5000) as against,
            count(*) filter (where ratio between 0.1 and 10) as agreeing,
            median(compared.ratio) as ratio,
            min(compared.other_document_id) filter (where ratio > 200 or ratio < 0.005) as other_document_id
        from compared
        inner join largest as witnesses on compared.other_table_id = witnesses.table_id
        where not witnesses.is_oddly_printed
        group by compared.table_id
    ),

    others_of_document as (
        -- Where two units are equally common, the table's own counts as the usual one.
        select
            stated.table_id,
            mode(others.tkr_factor order by others.tkr_factor <> stated.tkr_factor, others.tkr_factor) as usual_factor
        from stated
        inner join stated as others on stated.document_id = others.document_id and stated.table_id <> others.table_id
        group by stated.table_id
    ),

    found as (
        select
            stated.table_id,
            stated.document_id,
            stated.unit_printed,
            case
                when judged.against > judged.agreeing and (judged.against > 1 or largest.is_oddly_printed)
                then 'unit_contradicts_the_same_lines'
                when stated.title_tkr_factor <> stated.tkr_factor
                then 'unit_contradicts_the_title'
                when largest.amount > stated.largest_possible
                then 'unit_makes_amounts_impossible'
                when stated.tkr_factor <> others_of_document.usual_factor and largest.is_oddly_printed
                then 'unit_differs_from_other_tables'
            end as rule,
            judged.ratio,
            judged.other_document_id
        from stated
        inner join largest on stated.table_id = largest.table_id
        left join judged on stated.table_id = judged.table_id
        left join others_of_document on stated.table_id = others_of_document.table_id
    )

select
    rule,
    table_id,
    unit_printed as printed_text,
    {{ swedish_print("pow(10, round(log10(greatest(ratio, 1 / ratio))))", 0) }} as detail,
    nullif(other_document_id, document_id) as other_document_id
from found
where rule is not null
union all
select
    'unit_not_known' as rule,
    table_id,
    unit_printed as printed_text,
    cast(null as varchar) as detail,
    cast(null as varchar) as other_document_id
from tables
where is_unit_unknown
