"""补录 the page of paper kits: what is typed off them, who compares it, where the sheets are."""
