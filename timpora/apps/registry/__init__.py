"""Foreigners as sources describe them: records, the persons they form, and dated facts."""
