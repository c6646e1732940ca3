"""The store in the window: where it is, its backups, the shared one."""
