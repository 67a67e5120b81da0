-- Which direction is better for the measures that no person has decided about, by the standard terms in their labels.
-- Terms that contradict each other say nothing.
with
    figures as (select * from {{ ref("int_figures") }}),
    terms as (select * from {{ ref("direction_terms") }}),

    labels as (
        select distinct subject_label as label, {{ label_key("subject_label") }} as label_key
        from figures
        where value_kind in ('target', 'approved_range') and not is_money and better_when is null
    ),

    fitting as (
        select labels.label, terms.precedence, terms.better_when
        from labels
        inner join terms on regexp_matches(labels.label_key, terms.label_pattern)
    ),

    decided as (
        select
            label,
            case when min(better_when) = max(better_when) then nullif(min(better_when), 'neither') end as better_when
        from fitting
        group by label, precedence
        qualify row_number() over (partition by label order by precedence) = 1
    )

select
    labels.label,
    decided.better_when,
    regexp_matches(labels.label_key, '\bandel') as is_share,
    regexp_matches(labels.label_key, '\bantal') as is_count
from labels
left join decided on labels.label = decided.label
