"""What was said, and when: transcripts as streams of timed words, with no sound and no window."""
