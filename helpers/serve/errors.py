"""Why a worker does not do a job."""


class Refused(ValueError):
    """A job that asks for what cannot be done; the message names it and the fix."""


class NotReady(RuntimeError):
    """A job whose parts cannot be loaded; the message names them and the fix."""


class Cancelled(BaseException):
    """Whoever asked has left. It is no `Exception`, so that nothing on the way takes it for one."""
