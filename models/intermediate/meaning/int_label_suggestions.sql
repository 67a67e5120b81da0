-- For each label that no seed knows, at most three codes whose known labels are most alike: of the same kind and unit.
-- Labels are compared by the runs of three letters that they share; those that many labels have count little.
with
    unmapped_rows as (select * from {{ ref("int_unmapped_rows") }}),
    measure_labels as (select * from {{ ref("measure_labels") }}),
    measures as (select * from {{ ref("measure_definitions") }}),
    line_labels as (select * from {{ ref("budget_line_labels") }}),
    lines as (select * from {{ ref("budget_line_definitions") }}),
    activity_labels as (select * from {{ ref("activity_labels") }}),
    activities as (select * from {{ ref("activity_definitions") }}),

    -- A known label is given with the conditions of its seed row, since it may apply only to other tables (`Totalt`).
    known as (
        select
            'measure' as label_kind,
            labels.measure_code as code,
            labels.activity_code,
            measures.unit,
            labels.label,
            concat_ws(
                ', ',
                labels.label,
                'municipality_code ' || labels.municipality_code,
                'title_pattern ' || labels.title_pattern
            ) as known_label
        from measure_labels as labels
        inner join measures on labels.measure_code = measures.measure_code
        union all
        select 'measure', measure_code, 'total', unit, measure_label, measure_label
        from measures
        union all
        select
            'budget_line',
            line_code,
            activity_code,
            null,
            label,
            concat_ws(
                ', ',
                label,
                'municipality_code ' || municipality_code,
                'title_pattern ' || title_pattern,
                'parent_label ' || parent_label
            )
        from line_labels
        union all
        select 'budget_line', line_code, 'total', null, line_label, line_label
        from lines
        union all
        select 'budget_line', 'net_cost', activity_code, null, activity_label, activity_label
        from activities
        where activity_code <> 'total'
        union all
        select
            'activity',
            activity_code,
            'total',
            null,
            label,
            concat_ws(', ', label, 'municipality_code ' || municipality_code)
        from activity_labels
        union all
        select 'activity', activity_code, 'total', null, activity_label, activity_label
        from activities
    ),

    known_keys as (select distinct *, {{ compared_label("label_kind", "label") }} as label_key from known),

    unmapped as (select distinct label_kind, label_key, unit from unmapped_rows),

    all_keys as (
        select label_kind, label_key
        from unmapped
        union
        select label_kind, label_key
        from known_keys
    ),

    letters as (select label_kind, label_key, unnest({{ trigrams("label_key") }}) as trigram from all_keys),

    counted as (select label_kind, count(*) as label_count from all_keys group by label_kind),

    weights as (
        select
            letters.label_kind,
            letters.trigram,
            cast(ln((1 + counted.label_count) / count(*)) as decimal(9, 4)) as weight
        from letters
        inner join counted on letters.label_kind = counted.label_kind
        group by letters.label_kind, letters.trigram, counted.label_count
    ),

    weighted as (
        select letters.label_kind, letters.label_key, letters.trigram, weights.weight
        from letters
        inner join weights on letters.label_kind = weights.label_kind and letters.trigram = weights.trigram
    ),

    sizes as (select label_kind, label_key, sum(weight) as size from weighted group by label_kind, label_key),

    unmapped_letters as (
        select weighted.*
        from weighted
        where (label_kind, label_key) in (select (unmapped.label_kind, unmapped.label_key) from unmapped)
    ),

    known_letters as (
        select weighted.*
        from weighted
        where (label_kind, label_key) in (select (known_keys.label_kind, known_keys.label_key) from known_keys)
    ),

    shared as (
        select
            unmapped_letters.label_kind,
            unmapped_letters.label_key,
            known_letters.label_key as known_key,
            sum(known_letters.weight) as size
        from unmapped_letters
        inner join
            known_letters
            on unmapped_letters.label_kind = known_letters.label_kind
            and unmapped_letters.trigram = known_letters.trigram
        group by unmapped_letters.label_kind, unmapped_letters.label_key, known_letters.label_key
    ),

    likened as (
        select
            unmapped.label_kind,
            unmapped.label_key,
            unmapped.unit,
            known_keys.code,
            known_keys.activity_code,
            known_keys.known_label,
            round(2 * shared.size / (own_sizes.size + known_sizes.size), 3) as likeness
        from shared
        inner join
            sizes as own_sizes on shared.label_kind = own_sizes.label_kind and shared.label_key = own_sizes.label_key
        inner join
            sizes as known_sizes
            on shared.label_kind = known_sizes.label_kind
            and shared.known_key = known_sizes.label_key
        inner join unmapped on shared.label_kind = unmapped.label_kind and shared.label_key = unmapped.label_key
        inner join
            known_keys
            on shared.label_kind = known_keys.label_kind
            and shared.known_key = known_keys.label_key
            and unmapped.unit is not distinct from known_keys.unit
    ),

    likest as (
        select *
        from likened
        where likeness >= {{ var("least_likeness_of_labels") }}
        qualify
            row_number() over (
                partition by label_kind, label_key, unit, code, activity_code order by likeness desc, known_label
            )
            = 1
    )

select
    *,
    row_number() over (
        partition by label_kind, label_key, unit order by likeness desc, known_label, code, activity_code
    ) as suggestion_no
from likest
qualify suggestion_no <= 3
