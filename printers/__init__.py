"""打印 all paper: slip → lines → bytes → a printer that says honestly what came out of it."""
