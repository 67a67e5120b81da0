with
    gaps as (select * from {{ ref("stg_published__gaps") }}),

    subjects as (
        select *
        from
            (
                values
                    ('document', 'documents'),
                    ('deviation', 'budget_deviations'),
                    ('forecast', 'budget_deviations'),
                    ('goal', 'goal_fulfilment'),
                    ('target', 'target_changes'),
                    ('budget', 'budget_changes'),
                    ('restatement', 'restatements'),
                    ('finding', 'audit_findings'),
                    ('figure', 'reported_figures'),
                    ('key_figures', 'data_coverage'),
                    ('key_figures', 'key_figure_revisions')
            ) as listed(subject_kind, mart)
    )

select
    subjects.subject_kind,
    {{ wording_sv("'news_subject'", "subjects.subject_kind") }} as subject_kind_sv,
    count(gaps.mart) = 0 as is_compared
from subjects
left join gaps on subjects.mart = gaps.mart
group by subjects.subject_kind
