"""Examination, administrative measures (TAK), objections, letters and custody."""
