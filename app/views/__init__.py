"""What is drawn of a song along its time."""
