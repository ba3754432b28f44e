"""Letters of an operation: what each prints, and its printed form beside it."""
