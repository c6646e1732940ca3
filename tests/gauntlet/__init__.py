"""Every fault that could be caused, again and again: nothing acknowledged is lost, ever."""
