"""Papers of a field examination: what each prints, and its printed form beside it."""
