"""Letters of a case: what each prints, and its printed form beside it."""
