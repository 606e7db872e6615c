"""The one exception a user may see."""


class Refusal(Exception):
    """A file or a wish that cannot be served: one clear Chinese sentence that says what to do. Exit code 2."""
