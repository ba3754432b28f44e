"""Measurements: each prints its figures and can be run on its own."""
