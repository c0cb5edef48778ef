"""The faces people see: one package per audience over shared components. Views translate; they hold no rules."""
