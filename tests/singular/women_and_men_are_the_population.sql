-- Kolada's figures for women and men add up exactly to the population, wherever all three exist.
{{ config(severity="warn") }}
select
    municipality_code,
    year,
    max(value) filter (where gender = 'T') as everyone,
    sum(value) filter (where gender <> 'T') as women_and_men
from {{ ref("key_figures") }}
where kpi_id = '{{ var("population_kpi_id") }}' and source = 'kolada' and value is not null
group by municipality_code, year
having count(*) = 3 and max(value) filter (where gender = 'T') <> sum(value) filter (where gender <> 'T')
