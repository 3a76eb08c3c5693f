"""Stands before a service and makes trouble: of the requests to an address, the first is
answered 503 with Retry-After, the second is done and its answer cut off, the others pass.

    flaky.py ADDRESS-OF-THE-SERVICE    prints its own address
"""

import http.client
import http.server
import sys
import threading
import urllib.parse

service = urllib.parse.urlsplit(sys.argv[1])
seen, lock = {}, threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with lock:
            seen[self.path] = seen.get(self.path, 0) + 1
            times = seen[self.path]
        if times == 1:
            self.send_response(503)
            self.send_header("Retry-After", "1")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        upstream = http.client.HTTPConnection(service.netloc)
        upstream.request(self.command, self.path, body, {k: v for k, v in self.headers.items() if k != "Host"})
        answer = upstream.getresponse()
        data = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if times == 2 else data)
        if times == 2:
            self.wfile.flush()
            self.close_connection = True

    do_GET = do_POST = handle_any

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
