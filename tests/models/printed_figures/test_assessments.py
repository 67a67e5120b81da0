"""`assessments` against the printed pages. Every value was read from a page or calculated by hand."""

from typing import Any

import pytest

from tests.support.printed_pages import ALINGSAS, ANNUAL, ASKERSUND, INTERIM, PLAN, Case, check, matching, words

ASSESSMENTS: list[tuple[Case, Case]] = [
    # Mark 2025, 3.2 line 153 and 194: assignments from the council
    (
        {"document_id": INTERIM, "source_line": 153},
        {"assessment_kind": "assignment", "printed_status": "Pågående", "start_date": "2025-01-01"},
    ),
    (
        {"document_id": INTERIM, "source_line": 194},
        {"assessment_kind": "assignment", "printed_status": "Ej påbörjat", "start_date": "2025-01-01"},
    ),
    # Mark 2025, 8.2 line 1175, 1193 and 1228: questions answered in part, yes and no
    (
        {"document_id": INTERIM, "source_line": 1175},
        {"assessment_kind": "question", "printed_status": "Delvis", "municipality": "Mark"},
    ),
    ({"document_id": INTERIM, "source_line": 1193}, {"assessment_kind": "question", "printed_status": "Ja"}),
    ({"document_id": INTERIM, "source_line": 1228}, {"assessment_kind": "question", "printed_status": "Nej"}),
    # Mark plan, 6.3 lines 586-590
    (
        {"document_id": PLAN, "assessment_kind": "risk", "risk_value": 9},
        {"likelihood": "Möjlig", "consequence": "Kännbar"},
    ),
    # Mark plan, 6.3 lines 607-614
    (
        {"document_id": PLAN, "assessment_kind": "risk", "risk_value": 4},
        {"likelihood": "Mindre sannolik", "consequence": "Lindrig"},
    ),
    # Mark plan, 6.3 line 641
    (
        {"document_id": PLAN, "assessment_label": "Bristfällig dokumentation."},
        {"likelihood": "Möjlig", "consequence": "Allvarlig", "risk_value": 12, "assessment_kind": "risk"},
    ),
    # Mark plan, 10.2 line 832
    (
        {"document_id": PLAN, "assessment_label": "Korttidsboende för vuxna inom LSS 6 platser"},
        {"assessment_kind": "need", "category": "Utökning", "start_year": 2024, "priority": 1},
    ),
    # Mark plan, 10.2 line 845
    (
        {"document_id": PLAN, "assessment_label": "Korttidsboende för barn och unga LSS"},
        {"assessment_kind": "need", "category": "Anpassning", "start_year": 2024, "priority": 1},
    ),
    # Mark plan, 10.2 line 870: the same need for the third time
    (
        {"document_id": PLAN, "assessment_label": "Servicebostäder LSS 6 platser", "start_year": 2032},
        {"category": "Utökning", "priority": 3},
    ),
    # Alingsås, Bilaga 1 line 911 and 937: two controls of one risk
    (
        {"document_id": ALINGSAS, "source_line": 911},
        {
            "assessment_kind": "control",
            "assessment_label": "Bristande likabehandling",
            "frequency": "Del- och årsbokslut",
            "method": "Stickprov",
        },
    ),
    (
        {"document_id": ALINGSAS, "source_line": 937},
        {"assessment_kind": "control", "method": "Granskning av handläggning"},
    ),
]


@pytest.mark.parametrize(("key", "expected"), ASSESSMENTS, ids=words)
def test_an_assessment(warehouse: Any, key: Case, expected: Case) -> None:
    check(warehouse, "assessments", key, expected)


ASSESSMENT_COUNTS: list[tuple[str, str, int]] = [
    # Mark 2025, 3.2: three assignments; 8.2: three questions; 5.2: 1 + 3 + 1 risks
    (INTERIM, "assignment", 3),
    (INTERIM, "question", 3),
    (INTERIM, "risk", 5),
    # Mark plan, 6.3: 1 + 2 + 1 + 1 risks; 10.2: five needs
    (PLAN, "risk", 5),
    (PLAN, "need", 5),
    # Mark 2023, 6.2: 2 + 1 + 1 + 1 + 1 risks
    (ANNUAL, "risk", 6),
    # Alingsås, Bilaga 1: four controls
    (ALINGSAS, "control", 4),
    # Askersund, Uppföljning av program: four programmes
    (ASKERSUND, "programme", 4),
]


@pytest.mark.parametrize(("document", "kind", "expected"), ASSESSMENT_COUNTS)
def test_assessments_of_a_document(warehouse: Any, document: str, kind: str, expected: int) -> None:
    assert len(matching(warehouse, "assessments", {"document_id": document, "assessment_kind": kind})) == expected
