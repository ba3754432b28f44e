"""What translates between people, machines and the office's verbs; it decides nothing."""
