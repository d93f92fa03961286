"""Finding words in a whole library: an index of every episode, what may be typed, and what is found."""
