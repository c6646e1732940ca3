"""Abstract methods of Qt's classes are kept: their metaclass cannot be joined with ABCMeta."""


def require_whole(kind: type[object]) -> None:
    """TypeError for a class that leaves an ``abstractmethod`` open."""
    gaps = [n for n in dir(kind) if getattr(getattr(kind, n), "__isabstractmethod__", False)]
    if gaps:
        raise TypeError(f"{kind.__name__} does not say: {', '.join(gaps)}")
