{# A deviation in words: `7,1 mnkr sämre än budget`; investments are lower or higher. #}
{% macro deviation_in_words(tkr, is_investment) -%}
    case
        when round({{ tkr }}) = 0
        then 'enligt budget'
        else
            {{ amount_in_words(tkr) }} || case
                when {{ is_investment }}
                then case when {{ tkr }} > 0 then ' lägre' else ' högre' end
                else case when {{ tkr }} > 0 then ' bättre' else ' sämre' end
            end
            || ' än budget'
    end
{%- endmacro %}

{# A label with the gender that its figures are about. #}
{% macro gendered_label(label, gender) -%}
    {{ label }} || case {{ gender }} when 'K' then ', kvinnor' when 'M' then ', män' else '' end
{%- endmacro %}

{# Words that begin with a capital letter, as they are within a sentence. #}
{% macro in_sentence(words) -%} lower({{ words }} [1]) || {{ words }} [2:] {%- endmacro %}

{# A value with its unit: `86 %`, `ja`; NULL without a value. #}
{% macro value_in_words(value, unit) -%}
    case
        when {{ unit }} = 'yes_no'
        then case when {{ value }} = 0 then 'nej' else 'ja' end
        else concat_ws(' ', {{ swedish_print_short(value) }}, {{ wording_sv("'unit'", unit) }})
    end
{%- endmacro %}

{# A day in words: `31 augusti 2025`. #}
{% macro swedish_day(day) -%}
    day({{ day }}) || ' ' || {{ swedish_month(day) }} || ' ' || year({{ day }})
{%- endmacro %}

{# How good the status of a goal is; 0 where it can't be judged. #}
{% macro rank_of_goal(status) -%}
    case {{ status }} when 'met' then 3 when 'partly_met' then 2 when 'not_met' then 1 else 0 end
{%- endmacro %}

{# A deviation with what it was before (and where that was said, if in another report), and by how much it changed. #}
{% macro changed_deviation_sv(verdict) -%}
    split_part(sentence_now, '. Tidigare prognos: ', 1)
    || '. Tidigare: '
    || text_before
    || case
        when kinds.document_id is distinct from kinds.document_id_before
        then coalesce(' (' || titles_before.document_title || ')', '')
        else ''
    end
    || '. '
    || {{ verdict }}
    || ': '
    || {{ amount_in_words("answer_now - answer_before") }}
{%- endmacro %}

{# When a release was made, in Swedish time: `28 november 2026 kl. 06.00`. #}
{% macro release_time_sv(released_at) -%}
    {%- set local = "(" ~ released_at ~ " at time zone 'UTC' at time zone 'Europe/Stockholm')" -%}
    {{ swedish_day(local) }} || strftime({{ local }}, ' kl. %H.%M')
{%- endmacro %}

{# The order of news of one kind: what speaks for the committee first, investments last, the largest change first. #}
{% macro weightiest_first() -%}
    is_headline desc nulls last, state_now = 'investment' nulls first, weight desc nulls last, subject_key
{%- endmacro %}
