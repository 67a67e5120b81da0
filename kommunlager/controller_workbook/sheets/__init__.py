"""The sheets, in the order of the five questions; each module has those of one."""

from kommunlager.controller_workbook.sheets.budget import BUDGET_SHEETS
from kommunlager.controller_workbook.sheets.changes import CHANGE_SHEETS
from kommunlager.controller_workbook.sheets.comparisons import COMPARISON_SHEETS
from kommunlager.controller_workbook.sheets.goals import GOAL_SHEETS
from kommunlager.controller_workbook.sheets.sheet import Column, Sheet, Topic
from kommunlager.controller_workbook.sheets.trust import TRUST_SHEETS

SHEETS = (*BUDGET_SHEETS, *CHANGE_SHEETS, *GOAL_SHEETS, *COMPARISON_SHEETS, *TRUST_SHEETS)

__all__ = ["SHEETS", "Column", "Sheet", "Topic"]
