"""电脑 the hall's machines: which are enrolled, silent or old, what is enrolled, swapped or lost, which certificates run out."""
