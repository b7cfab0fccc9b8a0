"""译文 what the window says, found in the source, beside what the catalogues of `resources/languages` say for it."""
