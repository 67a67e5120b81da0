-- The budget line of each row in tables of money; the most specific row of the label seed that fits decides.
with
    placed as (select * from {{ ref("int_cells_placed") }}),
    labels as (select * from {{ ref("budget_line_labels") }}),
    lines as (select * from {{ ref("budget_line_definitions") }}),

    money_rows as (
        select distinct
            row_id,
            table_id,
            row_no,
            municipality_code,
            committee,
            table_title,
            subject_row_label as row_label,
            parent_label
        from placed
        where is_money
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

    coded as (
        select
            money_rows.*,
            coalesce(mapped.line_code, pairs.line_code) as line_code,
            coalesce(
                mapped.activity_code,
                case
                    when pairs.activity_label is not null
                    then
                        {{
                            unmapped_code(
                                "money_rows.municipality_code",
                                "money_rows.committee",
                                "money_rows.parent_label",
                                "pairs.activity_label",
                            )
                        }}
                end,
                'total'
            ) as activity_code,
            mapped.breakdown,
            mapped.line_role,
            coalesce(mapped.is_addable, false) as is_addable,
            mapped.line_code is not null as is_mapped,
            case
                when regexp_matches(lower(money_rows.row_label), '^(årets )?resultat|^överskott|^underskott')
                then 'result'
                when
                    regexp_matches(lower(money_rows.row_label), 'intäkt|inkomst|avgift|bidrag|ersättning|försäljning')
                    and not regexp_matches(lower(money_rows.row_label), 'kostnad')
                then 'income'
                else 'cost'
            end as guessed_sign_group,
            bool_or(mapped.line_role = 'cost' and mapped.is_addable and mapped.line_code <> 'gross_cost') over (
                partition by money_rows.table_id, mapped.activity_code
            ) as has_parts_of_cost
        from money_rows
        left join mapped on money_rows.row_id = mapped.row_id
        left join pairs on money_rows.row_id = pairs.row_id
    )

select
    coded.row_id,
    coalesce(
        coded.line_code,
        {{ unmapped_code("coded.municipality_code", "coded.committee", "coded.parent_label", "coded.row_label") }}
    ) as line_code,
    coalesce(lines.line_label, coded.row_label) as line_label,
    coded.activity_code,
    coalesce(
        coded.breakdown,
        case when coded.table_title ilike '%invester%' then 'investment' end,
        breakdowns.usual_breakdown,
        'activity'
    ) as breakdown,
    case
        when coded.line_code = 'gross_cost' and coded.line_role = 'cost' and coded.has_parts_of_cost
        then 'subtotal'
        else coalesce(coded.line_role, coded.guessed_sign_group)
    end as line_role,
    coded.is_addable
    and not coalesce(
        coded.line_code = 'gross_cost' and coded.line_role = 'cost' and coded.has_parts_of_cost, false
    ) as is_addable,
    lines.cost_type_code,
    coalesce(lines.sign_group, coded.guessed_sign_group) as sign_group,
    coded.is_mapped
from coded
left join lines on coded.line_code = lines.line_code
left join breakdowns on coded.table_id = breakdowns.table_id
