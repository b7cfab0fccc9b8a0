"""收件箱 the page of what came from outside: online applications, bookings, pre-checks."""
