"""The command line: one module per command, as docs/reference/commands.md names them. Holds no rules."""
