"""Doorstep, a desktop dispatch console for last-mile delivery."""

__version__ = "0.1.0"
