"""Hands a study's tables to Excel and takes them back: nothing is written before everybody sees what would change."""

from cjm_helpers.study.excel.back import ExcelChanges, read_excel
from cjm_helpers.study.excel.book import write_excel

__all__ = ["ExcelChanges", "read_excel", "write_excel"]
