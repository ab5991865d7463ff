"""A relay that misbehaves on command."""

import email
import email.policy
import socket
import socketserver
import threading


class BadRelay:
    """Speaks SMTP; what goes wrong is decided mail by mail.

    `plan` holds, for the next mails in turn, one of: `ok`, `drop` (takes the mail and closes without a
    word), `midway` (closes in the middle of the mail), `later` (4xx), `never` (5xx at the end),
    `nobody` (no such mailbox), `slow` (takes its time); when it is empty all is well.
    """

    def __init__(self, port=0, pause=0.5):
        self.taken = []
        self.dropped = []
        self.connections = 0
        self.open = []
        self.plan = []
        self.pause = pause
        self.lock = threading.Lock()
        relay = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                relay.connections += 1
                relay.open.append(self.request)
                try:
                    relay._talk(self.rfile, self.wfile)
                except (ConnectionError, ValueError):
                    pass

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self.server = Server(("127.0.0.1", port), Handler, bind_and_activate=False)
        self.server.server_bind()
        self.port = self.server.server_address[1]

    def start(self):
        self.server.server_activate()
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        for peer in self.open:
            try:
                peer.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _next(self):
        with self.lock:
            return self.plan.pop(0) if self.plan else "ok"

    def _talk(self, reader, writer):
        def say(text):
            writer.write(text.encode() + b"\r\n")

        say("220 relay.test ESMTP")
        recipient, fate = None, "ok"
        while line := reader.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                say("250-relay.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES")
            elif verb == b"MAIL":
                fate = self._next()
                say("250 2.1.0 ok")
            elif verb == b"RCPT":
                recipient = line.decode().split("<")[1].split(">")[0]
                if fate == "nobody":
                    say("550 5.1.1 no such mailbox")
                else:
                    say("250 2.1.5 ok")
            elif verb == b"DATA":
                say("354 go on")
                data = b""
                while (part := reader.readline()) != b".\r\n":
                    if not part:
                        return
                    data += part
                    if fate == "midway":
                        return
                message = email.message_from_bytes(data, policy=email.policy.default)
                if not self._end(say, message, recipient, fate):
                    return
            elif verb == b"QUIT":
                say("221 2.0.0 bye")
                return
            else:
                say("250 2.0.0 ok")

    def _end(self, say, message, recipient, fate):
        if fate == "slow":
            threading.Event().wait(self.pause)
        if fate == "later":
            say("451 4.3.0 later")
        elif fate == "never":
            say("554 5.7.1 never")
        else:
            with self.lock:
                kept = self.dropped if fate == "drop" else self.taken
                kept.append((recipient, str(message["Message-ID"])))
            if fate == "drop":
                return False
            say("250 2.0.0 kept")
        return True

