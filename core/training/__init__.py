"""Training of new checkpoints, and the measuring of them."""
