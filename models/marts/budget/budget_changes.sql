with
    budget_figures as (select * from {{ ref("int_budget_figures") }}),
    versions as (select * from {{ ref("int_budget_versions") }}),
    documents as (select * from {{ ref("stg_reports__documents") }}),
    tables as (select * from {{ ref("stg_reports__tables") }}),
    decisions as (select * from {{ ref("budget_decisions") }}),
    change_terms as (select * from {{ ref("budget_change_terms") }}),
    breaks as (select * from {{ ref("int_breaks") }}),
    cells as (select * from {{ ref("int_cells_placed") }} where is_money and printed_value is not null),

    -- A document may print the original budget and the revised one beside each other; each is a printing.
    printings as (
        select
            budget_figures.*,
            documents.municipality_code,
            documents.municipality,
            documents.document_title,
            documents.information_date,
            coalesce(versions.budget_version, budget_figures.budget_version) as known_version
        from budget_figures
        inner join documents on budget_figures.document_id = documents.document_id
        left join versions on budget_figures.figure_id = versions.figure_id
        where
            budget_figures.value_kind = 'budget'
            and budget_figures.period_basis = 'full_year'
            and not budget_figures.is_derived
        qualify
            row_number() over (
                partition by
                    budget_figures.document_id,
                    budget_figures.committee,
                    budget_figures.subject_scope,
                    budget_figures.line_code,
                    budget_figures.activity_code,
                    budget_figures.period_end,
                    budget_figures.budget_version
                order by budget_figures.table_no, budget_figures.row_no, budget_figures.col_no desc
            )
            = 1
    ),

    paired as (
        select
            *,
            lag(document_id) over earlier as first_document_id,
            lag(information_date) over earlier as first_information_date,
            lag(amount_tkr) over earlier as first_budget_tkr,
            lag(precision_tkr) over earlier as first_precision_tkr,
            lag(known_version) over earlier as first_budget_version,
            lag(figure_id) over earlier as first_figure_id
        from printings
        window
            earlier as (
                partition by
                    municipality_code, committee, subject_scope, line_code, activity_code, breakdown, period_end
                order by information_date, document_id, budget_version = 'revised', budget_version = 'unspecified'
            )
    ),

    -- Where activities changed but their sum did not, money was moved between them.
    siblings as (
        select
            *,
            abs(amount_tkr - first_budget_tkr) >= precision_tkr + first_precision_tkr as is_changed,
            abs(sum(case when is_addable then amount_tkr - first_budget_tkr end) over parts)
            < sum(case when is_addable then precision_tkr + first_precision_tkr end) over parts as sum_is_unchanged,
            count(*) filter (
                where is_addable and abs(amount_tkr - first_budget_tkr) >= precision_tkr + first_precision_tkr
            ) over parts
            >= 2 as several_changed
        from paired
        where first_document_id is not null
        window parts as (partition by first_document_id, document_id, committee, subject_scope, breakdown, period_end)
    ),

    changed as (select *, 'budget_line' as subject_kind, line_code as subject_code from siblings where is_changed),

    -- An event between the information dates of the two documents.
    reorganised as (
        select changed.figure_id, string_agg(distinct breaks.note, '; ' order by breaks.note) as note
        from changed
        inner join breaks on {{ is_about_figure("breaks", "changed") }}
        where breaks.valid_from > changed.first_information_date and breaks.valid_from <= changed.information_date
        group by changed.figure_id
    ),

    headers as (select distinct column_header from cells),

    change_headers as (
        select headers.column_header, change_terms.change_kind, change_terms.precedence
        from headers
        inner join change_terms on regexp_matches(lower(headers.column_header), change_terms.header_pattern)
    ),

    -- A column printed between the two budgets whose amount is the change.
    printed_changes as (
        select changed.figure_id, change_headers.change_kind
        from changed
        inner join cells on changed.row_id = cells.row_id
        inner join change_headers on cells.column_header = change_headers.column_header
        where
            changed.document_id = changed.first_document_id
            and abs(
                abs(cast(cells.printed_value as decimal(28, 4)) * cells.tkr_factor)
                - abs(changed.amount_tkr - changed.first_budget_tkr)
            )
            <= changed.precision_tkr
        qualify row_number() over (partition by changed.figure_id order by change_headers.precedence, cells.col_no) = 1
    ),

    explained as (
        select
            changed.*,
            decisions.decided_on,
            coalesce(decisions.explanation, reorganised.note) as explanation,
            case
                when decisions.change_kind is not null
                then decisions.change_kind
                when printed_changes.change_kind is not null
                then printed_changes.change_kind
                when
                    changed.breakdown <> 'cost_type'
                    and changed.is_addable
                    and changed.sum_is_unchanged
                    and changed.several_changed
                then 'reallocated'
                when reorganised.figure_id is not null
                then 'technical'
                else 'unknown'
            end as change_kind
        from changed
        left join reorganised on changed.figure_id = reorganised.figure_id
        left join printed_changes on changed.figure_id = printed_changes.figure_id
        left join
            decisions
            on changed.municipality_code = decisions.municipality_code
            and {{ label_key("changed.committee") }} = {{ label_key("decisions.committee") }}
            and year(changed.period_end) = decisions.fiscal_year
            and changed.line_code = decisions.line_code
            and changed.activity_code = decisions.activity_code
            and changed.document_id = decisions.later_document_id
    )

select
    explained.municipality_code,
    explained.municipality,
    explained.committee,
    {{ committee_id("explained.municipality_code", "explained.committee") }} as committee_id,
    explained.subject_scope,
    {{ wording_sv("'subject_scope'", "explained.subject_scope") }} as subject_scope_sv,
    explained.line_code,
    explained.line_label,
    explained.row_label,
    explained.activity_code,
    {{ activity_label("explained.activity_code") }} as activity_label,
    explained.breakdown,
    {{ wording_sv("'breakdown'", "explained.breakdown") }} as breakdown_sv,
    explained.line_role,
    {{ wording_sv("'line_role'", "explained.line_role") }} as line_role_sv,
    explained.is_addable,
    cast(year(explained.period_end) as integer) as fiscal_year,
    explained.first_document_id,
    explained.first_budget_version,
    {{ wording_sv("'budget_version'", "explained.first_budget_version") }} as first_budget_version_sv,
    cast(explained.first_budget_tkr as decimal(18, 3)) as first_budget_tkr,
    explained.document_id as later_document_id,
    explained.known_version as later_budget_version,
    {{ wording_sv("'budget_version'", "explained.known_version") }} as later_budget_version_sv,
    cast(explained.amount_tkr as decimal(18, 3)) as later_budget_tkr,
    cast(explained.amount_tkr - explained.first_budget_tkr as decimal(18, 3)) as change_tkr,
    explained.change_kind,
    {{ wording_sv("'budget_change_kind'", "explained.change_kind") }} as change_kind_sv,
    explained.decided_on,
    explained.explanation,
    explained.first_figure_id,
    explained.figure_id as later_figure_id,
    {{
        source_ref(
            "explained.municipality",
            "explained.document_title",
            "tables.section",
            "tables.table_title",
            "explained.row_label",
        )
    }} as source_ref,
    explained.is_mapped,
    {{
        answer_row_id(
            [
                "explained.municipality_code",
                "explained.committee",
                "explained.subject_scope",
                "explained.line_code",
                "explained.activity_code",
                "explained.breakdown",
                "explained.period_end",
                "explained.first_document_id",
                "explained.first_budget_version",
                "explained.document_id",
                "explained.known_version",
            ]
        )
    }} as row_id
from explained
inner join tables on explained.table_id = tables.table_id
