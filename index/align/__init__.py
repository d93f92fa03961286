"""Puts words and sound in step: a clean text with a timed one, words with the sound they are said in."""
