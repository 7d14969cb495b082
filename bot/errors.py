"""Mistakes of the person at the keyboard: shown in one sentence, without a traceback, each with its exit code."""


class UserError(Exception):
    """Something the operator or an author can put right; the message says what and how."""

    exit_code = 2


class ContentError(UserError):
    """Content that cannot be used; the message lists every fault as ``file:line: what``."""

    exit_code = 1
