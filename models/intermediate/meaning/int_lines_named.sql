-- The budget line that each row in tables of money has by its label: a standard line of a statement, a committee's,
-- that of
-- the most specific row of the label seed that fits, or one of its own. Whether two such rows of a report are one
-- line is
-- decided in int_lines_mapped.
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
            subject_row_label <> placed.row_label as is_about_another_row,
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
                when repeated.times = 1 or repeated.is_about_another_row
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
        select
            money_rows.row_id,
            statement_lines.line_label,
            statement_lines.line_role,
            statement_lines.sign_group,
            case
                when count(*) over (partition by money_rows.table_id, statement_lines.line_code) = 1
                then statement_lines.line_code
            end as standard_code
        from money_rows
        inner join statement_lines on money_rows.row_id = statement_lines.row_id
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
            case when mapped.activity_code is null then pairs.activity_label end as activity_name,
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
        left join standard on numbered.row_id = standard.row_id
        left join committee_tables on numbered.table_id = committee_tables.table_id
        left join mapped on numbered.row_id = mapped.row_id
        left join pairs on numbered.row_id = pairs.row_id
        left join totals on numbered.row_id = totals.total_row_id
    )

select
    coded.row_id,
    coded.table_id,
    coded.document_id,
    coded.table_no,
    coded.row_no,
    coded.municipality_code,
    coded.committee,
    coded.section,
    coded.table_title,
    coded.row_label,
    coded.line_parent,
    coded.is_unmapped,
    coded.line_code,
    coalesce(case when coded.is_mapped then coded.standard_label end, lines.line_label, coded.row_label) as line_label,
    coded.activity_code,
    coded.activity_name,
    coalesce(
        coded.breakdown,
        case when coded.table_title ilike '%invester%' then 'investment' end,
        breakdowns.usual_breakdown,
        'activity'
    ) as breakdown,
    case
        when coded.line_code = 'gross_cost' and coded.line_role = 'cost' and coded.has_parts_of_cost
        then 'subtotal'
        else coalesce(coded.line_role, coded.named_role, coded.named_sign_group, 'cost')
    end as line_role,
    case
        when coalesce(coded.line_role, coded.named_role, coded.named_sign_group) is null
        then 'assumed'
        when coded.line_role is null and not coded.is_named_sum and coded.is_sum
        then 'arithmetic'
        else 'standard_term'
    end as role_source,
    coded.is_addable
    and not coalesce(
        coded.line_code = 'gross_cost' and coded.line_role = 'cost' and coded.has_parts_of_cost, false
    ) as is_addable,
    lines.cost_type_code,
    coalesce(coded.statement_sign_group, lines.sign_group, coded.named_sign_group, 'unnamed') as sign_group,
    coded.is_mapped
from coded
left join lines on coded.line_code = lines.line_code
left join breakdowns on coded.table_id = breakdowns.table_id
