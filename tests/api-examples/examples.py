"""Makes the pages of docs/api from the templates beside this file, by asking Salon what they ask.

A template is Markdown. Three things in it are more:

    {{routes                     a table of these paths, each with its methods, as the description has them
    /friends
    PUT /friends/{account}       or of one of its methods
    }}

    {{staff amina}}              makes somebody staff

    ```ask bruno hidden          asks something in the name of Bruno, who is made where he is first named; `nobody` asks
    PUT /friends/$amina          without a token. What is hidden stands on no page
    Idempotency-Key: one

    {"body":"Tea at five"}
    > 409                        the status that must come; without it, one of success
    > talk = items.0.id          what others ask for as `$talk`
    > shows ETag                 headers that are worth showing
    ```

    ```live bruno                listens in the name of Bruno
    < hello                      the type of what must come next
    > {"type":"ping"}            what is said
    ```

In what is asked `$amina` is her id, `$amina_name` what she is called, `$amina_email` her address, `$amina_token` her token;
`$+25h` is a moment that far from now, and a text in `$talk` was kept before. People are one's own on each page, so that
pages can be asked side by side.
"""

import difflib
import json
import os
import re
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

API = "/api/v1"
HERE = Path(__file__).parent
PAGES = HERE.parent.parent / "docs" / "api"
# Everything seems to happen then.
NOON = datetime(2026, 11, 23, 12, tzinfo=timezone.utc)
STARTED = datetime.now(timezone.utc)
PASSWORD = "le thé à cinq heures du soir"
PEOPLE = {
    "amina": (2881, "Amina Diallo"),
    "bruno": (2882, "Bruno Costa"),
    "carla": (2883, "Carla Rossi"),
    "dora": (2884, "Dora Lind"),
}
FIRST_ID = 4161
# As much of a line as is read without scrolling.
WIDTH = 100
# What stands for what differs from run to run, by the name of its field.
ONES_OWN = {
    "client_key": "T5oXzq0hSPiNc3Wb2Lw7Yg",
    "access_token": "eyJhbGciOiJIUzI1NiIs…",
    "refresh_token": "salonr_…",
    "token": "q8Vd3nYx0Jm5Tz1RkE7uWg",
    "path": "/api/v1/hooks/q8Vd3nYx0Jm5Tz1RkE7uWg…",
    "secret": "whsec_…",
    "key": "T5oXzq0hSPiNc3Wb2Lw7Yg",
    "version": "0.1.0",
    "next": "AAABnrzK…",
    "older": "AAABnrzK…",
    "newer": "AAABnrzL…",
}
TAG = '"mK3vT0bXz1Qw8rYp5nLc2A"'


class Wrong(Exception):
    """What a template asks was answered otherwise than it says."""


def send(method, path, body=None, headers=(), token=None):
    """The status, the headers and the text that Salon answers."""
    connection = HTTPConnection(urlsplit(os.environ["SALON_URL"]).netloc, timeout=30)
    headers = dict(headers)
    if body is not None:
        headers.setdefault("Content-Type", "application/json")
        body = body.encode()
    if token:
        headers["Authorization"] = f"Bearer {token}"
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


class Live:
    """A WebSocket (RFC 6455), as far as it takes to read and write small frames of text."""

    def __init__(self, token):
        place = urlsplit(os.environ["SALON_URL"])
        self.socket = socket.create_connection((place.hostname, place.port), timeout=10)
        self.input = self.socket.makefile("rb")
        lines = [
            f"GET {API}/live HTTP/1.1",
            f"Host: {place.netloc}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Protocol: salon.v1",
            f"Authorization: Bearer {token}",
        ]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        answer = list(iter(lambda: self.input.readline().strip(), b""))
        if b" 101 " not in answer[0]:
            raise Wrong(f"no live connection: {answer[0]}")

    def hears(self):
        """The next frame of text."""
        while True:
            kind, length = self.input.read(2)
            if length == 126:
                length = int.from_bytes(self.input.read(2))
            text = self.input.read(length)
            if kind & 15 == 1:
                return json.loads(text)

    def says(self, text):
        text = text.encode()
        # Masked, as clients must, with a mask that changes nothing.
        self.socket.sendall(bytes([0x81, 0x80 | len(text)]) + bytes(4) + text)

    def close(self):
        self.input.close()
        self.socket.close()


