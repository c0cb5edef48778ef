"""The door: sign in and out, choose a password, whom I act for, which language and look."""
