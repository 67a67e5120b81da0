with
    figures as (select * from {{ ref("reported_figures") }}),

    bounds as (
        select min(year(period_start)) as first_year, greatest(max(year(period_end)), 2030) as last_year from figures
    ),

    days as (
        select
            cast(
                unnest(
                    generate_series(make_date(first_year, 1, 1), make_date(last_year, 12, 31), interval 1 day)
                ) as date
            ) as date_day
        from bounds
    )

select
    date_day,
    cast(year(date_day) as integer) as fiscal_year,
    cast(month(date_day) as integer) as month_number,
    {{ swedish_month("date_day") }} as month_sv,
    cast(ceil(month(date_day) / 4.0) as integer) as tertial,
    cast(quarter(date_day) as integer) as quarter,
    date_day = last_day(date_day) as is_month_end
from days
