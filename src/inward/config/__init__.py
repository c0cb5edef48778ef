"""The only place that knows all: settings, addresses, and how the server starts."""
