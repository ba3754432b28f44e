"""Agencies, offices, officers and their dated assignments; builds the Actor at the edge."""
