"""分办 the view of who has which accepted case, what is nobody's, and how much each has."""
