"""What can be given away: pages, films, reels and folders of clips. Here words and sound meet once more."""
