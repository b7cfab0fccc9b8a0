"""自检 every point a whole application breaks, found at once; the law is data, the rules only judge."""
