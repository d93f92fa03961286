"""Facts carried to the window: what is open, heard, found and kept becomes what is seen."""
