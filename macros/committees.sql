{#
  A label in the form in which committees are named: lower case, without code, note, sum word or short form in
  brackets, `och` for `&`. `10 Vård- & omsorgsnämnd (VON)*` -> `vård- och omsorgsnämnd`.
#}
{% macro bare_committee_name(label) -%}
    trim(
        regexp_replace(
            regexp_replace(
                {{ label_key(plain_print(label)) }},
                '^\d[\d .]* |^- ?|^(summa|totalt|s:a) | ?\([^)]*\)$|,? (netto|totalt)$',
                '',
                'g'
            ),
            ' (&|o\.?|samt) ',
            ' och ',
            'g'
        )
    )
{%- endmacro %}

{#
  The committee that a label names, in the definite form: `Vård- & omsorgsnämnd` -> `Vård- och omsorgsnämnden`. NULL
  where the label says more than a name, or only that it is a committee (`Nämnd`, `Ärenden till socialnämnden`).
#}
{% macro committee_name(label) -%}
    {%- set bare = bare_committee_name(label) -%}
    case
        when
            regexp_full_match(
                {{ bare }},
                '((\pL+-?,? )+och )?(\pL+ )?\pL[\pL-]*nämnd(en)?|\pL+ nämnd(en)?|(gemensam(ma)? )?nämnd(en)? för \pL.*'
                || '|kommunstyrelsen?|kommunfullmäktige|överförmyndaren?|valnämnd(en)?'
                || '|(stads|kommun)?revision(en)?|revisorer(na)?|revisorskollegi(um|et)'
            )
            and not regexp_matches(
                {{ bare }},
                '^(antal|andel|av|avser|beslut|den|från|för|gemensam|gemensamma|hos|i|inom|med|om|per|politisk|summa|till'
                || '|total|totala|varav|ärenden|övrig|övriga) (?:\pL*nämnd(?:en)?$|.*ärenden)'
            )
        then
            regexp_replace(
                regexp_replace(
                    upper(left({{ bare }}, 1)) || substr({{ bare }}, 2), '(nämnd|revision)( för .*)?$', '\1en\2'
                ),
                '^(Kommunstyrelse|Överförmyndare)$',
                '\1n'
            )
    end
{%- endmacro %}
