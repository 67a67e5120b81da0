-- Every printed deviation and change beside the difference that its own row gives, each in printed units.
with
    figures as (select * from {{ ref("int_figures") }} where value is not null),
    pairs as (select * from {{ ref("int_pair_rows") }} where deviation_is_net),

    terms as (
        select
            figures.*,
            -- In printed units but with the marts' sign, so that a difference has one meaning in every table.
            cast(coalesce(figures.amount_tkr / figures.tkr_factor, figures.value) as decimal(18, 4)) as amount,
            -- The rows of a pair share one printed difference: its place is the pair, else the row.
            case
                when pairs.activity_code is not null then 'pair ' || figures.activity_code else 'row ' || figures.row_no
            end as place
        from figures
        left join
            pairs
            on figures.document_id = pairs.document_id
            and figures.table_no = pairs.table_no
            and figures.activity_code = pairs.activity_code
    ),

    sums as (
        select
            document_id,
            table_no,
            place,
            value_kind,
            period_basis,
            period_end,
            sum(amount) as amount,
            sum(precision) as precision,
            max(col_no) as col_no
        from terms
        where value_kind in ('outcome', 'forecast', 'budget', 'period_budget')
        group by all
    ),

    deviations as (
        select
            terms.figure_id,
            terms.amount as printed_value,
            minuend.amount - subtrahend.amount as computed_value,
            terms.precision + minuend.precision + subtrahend.precision as tolerance
        from terms
        inner join
            sums as minuend
            on terms.document_id = minuend.document_id
            and terms.table_no = minuend.table_no
            and terms.place = minuend.place
            and minuend.value_kind in ('outcome', 'forecast')
        inner join
            sums as subtrahend
            on terms.document_id = subtrahend.document_id
            and terms.table_no = subtrahend.table_no
            and terms.place = subtrahend.place
            and subtrahend.value_kind in ('budget', 'period_budget')
            and minuend.period_end = subtrahend.period_end
            and minuend.period_basis = subtrahend.period_basis
        where terms.value_kind = 'deviation' and terms.period_end = minuend.period_end
        qualify
            row_number() over (
                partition by terms.figure_id
                order by minuend.value_kind = 'outcome', subtrahend.value_kind = 'period_budget', minuend.col_no
            )
            = 1
    ),

    changes as (
        select
            terms.figure_id,
            terms.amount as printed_value,
            minuend.amount - subtrahend.amount as computed_value,
            terms.precision + minuend.precision + subtrahend.precision as tolerance
        from terms
        inner join
            sums as minuend
            on terms.document_id = minuend.document_id
            and terms.table_no = minuend.table_no
            and terms.place = minuend.place
            and minuend.value_kind = 'outcome'
            and minuend.period_end = terms.period_end
        inner join
            sums as subtrahend
            on terms.document_id = subtrahend.document_id
            and terms.table_no = subtrahend.table_no
            and terms.place = subtrahend.place
            and subtrahend.value_kind = 'outcome'
            and {{ year_before("minuend.period_end") }} = subtrahend.period_end
        where terms.value_kind = 'change'
    )

select 'deviation' as difference_kind, figure_id, printed_value, computed_value, tolerance
from deviations
union all
select 'change' as difference_kind, figure_id, printed_value, computed_value, tolerance
from changes
