-- The budget line of each row in tables of money; the most specific row of the label seed that fits decides.
with
    placed as (select * from {{ ref("int_cells_placed") }}),
    labels as (select * from {{ ref("budget_line_labels") }}),
    lines as (select * from {{ ref("budget_line_definitions") }}),
    sums as (select * from {{ ref("int_row_sums") }}),
    totals as (select distinct total_row_id from sums where parts > 1),
    statement_lines as (select * from {{ ref("int_statement_lines") }}),

    -- In a table of committees with no budget of their own, or with deficits beside surpluses, the amounts are results.
    committee_tables as (
        select
            table_id,
            max(statement) = 'investment' as is_investment,
            coalesce(
                sum(abs(printed_value)) filter (where value_kind in ('budget', 'period_budget')) = 0
                and sum(abs(printed_value)) > 0,
                false
            )
            or 5 * least(count(*) filter (where printed_value > 0), count(*) filter (where printed_value < 0))
            >= count(*) filter (where printed_value <> 0) as is_of_results
        from placed
        where
            is_committee_row
            and is_money
            and value_kind in ('outcome', 'forecast', 'budget', 'period_budget')
            and coalesce(column_part, 'net') = 'net'
        group by table_id
    ),

    money_rows as (
        select distinct
            row_id,
            table_id,
            document_id,
            table_no,
            row_no,
            municipality_code,
            committee,
            is_committee_row,
            section,
            table_title,
            subject_row_label as row_label,
            parent_label
        from placed
        where is_money
    ),

    -- A label that repeats in its table belongs to the row whose parts are added up there, or else is told apart by its
    -- number.
    repeated as (
        select
            *,
            count(*) over (partition by table_id, row_label, parent_label) as times,
            row_number() over (partition by table_id, row_label, parent_label order by row_no) as time
        from money_rows
    ),

    numbered as (
        select
            repeated.*,
            sums.total_label,
            case
                when repeated.times = 1
                then repeated.parent_label
                when
                    count(distinct sums.total_row_id) over (
                        partition by repeated.table_id, repeated.row_label, repeated.parent_label
                    )
                    = repeated.times
                then concat_ws(' ', repeated.parent_label, sums.total_label)
                when repeated.time = 1
                then repeated.parent_label
                else concat_ws(' ', repeated.parent_label, repeated.time)
            end as line_parent
        from repeated
        left join sums on repeated.row_id = sums.row_id
    ),

    mapped as (
        select
            money_rows.row_id,
            money_rows.table_id,
            money_rows.row_no,
            labels.line_code,
            labels.activity_code,
            labels.breakdown,
            labels.line_role,
            labels.is_addable
        from money_rows
        inner join
            labels
            on {{ label_key("labels.label") }} = {{ label_key("money_rows.row_label") }}
            and {{ any_or("labels.municipality_code", "money_rows.municipality_code") }}
            and {{ fits("labels.title_pattern", "money_rows.table_title") }}
            and {{ any_or("labels.parent_label", "money_rows.parent_label") }}
        qualify
            row_number() over (
                partition by money_rows.row_id
                order by
                    labels.parent_label is null,
                    labels.title_pattern is null,
                    labels.municipality_code is null,
                    labels.title_pattern,
                    labels.label
            )
            = 1
    ),

    breakdowns as (select table_id, mode(breakdown order by row_no) as usual_breakdown from mapped group by table_id),

    -- Income and cost printed as a pair for an activity that no seed knows (`Hemtjänst Intäkt`, `Hemtjänst Kostnad`).
    pair_halves as (
        select
            row_id,
            table_id,
            regexp_extract(row_label, '^(.+) (?:Intäkt|Kostnad)(?:er)?$', 1) as activity_label,
            case when row_label like '%Intäkt%' then 'income' else 'gross_cost' end as line_code
        from money_rows
        where regexp_matches(row_label, '^.+ (?:Intäkt|Kostnad)(?:er)?$')
    ),

    pairs as (
        select * from pair_halves qualify count(distinct line_code) over (partition by table_id, activity_label) = 2
    ),

    -- A standard line of the law's statements, unless several rows of the table are that line.
    standard as (
        select money_rows.row_id, statement_lines.* exclude (row_id)
        from money_rows
        inner join statement_lines on money_rows.row_id = statement_lines.row_id
    ),

    standard_coded as (
        select
            *,
            case
                when count(*) over (partition by regexp_replace(row_id, '\.r\d+$', ''), line_code) = 1 then line_code
            end as standard_code
        from standard
    ),

    coded as (
        select
            numbered.*,
            standard.standard_code is null
            and committee_tables.table_id is null
            and mapped.line_code is null
            and pairs.line_code is null as is_unmapped,
            coalesce(
                standard.standard_code,
                case
                    when not numbered.is_committee_row
                    then null
                    when committee_tables.is_investment
                    then 'investment'
                    when committee_tables.is_of_results
                    then 'result'
                    else 'net_cost'
                end,
                mapped.line_code,
                pairs.line_code,
                {{
                    unmapped_code(
                        "numbered.municipality_code",
                        "numbered.committee",
                        "numbered.line_parent",
                        "numbered.row_label",
                    )
                }}
            ) as line_code,
            coalesce(
                mapped.activity_code,
                case
                    when pairs.activity_label is not null
                    then
                        {{
                            unmapped_code(
                                "numbered.municipality_code",
                                "numbered.committee",
                                "numbered.parent_label",
                                "pairs.activity_label",
                            )
                        }}
                end,
                'total'
            ) as activity_code,
            case
                when committee_tables.is_investment
                then 'investment'
                when committee_tables.table_id is not null
                then 'committee'
                else mapped.breakdown
            end as breakdown,
            case
                when standard.row_id is not null
                then standard.line_role
                when numbered.is_committee_row and committee_tables.is_investment
                then 'total'
                when committee_tables.is_of_results and not committee_tables.is_investment
                then 'result'
                when numbered.is_committee_row and committee_tables.table_id is not null
                then 'net_cost'
                else mapped.line_role
            end as line_role,
            coalesce(mapped.is_addable and standard.row_id is null, false) as is_addable,
            standard.standard_code is not null
            or (numbered.is_committee_row and committee_tables.table_id is not null)
            or mapped.line_code is not null as is_mapped,
            standard.line_label as standard_label,
            case
                when standard.row_id is not null
                then standard.sign_group
                when committee_tables.is_of_results and not committee_tables.is_investment
                then 'result'
            end as statement_sign_group,
            case
                when {{ names_result("numbered.row_label") }}
                then 'result'
                when {{ names_grant("numbered.row_label") }}
                then 'grant'
                when {{ names_income("numbered.row_label") }}
                then 'income'
                when {{ names_cost("numbered.row_label") }}
                then 'cost'
                when {{ names_income("concat_ws(' ', numbered.parent_label, numbered.total_label)") }}
                then 'income'
            end as named_sign_group,
            {{ is_total_label("numbered.row_label", "true") }} as is_named_sum,
            totals.total_row_id is not null as is_sum,
            case
                when {{ is_of_which("numbered.row_label") }}
                then 'of_which'
                when {{ names_result("numbered.row_label") }}
                then 'result'
                when regexp_matches(lower(numbered.row_label), '^netto\b|netto(kostnad|utfall)')
                then 'net_cost'
                when {{ is_total_label("numbered.row_label", "true") }} or totals.total_row_id is not null
                then 'subtotal'
            end as named_role,
            bool_or(mapped.line_role = 'cost' and mapped.is_addable and mapped.line_code <> 'gross_cost') over (
                partition by numbered.table_id, mapped.activity_code
            ) as has_parts_of_cost
        from numbered
        left join standard_coded as standard on numbered.row_id = standard.row_id
        left join committee_tables on numbered.table_id = committee_tables.table_id
        left join mapped on numbered.row_id = mapped.row_id
        left join pairs on numbered.row_id = pairs.row_id
        left join totals on numbered.row_id = totals.total_row_id
    ),

    -- The same line printed twice in a document, with other amounts for the same column, is two lines: of two
    -- activities, or of an operating and an investment statement.
    amounts as (
        select
            coded.document_id,
            coded.committee,
            coded.line_code,
            coded.activity_code,
            placed.row_id,
            placed.table_id,
            placed.row_no,
            coded.row_label,
            placed.value_kind,
            placed.period_basis,
            placed.period_end,
            abs(cast(placed.printed_value as decimal(28, 4)) * placed.tkr_factor) as amount,
            0.5 * power(10, - placed.printed_decimals) * placed.tkr_factor as half_unit
        from placed
        inner join coded on placed.row_id = coded.row_id
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
            coded.row_id,
            case
                when count(distinct coded.table_title) over same_line = count(distinct coded.table_id) over same_line
                then coded.table_title
                when
                    count(distinct {{ chapter("coded.section") }}) over same_line
                    = count(distinct coded.table_id) over same_line
                then {{ chapter("coded.section") }}
                when
                    count(distinct concat_ws(' ', coded.section, coded.table_title)) over same_line
                    = count(distinct coded.table_id) over same_line
                then concat_ws(' ', coded.section, coded.table_title)
                else concat_ws(' ', coded.table_title, coded.table_no)
            end as place,
            count(*) over (
                partition by coded.document_id, coded.committee, coded.line_code, coded.activity_code, coded.table_id
            )
            > 1 as repeats_in_table
        from coded
        inner join conflicts using (document_id, committee, line_code, activity_code)
        window same_line as (partition by coded.document_id, coded.committee, coded.line_code, coded.activity_code)
    ),

    identified as (
        select
            coded.* exclude (line_code, activity_code),
            case
                when synonyms_below.row_id is not null
                then
                    {{
                        unmapped_code(
                            "coded.municipality_code", "coded.committee", "coded.line_parent", "coded.row_label"
                        )
                    }}
                when told_apart.place is not null and coded.is_unmapped
                then
                    {{
                        unmapped_code(
                            "coded.municipality_code",
                            "coded.committee",
                            "concat_ws(' ', told_apart.place, coded.line_parent)",
                            "coded.row_label",
                        )
                    }}
                else coded.line_code
            end as line_code,
            case
                when
                    told_apart.place is not null
                    and not coded.is_unmapped
                    and coded.activity_code = 'total'
                    and synonyms_below.row_id is null
                then
                    {{
                        unmapped_code(
                            "coded.municipality_code",
                            "coded.committee",
                            "case when told_apart.repeats_in_table then coded.line_parent end",
                            "told_apart.place",
                        )
                    }}
                else coded.activity_code
            end as activity_code
        from coded
        left join told_apart on coded.row_id = told_apart.row_id
        left join synonyms_below on coded.row_id = synonyms_below.row_id
    )

