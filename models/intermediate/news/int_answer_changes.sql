with
    now_answers as (select * from {{ ref("int_answers") }}),
    answers_before as (select * from {{ ref("stg_published__answers") }}),
    compared_release as (select * from {{ ref("stg_published__release") }}),
    compared_kinds as (select * from {{ ref("int_compared_subjects") }} where is_compared),

    -- Every answer that is new, gone or different.
    differences as (
        select
            coalesce(answers.subject_kind, earlier.subject_kind) as subject_kind,
            coalesce(answers.subject_key, earlier.subject_key) as subject_key,
            coalesce(answers.municipality_code, earlier.municipality_code) as municipality_code,
            coalesce(answers.municipality, earlier.municipality) as municipality,
            coalesce(answers.committee, earlier.committee) as committee,
            coalesce(answers.subject_label, earlier.subject_label) as subject_label,
            coalesce(answers.subject_year, earlier.subject_year) as subject_year,
            coalesce(answers.is_headline, earlier.is_headline) as is_headline,
            coalesce(answers.is_newsworthy, earlier.is_newsworthy) as is_newsworthy,
            earlier.subject_key is null as is_new,
            answers.subject_key is null as is_gone,
            earlier.state as state_before,
            answers.state as state_now,
            earlier.value as answer_before,
            answers.value as answer_now,
            answers.share_pct - coalesce(earlier.share_pct, 0) as share_change,
            coalesce(earlier.value, answers.value_before) as value_before,
            answers.value as value_now,
            coalesce(earlier.text, answers.text_before) as text_before,
            answers.text as text_now,
            coalesce(earlier.figure_id, answers.other_figure_id) as figure_id_before,
            answers.figure_id as figure_id_now,
            answers.document_id,
            answers.other_document_id,
            earlier.document_id as document_id_before,
            answers.sentence_sv as sentence_now,
            earlier.sentence_sv as sentence_before
        from now_answers as answers
        full outer join
            answers_before as earlier
            on answers.subject_kind = earlier.subject_kind
            and answers.subject_key = earlier.subject_key
        where
            answers.subject_key is null
            or earlier.subject_key is null
            or (answers.state, answers.value, answers.text)
            is distinct from (earlier.state, earlier.value, earlier.text)
    ),

    compared as (
        select differences.*
        from differences
        inner join compared_kinds on differences.subject_kind = compared_kinds.subject_kind
        cross join compared_release
    ),

    documents as (
        select subject_key as document_id, is_gone, is_new or state_before = 'set_aside' as is_new
        from compared
        where subject_kind = 'document'
    ),

    titles as (
        select
            coalesce(answers.subject_key, earlier.subject_key) as document_id,
            coalesce(answers.municipality, earlier.municipality) as municipality,
            coalesce(answers.subject_label, earlier.subject_label) as document_title
        from (select * from now_answers where subject_kind = 'document') as answers
        full outer join
            (select * from answers_before where subject_kind = 'document') as earlier
            on answers.subject_key = earlier.subject_key
    ),

    -- A change belongs to the report that is new or gone, if there is one, else to the report that it is about.
    attributed as (
        select
            compared.*,
            case
                when compared.subject_kind = 'document'
                then compared.subject_key
                when of_value.document_id is not null
                then compared.document_id
                when of_target.document_id is not null
                then compared.other_document_id
                when of_earlier.document_id is not null
                then compared.document_id_before
                else coalesce(compared.document_id, compared.document_id_before)
            end as memo_document_id,
            coalesce(of_value.is_new, false) or coalesce(of_target.is_new, false) as is_of_new_document,
            coalesce(of_earlier.is_gone, false) as is_of_gone_document
        from compared
        left join documents as of_value on compared.document_id = of_value.document_id
        left join documents as of_target on compared.other_document_id = of_target.document_id
        left join documents as of_earlier on compared.document_id_before = of_earlier.document_id
    ),

    ranked as (
        select
            *,
            {{ rank_of_goal("state_before") }} as rank_before,
            {{ rank_of_goal("state_now") }} as rank_now,
            abs(share_change) >= {{ var("news_least_change_pct") }} as is_large
        from attributed
        -- What a new or withdrawn report brings or takes is said by its own news.
        where
            not (subject_kind in ('figure', 'finding') and is_gone and is_of_gone_document)
            and not (subject_kind = 'figure' and is_new and is_of_new_document)
    ),

    trusted as (select subject_key from now_answers where subject_kind = 'deviation' and state = 'forecast_vs_budget'),

    kinds as (
        select
            ranked.*,
            case
                ranked.subject_kind
                when 'document'
                then
                    case
                        when is_gone
                        then 'report_withdrawn'
                        when state_now <> 'used'
                        then case when is_new or state_before = 'used' then 'report_set_aside' end
                        when is_new or state_before = 'set_aside'
                        then 'report_new'
                    end
                when 'deviation'
                then
                    case
                        when is_gone or not is_newsworthy
                        then null
                        when is_new
                        then case when is_headline then 'deviation_new' end
                        when state_now = 'investment'
                        then case when is_large then 'deviation_changed' end
                        when round(answer_now - answer_before) < 0 and (is_headline or is_large)
                        then 'deviation_worsened'
                        when answer_now > answer_before and (is_large or (is_headline and share_change is null))
                        then 'deviation_improved'
                    end
                when 'forecast'
                then
                    case
                        when not is_newsworthy
                        then null
                        when is_new
                        then 'forecast_in_doubt'
                        when is_gone and trusted.subject_key is not null
                        then 'forecast_trusted'
                    end
                when 'goal'
                then
                    case
                        when is_new or (rank_before = 0 and rank_now > 0)
                        then 'goal_judged'
                        when is_gone or rank_now = 0
                        then null
                        when rank_now > rank_before
                        then 'goal_reached'
                        when rank_now < rank_before
                        then 'goal_lost'
                    end
                when 'target'
                then case when is_new then 'target_moved' end
                when 'budget'
                then case when is_newsworthy and not is_gone and (is_headline or is_large) then 'budget_changed' end
                when 'restatement'
                then case when is_new then 'figure_restated' end
                when 'finding'
                then
                    case
                        when is_newsworthy and state_now like '%/open' and state_before is distinct from state_now
                        then 'finding_opened'
                        when is_newsworthy and state_before like '%/open'
                        then 'finding_closed'
                    end
                when 'figure'
                then case when not is_new and not is_gone then 'figure_changed' end
                when 'key_figures'
                then 'key_figures_changed'
            end as told_as
        from ranked
        left join trusted on ranked.subject_key = trusted.subject_key
    )

