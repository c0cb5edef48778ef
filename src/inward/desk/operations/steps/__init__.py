"""What the acts on cases are made of: a case that is locked and acted on, how one comes into being, what is said in it, how it is found."""