select
    identified.row_id,
    identified.line_code,
    coalesce(
        case when identified.is_mapped then identified.standard_label end, lines.line_label, identified.row_label
    ) as line_label,
    identified.activity_code,
    coalesce(
        identified.breakdown,
        case when identified.table_title ilike '%invester%' then 'investment' end,
        breakdowns.usual_breakdown,
        'activity'
    ) as breakdown,
    case
        when identified.line_code = 'gross_cost' and identified.line_role = 'cost' and identified.has_parts_of_cost
        then 'subtotal'
        else coalesce(identified.line_role, identified.named_role, identified.named_sign_group, 'cost')
    end as line_role,
    case
        when coalesce(identified.line_role, identified.named_role, identified.named_sign_group) is null
        then 'assumed'
        when identified.line_role is null and not identified.is_named_sum and identified.is_sum
        then 'arithmetic'
        else 'standard_term'
    end as role_source,
    identified.is_addable
    and not coalesce(
        identified.line_code = 'gross_cost' and identified.line_role = 'cost' and identified.has_parts_of_cost, false
    ) as is_addable,
    lines.cost_type_code,
    coalesce(identified.statement_sign_group, lines.sign_group, identified.named_sign_group, 'unnamed') as sign_group,
    identified.is_mapped
from identified
left join lines on identified.line_code = lines.line_code
left join breakdowns on identified.table_id = breakdowns.table_id
