"""Office screens and the live posko."""
