"""What it all says, and what it would say if something were otherwise. Changes nothing."""
