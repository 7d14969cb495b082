"""What must be true of a scenario before anybody practises it, proved over every state that can be reached."""
