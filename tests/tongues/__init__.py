"""What people read: found in the source, kept in catalogues, looked for in the window."""
