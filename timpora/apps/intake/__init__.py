"""Agencies' lists in: reading, column mapping, validation, linkage, review of doubtful pairs."""
