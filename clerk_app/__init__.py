"""办公室 the office without a screen: rooms, journal, store and sync; it runs headless and knows no Qt."""
