"""The real window with a big day: what a dispatcher feels, and what eight hours do to memory."""
