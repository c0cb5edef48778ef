"""What is to be told to whom, in which language, when. See README.md."""
