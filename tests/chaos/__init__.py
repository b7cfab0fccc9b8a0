"""乱局 everything goes wrong at random for minutes, and afterwards every command is accounted for."""
