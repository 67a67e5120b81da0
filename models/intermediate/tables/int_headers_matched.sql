-- What each printed header says by itself; the first pattern by priority that fits decides.
with
    columns as (select * from {{ ref("stg_reports__columns") }}),
    header_patterns as (select * from {{ ref("header_patterns") }}),

    headers as (
        select distinct
            column_header,
            -- A unit at the end says nothing about the kind: `Ram, tkr`, `Utfall (mnkr)`.
            regexp_replace(
                {{ header_without_scope("column_header") }},
                '[., ]*[ (,](tkr|kkr|ksek|mnkr|mkr|msek|sek|kr|kronor|tusen kronor|(miljoner|miljontal) kronor)\)?$',
                ''
            ) as header_key
        from columns
        where not is_commentary
    )

select
    headers.column_header,
    header_patterns.value_kind,
    header_patterns.period_rule,
    header_patterns.header_is_measure,
    header_patterns.assessment_field
from headers
inner join header_patterns on {{ fits("header_patterns.header_pattern", "headers.header_key") }}
qualify row_number() over (partition by headers.column_header order by header_patterns.priority) = 1
