"""Azure Queue storage, path-style: queues, their counts, and peeking at what may be seen.

Receiving is refused as a reader would be refused: it changes the queue. Not imitated: writing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from xml.sax.saxutils import escape, quoteattr

from connectors._sample_tenant._model_storage import Queue, QueueMessage
from connectors._sample_tenant._roles import QUEUE_READER
from connectors._sample_tenant._service_gate import pass_gate, unknown_options
from connectors._sample_tenant._storage import (
    as_xml,
    echo,
    included,
    mismatch,
    moment,
    refused,
    results,
    storage_headers,
)
from connectors._sample_tenant._wire import Answer, Call

_SINCE = "2017-11-09"
_PEEKED = 32
_LISTING = frozenset({"comp", "include", "prefix", "marker", "maxresults", "timeout"})


class QueueService:
    """Answers of the queue service of one account."""

    def __init__(self, queues: Sequence[Queue], url: str) -> None:
        """``url`` is the service's address."""
        self._queues = {queue.name: queue for queue in sorted(queues, key=lambda q: q.name)}
        self._url = url

    def handle(self, call: Call, identity: str) -> Answer:
        """Answer a call below the service's address."""
        pass_gate(call, identity, QUEUE_READER, _SINCE)
        match call.segments[1:]:
            case ():
                return self._list(call)
            case (name,):
                return self._facts(call, self._queue(name))
            case (name, "messages"):
                return _peek(call, self._queue(name))
            case _:
                pass
        raise refused(400, "InvalidUri", "The requested URI does not represent any resource.")

    def _queue(self, name: str) -> Queue:
        if name not in self._queues:
            raise refused(404, "QueueNotFound", "The specified queue does not exist.")
        return self._queues[name]

    def _list(self, call: Call) -> Answer:
        if call.query.get("comp") != "list":
            raise refused(400, "InvalidQueryParameterValue", "comp is invalid.")
        unknown_options(call, _LISTING)
        included(call, {"metadata"})
        prefix, marker, most = (
            call.query.get("prefix", ""),
            call.query.get("marker", ""),
            results(call),
        )
        names = [name for name in self._queues if name.startswith(prefix) and name >= marker]
        rows = "".join(f"<Queue><Name>{escape(name)}</Name></Queue>" for name in names[:most])
        following = names[most] if len(names) > most else ""
        return as_xml(
            f"<EnumerationResults ServiceEndpoint={quoteattr(self._url + '/')}>{echo(call)}"
            f"<Queues>{rows}</Queues><NextMarker>{following}</NextMarker></EnumerationResults>"
        )

    @staticmethod
    def _facts(call: Call, queue: Queue) -> Answer:
        match call.query.get("comp"):
            case "metadata":
                many = len(queue.messages) + queue.taken
                headers = {"x-ms-approximate-messages-count": str(many)}
                return Answer(200, b"", storage_headers(headers))
            case "acl":
                raise mismatch()
            case _:
                raise refused(400, "InvalidQueryParameterValue", "comp is invalid.")


def _peek(call: Call, queue: Queue) -> Answer:
    if call.query.get("peekonly") != "true":
        raise mismatch()
    unknown_options(call, frozenset({"peekonly", "numofmessages", "timeout"}))
    text = call.query.get("numofmessages", "1")
    if not text.isdecimal() or not 1 <= int(text) <= _PEEKED:
        raise refused(400, "OutOfRangeQueryParameterValue", "numofmessages is out of range.")
    rows = "".join(map(_message, queue.messages[: int(text)]))
    return as_xml(f"<QueueMessagesList>{rows}</QueueMessagesList>")


def _message(one: QueueMessage) -> str:
    return (
        f"<QueueMessage><MessageId>{one.id}</MessageId>"
        f"<InsertionTime>{moment(one.inserted)}</InsertionTime>"
        f"<ExpirationTime>{moment(one.inserted + timedelta(days=7))}</ExpirationTime>"
        f"<DequeueCount>{one.dequeued}</DequeueCount>"
        f"<MessageText>{escape(one.text)}</MessageText></QueueMessage>"
    )
