"""The moments of a seller's day: keys counted, from the key press to the painted result."""
