"""The Excel file for controllers: one sheet per question, made from the published marts."""

from kommunlager.controller_workbook.workbook import write_controller_workbook

__all__ = ["write_controller_workbook"]
