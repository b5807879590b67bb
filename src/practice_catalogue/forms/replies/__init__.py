"""Reads the replies to the mails of `review --mails`: corrections of fiches, and notes for a person."""
