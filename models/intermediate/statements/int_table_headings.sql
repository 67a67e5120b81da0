-- What is printed over each table, nearest first: its title, then the headings of its section from the inside out.
with
    tables as (select * from {{ ref("stg_reports__tables") }}),

    sections as (select table_id, string_split(section, ' > ') as headings from tables where section is not null),

    printed as (
        select table_id, 0 as distance, table_title as heading
        from tables
        where table_title is not null
        union all
        select table_id, len(headings) + 1 - generate_subscripts(headings, 1) as distance, unnest(headings) as heading
        from sections
    )

select table_id, cast(distance as integer) as distance, {{ label_key("heading") }} as heading
from printed