class Page:
    """One page: who is on it, what is known there, and what it says."""

    def __init__(self, template, description):
        self.name, self.text = template.stem, template.read_text()
        self.description = description
        self.known, self.tokens, self.ids, self.stands_for = {}, {}, {}, {}
        self.said = []
        self.routes = []

    def make(self):
        lines = iter(self.text.splitlines())
        for line in lines:
            if line.startswith("```ask "):
                block = list(iter(lambda: next(lines), "```"))
                self.ask(line.split()[1:], block)
            elif line.startswith("```live "):
                self.listen(line.split()[1], list(iter(lambda: next(lines), "```")))
            elif line == "{{routes":
                self.said += self.table(list(iter(lambda: next(lines), "}}")))
            elif line.startswith("{{staff "):
                self.staff(line.removeprefix("{{staff ").removesuffix("}}"))
            else:
                self.said.append(line)
        text = "\n".join(self.said)
        return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"

    def table(self, wanted):
        """The routes that the page is about, as the description has them."""
        rows = ["| | |", "|---|---|"]
        for line in wanted:
            method, path = line.split() if " " in line else (None, line)
            methods = self.description["paths"].get(API + path)
            if not methods:
                raise Wrong(f"the description knows no {path}")
            for one in ("get", "post", "put", "patch", "delete"):
                if one in methods and method in (None, one.upper()):
                    self.routes.append((one.upper(), path))
                    parameters = [it["name"] for it in methods[one].get("parameters", ()) if it["in"] == "query"]
                    query = "?" + "&".join(f"{name}=" for name in parameters) if parameters else ""
                    rows.append(f"| `{one.upper()} {path}{query}` | {methods[one]['summary']} |")
        return rows

    def staff(self, person):
        self.meet(person)
        command = [os.environ["SALON"], "staff", "add", self.known[f"{person}_name"]]
        subprocess.run(command, check=True, capture_output=True)

    def meet(self, person):
        """Somebody of this page, who is made if they are not there yet."""
        if person in self.tokens or person not in PEOPLE:
            return
        name = f"{person}-{self.name}"
        new = {"username": name, "email": f"{name}@example.org", "password": PASSWORD}
        made = json.loads(send("POST", f"{API}/accounts", json.dumps(new))[1])
        login = {"login": name, "password": PASSWORD}
        self.tokens[person] = json.loads(send("POST", f"{API}/tokens", json.dumps(login))[1])["access_token"]
        number, called = PEOPLE[person]
        send("PATCH", f"{API}/me", json.dumps({"display_name": called}), token=self.tokens[person])
        self.known |= {person: made["id"], f"{person}_name": name, f"{person}_email": f"{name}@example.org"}
        self.ids[made["id"]] = number

    def fill(self, text):
        """What is asked, with everything that it names."""
        def moment(found):
            return self.moment(STARTED + timedelta(hours=int(found[1])))

        def value(found):
            self.meet(found[1].split("_")[0])
            if found[1].endswith("_token") and found[1] not in self.known:
                return self.tokens[found[1].removesuffix("_token")]
            return str(self.known[found[1]])

        text = re.sub(r"\$\+(\d+)h", moment, text)
        return re.sub(r"\$([a-z_]+)", value, text)

    @staticmethod
    def moment(when):
        return when.strftime("%Y-%m-%dT%H:%M:%SZ")

    def ask(self, words, block):
        who, is_hidden = words[0], "hidden" in words
        self.meet(who)
        asked = [self.fill(line) for line in block if not line.startswith("> ")]
        wants = [line.removeprefix("> ") for line in block if line.startswith("> ")]
        method, path = asked[0].split(" ", 1)
        gap = asked.index("") if "" in asked else len(asked)
        headers = [tuple(line.split(": ", 1)) for line in asked[1:gap]]
        body = "\n".join(asked[gap + 1 :]) or None
        self.stands_for.update({key: key for key in re.findall(r'"client_key": ?"([^"]+)"', body or "")})

        answer, text = send(method, API + path, body, headers, self.tokens.get(who))
        told = json.loads(text) if text else None
        status = next((int(line) for line in wants if line.isdigit()), None)
        if (answer.status != status) if status else not 200 <= answer.status < 300:
            raise Wrong(f"{method} {path} was answered with {answer.status}: {text}")
        for line in wants:
            if " = " in line:
                name, place = line.split(" = ")
                self.known[name] = found(told, place)
        if is_hidden:
            return
        shown = [name for line in wants if line.startswith("shows ") for name in line[6:].split(", ")]
        told = self.plain(told)
        self.say([f"{method} {API}{path}"], headers, who, body)
        self.told(answer, ["Location", "Retry-After", *shown], told)

    def listen(self, who, block):
        """What is heard and said over a live connection, in this order."""
        self.meet(who)
        live = Live(self.tokens[who])
        lines = [f"GET {API}/live", f"Authorization: Bearer ${who.upper()}", "Sec-WebSocket-Protocol: salon.v1", ""]
        for sign, wanted in (line.split(" ", 1) for line in block):
            if sign == ">":
                said = self.fill(wanted)
                live.says(said)
                lines.append(f"> {self.replaced(said)}")
                continue
            # Who comes and goes is told at any time.
            heard = next(frame for frame in iter(live.hears, None) if frame["type"] != "presence")
            if heard["type"] != wanted:
                raise Wrong(f"{heard} came in place of {wanted}")
            lines.append("< " + self.replaced(json.dumps(self.plain(heard), ensure_ascii=False)))
        live.close()
        self.said += ["```http", *lines, "```"]

    def say(self, lines, headers, who, body):
        if who != "nobody":
            lines.append(f"Authorization: Bearer ${who.upper()}")
        lines += [f"{name}: {value}" for name, value in headers]
        if body:
            lines += ["Content-Type: application/json", "", *body.splitlines()]
        self.said += ["```http", *(self.replaced(line) for line in lines), "```", ""]

    def told(self, answer, names, told):
        lines = [f"HTTP/1.1 {answer.status} {answer.reason}"]
        for name in names:
            if answer.headers[name]:
                value = TAG if name == "ETag" else self.replaced(answer.headers[name])
                self.stands_for[answer.headers[name]] = value
                lines.append(f"{name}: {value}")
        if told is not None:
            lines += ["", *self.replaced(pretty(told)).splitlines()]
        self.said += ["```http", *lines, "```"]

    def plain(self, value, name=None):
        """The same with what stands for what is never the same."""
        if isinstance(value, dict):
            return {name: self.plain(one, name) for name, one in value.items()}
        if isinstance(value, list):
            return [self.plain(one) for one in value]
        if isinstance(value, str) and name in ONES_OWN and value not in self.stands_for:
            self.stands_for[value] = ONES_OWN[name]
        return value

    def replaced(self, text):
        for value, other in self.stands_for.items():
            text = text.replace(value, other)
        text = re.sub(rf"\b([a-z]+)-{self.name}\b", r"\1", text)
        text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", self.seems, text)
        text = text.replace(os.environ["SALON_URL"].rstrip("/"), "http://127.0.0.1:3000")
        # Live, moments are milliseconds.
        text = re.sub(r'(?<="at": )\d+', str(int(NOON.timestamp() * 1000)), text)
        return re.sub(r"(?<![\d.])\d{14,}(?![\d.])", lambda found: str(self.id(int(found[0]))), text)

    def seems(self, found):
        """A moment, in hours from when everything seems to happen."""
        when = datetime.fromisoformat(found[0].replace("Z", "+00:00"))
        hours = round((when - STARTED) / timedelta(hours=1))
        if abs(hours) > 10_000:
            return found[0]
        return self.moment(NOON + timedelta(hours=hours)).replace("Z", ".000Z" if found[1] else "Z")

    def id(self, number):
        if number == 2**53 - 1:
            return number
        others = sum(one >= FIRST_ID for one in self.ids.values())
        return self.ids.setdefault(number, FIRST_ID + others)


