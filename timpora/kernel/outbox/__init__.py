"""News for whoever stands above: written with the act, heard after the commit."""
