"""Rules that compare facts and point at discrepancies (indikasi); a human rules out the innocent first."""