def found(told, place):
    for part in place.split("."):
        told = told[int(part) if part.isdigit() else part]
    return told


def pretty(value, indent=""):
    """JSON, on one line where there is room."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= WIDTH or not isinstance(value, (dict, list)) or not value:
        return line
    deeper = indent + "  "
    if isinstance(value, dict):
        parts = [f"{deeper}{json.dumps(name)}: {pretty(one, deeper)}" for name, one in value.items()]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    return "[\n" + ",\n".join(deeper + pretty(one, deeper) for one in value) + f"\n{indent}]"


def nameless(path):
    return re.sub(r"\{[^}]*\}", "{}", path)


def main():
    only_looks = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not only_looks:
        sys.exit("bin/examples [--check]")
    description = json.loads(send("GET", f"{API}/openapi.json")[1])
    pages = [Page(template, description) for template in sorted(HERE.glob("*.md"))]
    # All accounts are on the page of those who look after them: it goes first.
    pages.sort(key=lambda page: page.name != "staff")

    def made(page):
        try:
            return page, page.make(), None
        except (Wrong, KeyError, IndexError, TypeError) as wrong:
            return page, None, f"{page.name}.md: {wrong!r}"

    results = [made(pages[0])]
    with ThreadPoolExecutor(4) as pool:
        results += pool.map(made, pages[1:])
    failures = [failure for _, _, failure in results if failure]
    for page, text, _ in results:
        if text is None:
            continue
        path = PAGES / f"{page.name}.md"
        before = path.read_text() if path.exists() else ""
        if not only_looks:
            path.write_text(text)
        elif text != before:
            names = (f"docs/api/{path.name}", "what is answered")
            failures.append("\n".join(difflib.unified_diff(before.splitlines(), text.splitlines(), *names, lineterm="")))

    # Every route has its page, also one that is not made here.
    written = nameless("".join(path.read_text() for path in PAGES.glob("*.md") if path.name != "README.md"))
    for path in description["paths"]:
        told = re.escape(nameless(path.removeprefix(API))) + r"[`?\s]"
        if path.startswith(API) and not re.search(told, written):
            failures.append(f"No page of docs/api tells of {path}.")
    print(f"{len(results)} pages")
    if failures:
        sys.exit("\n".join(failures))


main()
