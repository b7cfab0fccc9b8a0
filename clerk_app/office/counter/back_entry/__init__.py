"""补录 the acts around paper kits: printing and keeping them, entering what they say, checking it."""
