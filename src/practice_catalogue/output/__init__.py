"""What is to be written, and how it reaches the disk."""
