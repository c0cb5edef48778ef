"""What those who build Inward run by hand; nothing here is installed."""
