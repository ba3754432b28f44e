"""The officers' offline form."""
