"""The Excel file for controllers: lists as Excel tables, made from the published marts; of all committees or of one."""

from kommunlager.controller_workbook.committee import Committee
from kommunlager.controller_workbook.workbook import write_committee_workbook, write_controller_workbook

__all__ = ["Committee", "write_committee_workbook", "write_controller_workbook"]
