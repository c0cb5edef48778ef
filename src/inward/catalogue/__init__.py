"""What is offered inside, by whom, at which prices. See README.md."""
