"""What follows from the fiches and the vocabularies of a catalogue."""
