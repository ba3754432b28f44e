"""Opening an agency's list safely: XLSX or CSV, whatever the file is called."""

from timpora.apps.intake.reading.opening import open_table
from timpora.apps.intake.reading.table import Notice, Row, Table

__all__ = ["Notice", "Row", "Table", "open_table"]
