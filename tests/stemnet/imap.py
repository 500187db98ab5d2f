"""A small IMAP server in this process, with one folder of mails, which remembers what was read."""

import re
import socketserver
import threading

FETCH = re.compile(rb"(\S+) FETCH (\d+)", re.IGNORECASE)


class Mailbox(socketserver.ThreadingTCPServer):
    """Holds ``mails``; ``seen`` are the numbers of those that were marked as read."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, mails=(), *, password="secret"):
        super().__init__(("127.0.0.1", 0), Session)
        self.mails, self.seen, self.password = list(mails), set(), password
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()


class Session(socketserver.StreamRequestHandler):
    """One client (RFC 3501, as far as the portal speaks it)."""

    def handle(self):
        self.say(b"* OK ready")
        while line := self.rfile.readline().rstrip(b"\r\n"):
            tag, verb = line.split()[:2]
            answer = getattr(self, verb.decode().lower(), None)
            done = answer(line) if answer else True
            self.say(tag + (b" OK done" if done is not False else b" NO refused"))
            if verb.upper() == b"LOGOUT":
                return

    def capability(self, _line):
        self.say(b"* CAPABILITY IMAP4rev1")

    def login(self, line):
        return self.server.password.encode() in line

    def select(self, _line):
        self.say(b"* %d EXISTS" % len(self.server.mails))

    def search(self, _line):
        unread = [n for n in range(1, len(self.server.mails) + 1) if n not in self.server.seen]
        self.say(b"* SEARCH " + b" ".join(b"%d" % number for number in unread))

    def fetch(self, line):
        number = int(FETCH.match(line)[2])
        mail = self.server.mails[number - 1]
        self.say(b"* %d FETCH (BODY[]<0> {%d}" % (number, len(mail)))
        self.wfile.write(mail)
        self.say(b")")

    def store(self, line):
        self.server.seen.add(int(line.split()[2]))

    def logout(self, _line):
        self.say(b"* BYE")

    def say(self, words):
        self.wfile.write(words + b"\r\n")
