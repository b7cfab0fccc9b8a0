"""补录 what was taken in on paper sheets printed beforehand: the sheets, the entry from them, the second person's check."""
