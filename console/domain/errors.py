"""Why the console says no: a verdict for the dispatcher, never a traceback."""


class ConsoleError(Exception):
    """An expected failure.

    ``message`` says what is wrong and names the file, row or field; ``remedy`` says what to do
    about it, or is empty.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class Rejected(Exception):  # noqa: N818 - the field's word: a command is rejected
    """A command does not fit the plan.

    ``reason`` is a stable key that ``console.wording`` turns into a sentence; ``details`` are its
    numbers and ids.
    """

    def __init__(self, reason: str, **details: object) -> None:
        super().__init__(reason, details)
        self.reason = reason
        self.details = details


class Stale(Exception):  # noqa: N818 - a state of the caller, not a defect
    """Another desk wrote this version of the stream first: pull, rebase and try again."""
