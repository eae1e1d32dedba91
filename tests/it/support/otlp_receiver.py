"""Prints what an OTLP receiver got, a line of JSON for each request, after a line with its port."""

import json
import sys
import threading
from http.server import HTTPServer

import oteltest.sink
from google.protobuf.json_format import MessageToDict


class Loopback(HTTPServer):
    """A server of this machine only, at a free port."""

    def __init__(self, _address, handler):
        super().__init__(("127.0.0.1", 0), handler)
        print(self.server_port, flush=True)


class Printer:
    """Prints every request with its headers, and whether it was traces, metrics or logs."""

    def __init__(self):
        self._lock = threading.Lock()

    def _told(self, kind, request, headers):
        line = json.dumps({"kind": kind, "headers": headers, "request": MessageToDict(request)})
        with self._lock:
            print(line, flush=True)

    def handle_trace(self, request, headers):
        self._told("traces", request, headers)

    def handle_metrics(self, request, headers):
        self._told("metrics", request, headers)

    def handle_logs(self, request, headers):
        self._told("logs", request, headers)


class Quiet:
    def info(self, *_):
        pass


oteltest.sink.HTTPServer = Loopback
oteltest.sink.HttpSink(Printer(), Quiet(), daemon=True).start()
# The receiver ends with the test that started it.
sys.stdin.read()
