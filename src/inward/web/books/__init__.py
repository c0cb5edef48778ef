"""The books: journal, trial balance, accounts, months and exports, for controllers."""
