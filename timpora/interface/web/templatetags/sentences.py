"""Sentences of the rooms below, written in the reader's language; known to every template."""

from django import template

from timpora.interface.sentences import told

register = template.Library()
register.filter("told", told)
