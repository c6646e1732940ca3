"""The console's doors to other programs: HTTP in and out."""
