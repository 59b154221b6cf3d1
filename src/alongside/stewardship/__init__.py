"""What comes in and goes out, and what is kept: exchange of files and, later, privacy."""
