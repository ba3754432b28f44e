"""Reading the log: who looked at whom and why, and whether the log is whole."""
