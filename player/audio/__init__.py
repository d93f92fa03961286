"""Sound: engines behind one seam, a clock that says what is heard now, and the one owner of time."""