select
    kinds.subject_kind,
    kinds.subject_key,
    kinds.subject_label,
    kinds.subject_year,
    coalesce(told_as, 'minor_changes') as change_kind,
    kinds.municipality_code,
    kinds.municipality,
    kinds.committee,
    kinds.memo_document_id as document_id,
    case
        when kinds.subject_kind = 'key_figures'
        then 'Nyckeltal'
        else concat_ws(': ', titles.municipality, titles.document_title)
    end as heading_sv,
    case
        told_as
        when 'report_withdrawn'
        then 'Rapporten är borttagen, och dess uppgifter räknas inte längre'
        when 'report_set_aside'
        then
            case
                state_now
                when 'set_aside'
                then 'Rapporten är undantagen och ingår inte: '
                else 'Den senaste versionen är undantagen, och den tidigare gäller: '
            end
            || sentence_now
        when 'deviation_worsened'
        then {{ changed_deviation_sv("'Försämring'") }}
        when 'deviation_improved'
        then {{ changed_deviation_sv("'Förbättring'") }}
        when 'deviation_changed'
        then {{ changed_deviation_sv("'Ändring'") }}
        when 'forecast_trusted'
        then kinds.subject_label || ': det som talade mot prognosen gäller inte längre'
        when 'goal_lost'
        then sentence_now || '. Tidigare: ' || {{ in_sentence("text_before") }}
        when 'goal_reached'
        then sentence_now || '. Tidigare: ' || {{ in_sentence("text_before") }}
        when 'finding_closed'
        then coalesce(sentence_now, sentence_before)
        when 'figure_changed'
        then
            kinds.subject_label
            || ': '
            || coalesce(nullif(text_before, ''), 'tom cell')
            || ' är ändrat till '
            || coalesce(nullif(text_now, ''), 'tom cell')
            || sentence_now
        else sentence_now
    end as sentence_sv,
    state_before,
    state_now,
    cast(value_before as decimal(18, 4)) as value_before,
    cast(value_now as decimal(18, 4)) as value_now,
    text_before,
    text_now,
    figure_id_before,
    figure_id_now,
    kinds.is_headline,
    abs(coalesce(value_now, 0) - coalesce(value_before, 0)) as weight
from kinds
left join titles on kinds.memo_document_id = titles.document_id
left join titles as titles_before on kinds.document_id_before = titles_before.document_id
-- What a report that is new or gone changes is in its own counts, unless it is a piece of news by itself.
where told_as is not null or not (is_new and is_of_new_document or is_gone and is_of_gone_document)
