"""The desk room: what departments and companies promise those they serve, and by when that is."""
