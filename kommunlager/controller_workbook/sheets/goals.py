"""The sheets about goals: which are met, which targets moved, and what committees judge in words."""

from kommunlager.controller_workbook.sheets.sheet import Computed, Sheet, Topic
from kommunlager.swedish import ASSUMED_DIRECTION, sql_marks

_DIRECTION = Computed(
    "Målets riktning",
    """
    case
        when mart.operator in ('>=', 'or_better', 'not_lower') then 'Minst'
        when mart.operator in ('<=', 'not_higher') then 'Högst'
        when mart.operator = '>' then 'Mer än'
        when mart.operator = '<' then 'Mindre än'
        when mart.operator = '=' then 'Lika med'
        when mart.operator = 'range' then 'Inom intervallet'
        when mart.operator = 'increase' then 'Öka'
        when mart.operator = 'decrease' then 'Minska'
        when mart.operator = 'improve' then 'Förbättra'
        when mart.operator = 'unchanged' then 'Oförändrat'
        when measure.better_when = 'higher' then 'Minst'
        when measure.better_when = 'lower' then 'Högst'
    end
    """,
    "Om värdet ska vara minst, högst eller lika med målvärdet. För ett målvärde utan tecken gäller den riktning som är"
    " bättre för måttet, se Antaget. Tomt när riktningen inte är känd.",
)

GOALS = Sheet(
    name="Mål",
    topic=Topic.GOALS,
    question="Vilka mål nås, och hur långt är det kvar till de övriga?",
    mart="goal_fulfilment",
    columns=(
        "goal_kind_sv",
        "municipality",
        "committee",
        "target_year",
        "activity_label",
        "indicator_label",
        "gender_sv",
        "target_text_printed",
        _DIRECTION,
        "target_value",
        "value",
        "unit_sv",
        "value_period_end",
        "distance_to_target",
        "status_sv",
        Computed(
            "Antaget",
            sql_marks(ASSUMED_DIRECTION.sql_mark("mart")),
            "Vad bedömningen bygger på som rapporten inte anger. Tomt när inget är antaget.",
        ),
    ),
    details=(
        "source_ref",
        "goal_label",
        "target_low",
        "target_high",
        "status_reason_sv",
        "distance_pct",
        "value_at_same_pace",
        "forecast_equals_target",
        "printed_assessment",
        "scale_position",
        "scale_steps",
        "previous_value",
        "document_value",
        "first_target_text",
        "first_target_value",
        "document_id",
        "value_document_id",
        "target_figure_id",
        "value_figure_id",
    ),
    joins="left join marts.measures as measure on measure.measure_code = mart.measure_code",
    where="mart.is_current",
    note="Senaste målet för varje indikator och år, bedömt efter årets utfall eller den senaste prognosen."
    " Minus betyder att målet inte nås.",
    order="mart.goal_kind desc, mart.target_year desc, mart.municipality, mart.committee, mart.status = 'met',"
    " mart.distance_pct, mart.indicator_label, mart.activity_code, mart.gender desc",
    judged="status_sv",
)
MOVED_TARGETS = Sheet(
    name="Ändrade målvärden",
    topic=Topic.GOALS,
    question="Vilka målvärden har ändrats, och åt vilket håll?",
    mart="target_changes",
    columns=(
        "goal_kind_sv",
        "municipality",
        "committee",
        "target_year",
        "activity_label",
        "indicator_label",
        "gender_sv",
        "unit_sv",
        "first_target_text",
        "later_target_text",
        "change",
        "target_direction_sv",
        "counted_direction_sv",
    ),
    details=(
        "source_ref",
        "is_corrected",
        "first_document_id",
        "later_document_id",
        "first_target_figure_id",
        "later_target_figure_id",
    ),
    note="Varje målvärde som anges i två rapporter, även oförändrade.",
    order="mart.target_direction = 'same', mart.target_year desc, mart.municipality, mart.committee,"
    " mart.indicator_label, mart.activity_code, mart.gender desc, mart.later_document_id",
)
ASSESSMENTS = Sheet(
    name="Bedömningar i ord",
    topic=Topic.GOALS,
    question="Vad bedömer nämnderna i ord: uppdrag, risker, kontroller, behov?",
    mart="assessments",
    columns=(
        "assessment_kind_sv",
        "municipality",
        "committee",
        "as_of_date",
        "group_label",
        "assessment_label",
        "control_label",
        "printed_status",
        "category",
        "start_text",
        "priority",
        "likelihood",
        "consequence",
        "risk_value",
    ),
    details=("source_ref", "start_date", "frequency", "method", "document_id", "assessment_id", "risk_value_figure_id"),
    note="Orden är rapporternas egna. Status är tom när rapporten bara visar en färg.",
    order="mart.assessment_kind, mart.municipality, mart.committee, mart.as_of_date desc",
    key="assessment_id",
)

GOAL_SHEETS = (GOALS, MOVED_TARGETS, ASSESSMENTS)
