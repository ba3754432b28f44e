"""Documented discrepancies (indikasi): cited rules over facts, verdicts of officers, the error ledger."""
