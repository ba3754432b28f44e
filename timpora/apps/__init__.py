"""One Django app per capability, low to high."""
