"""Who may sign in and act: users, roles over parties for a period, acting for another, tokens for machines."""
