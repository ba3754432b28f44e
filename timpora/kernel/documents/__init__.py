"""Letters: printed once, numbered without a gap, kept unchanged, open to verification by their holders."""
