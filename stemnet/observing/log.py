"""The log: one line of JSON a record, without people, private links, or anything of an evaluation."""

import logging

import structlog

UNSEEN = "/evaluation/"
SHARED: list[structlog.types.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


class FaultNumbers(logging.Filter):
    """Write the number of a fault that its page says (`stemnet.problems`)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the number from the request; the record is always written."""
        if number := getattr(getattr(record, "request", None), "fault_number", ""):
            record.fault = number
        return True


class EvaluationsUnseen(logging.Filter):
    """Keep what Django itself would log about a request to an evaluation out of every log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record may be written; a fault is kept without path, person or answer."""
        path = getattr(getattr(record, "request", None), "path", "")
        if UNSEEN not in f"{path} {record.getMessage()}":
            return True
        if record.levelno < logging.ERROR:
            return False
        fault = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "fault"
        record.msg, record.args, record.exc_info, record.exc_text = f"An evaluation: {fault}", (), None, None
        record.__dict__.pop("request", None)
        return True


class PathsUnseen(logging.Filter):
    """Write the pattern of an address where Django would write its path, which may be a private link.

    A "no", such as 403 to somebody who may not do this, is no fault, and needs no traceback.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Put the pattern into the record; the record is always written."""
        request = getattr(record, "request", None)
        if request is not None and record.levelno < logging.ERROR:
            record.exc_info, record.exc_text = None, None
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            pattern = match.route if match else "no such address"
            record.args = tuple(pattern if argument == path else argument for argument in record.args)
        return True


def json_formatter() -> logging.Formatter:
    """Return the formatter that writes every record, of structlog or of logging, as a line of JSON."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow=["fault"]),
            *SHARED,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
    )


def set_up_logging() -> None:
    """Let structlog hand its records to logging, whose one handler writes them."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
