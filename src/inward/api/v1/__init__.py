"""Version 1 of the API: one module per room, each a router with its schemas beside it."""
