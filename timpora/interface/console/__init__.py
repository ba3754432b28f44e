"""Commands of the office's server room."""
