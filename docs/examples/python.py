"""Says something to somebody, and shows what is said from there on: nothing twice, and nothing is missed.

    pip install websockets
    LOGIN=bruno PASSWORD=… WITH=amina python docs/examples/python.py "The kettle is on."
"""

import json
import os
import random
import sys
import time
import urllib.error
import urllib.request
import uuid

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

SALON = os.environ.get("SALON", "http://127.0.0.1:3000")
API = f"{SALON}/api/v1"
tokens = {}


def request(method, path, body=None, shows=True):
    headers = {"Content-Type": "application/json"}
    if shows:
        headers["Authorization"] = f"Bearer {tokens['access_token']}"
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(API + path, data, headers, method=method), timeout=30) as answer:
        return json.load(answer)


def ask(method, path, body=None, shows=True):
    """Asks until there is an answer. To be used for what may be asked twice."""
    wait = 0.5
    while True:
        try:
            return request(method, path, body, shows)
        except urllib.error.HTTPError as refused:
            if refused.code == 401 and shows:
                renew()
            elif refused.code == 429:
                time.sleep(int(refused.headers["Retry-After"]))
            elif refused.code < 500:
                raise
            else:
                time.sleep(wait * random.random())
        except OSError:
            time.sleep(wait * random.random())
        wait = min(wait * 2, 30)


def log_in():
    tokens.update(ask("POST", "/tokens", {"login": os.environ["LOGIN"], "password": os.environ["PASSWORD"]}, False))


def renew():
    """The refresh token is good once: if the answer gets lost, so is the log-in."""
    try:
        tokens.update(request("POST", "/tokens/refresh", {"refresh_token": tokens["refresh_token"]}, False))
    except OSError:
        log_in()


class Talk:
    """What is said in one conversation. Everything up to `number` has been shown."""

    def __init__(self, conversation, number):
        self.conversation, self.number = conversation, number
        self.waiting, self.resuming = {}, True

    def listen(self):
        wait = 0.5
        while True:
            # Waits for the server, and renews the tokens if they have ended.
            ask("GET", "/me")
            try:
                self.hear()
                wait = 0.5
            except (OSError, WebSocketException):
                wait = min(wait * 2, 30)
            time.sleep(wait * random.random())

    def hear(self):
        """Until the connection is lost."""
        headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        address = API.replace("http", "ws", 1) + "/live"
        with connect(address, subprotocols=["salon.v1"], additional_headers=headers) as self.socket:
            for text in self.socket:
                self.take(json.loads(text))

    def take(self, frame):
        if frame["type"] == "hello":
            self.resume()
        elif frame.get("conversation") != self.conversation:
            pass
        elif frame["type"] == "resumed":
            self.resumed(frame)
        else:
            if frame.get("revision", 0) > self.number:
                self.waiting[frame["revision"]] = frame
            if not self.resuming:
                self.show()

    def resume(self):
        self.resuming = True
        self.waiting.clear()
        self.socket.send(json.dumps({"type": "resume", "conversations": {self.conversation: self.number}}))

    def resumed(self, frame):
        """All that has changed up to `through` has come; or it was too much, and is to be read."""
        if frame["limited"]:
            self.read()
        for revision in sorted(self.waiting):
            if revision > frame["through"]:
                break
            told = self.waiting.pop(revision)
            if not frame["limited"]:
                self.told(told)
        self.number = max(self.number, frame["through"])
        self.resuming = False
        self.show()

    def show(self):
        """Shows what follows without a hole. A hole is a reason to ask."""
        while self.number + 1 in self.waiting:
            self.number += 1
            self.told(self.waiting.pop(self.number))
        if self.waiting:
            self.resume()

    def read(self):
        """Messages behind the number, from the newest page backwards."""
        path = f"/conversations/{self.conversation}/messages"
        page = ask("GET", path)
        found = page["items"]
        while page["older"] and found[0]["position"] > self.number:
            page = ask("GET", f"{path}?cursor={page['older']}")
            found = page["items"] + found
        for message in found:
            if message["position"] > self.number:
                self.told({"type": "message", **message})

    def told(self, frame):
        if frame["type"] == "message":
            print(f"{frame['sender']}: {frame['body']}", flush=True)


log_in()
conversation = ask("POST", "/conversations", {"with": os.environ["WITH"]})["id"]
# Said once, however often it has to be asked: that is what the key is for.
new = {"body": sys.argv[1], "client_key": str(uuid.uuid4())}
said = ask("POST", f"/conversations/{conversation}/messages", new)
Talk(conversation, said["position"] - 1).listen()
