"""A repeatable load: many offices and teams report for days, and some offices stay silent."""
