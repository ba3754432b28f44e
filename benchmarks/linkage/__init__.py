"""How well records are joined into persons, on labelled invented persons."""
