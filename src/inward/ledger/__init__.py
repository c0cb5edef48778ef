"""What was owed and settled: balanced, append-only books per company. See README.md."""
