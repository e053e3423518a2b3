"""What Schemathesis has to know of Salon that its description cannot say: who asks, what there is to be asked for, and
which rules are none of form."""

import json
import os
import re
import urllib.request
from pathlib import Path

import schemathesis
from hypothesis import strategies
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import EnsureResourceAvailability, RejectedPositiveData

SALON = os.environ["SALON_URL"]
API, GARRIX = "/api/v1", "/dialects/garrix"
VAULTROOM, SECURISEE, MESSAGERIE = "/dialects/vaultroom", "/dialects/securisee", "/dialects/messagerie"
PASSWORD = "le thé à cinq heures du soir"
# Where codes lie that would go to telephones.
OUTBOX = Path(os.environ["SALON_SMS_OUTBOX"])


def ask(method, path, body=None, token=None):
    """The JSON that Salon answers, if any."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(SALON + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or "null")


class Person:
    def __init__(self, name):
        self.email = f"{name}@example.org"
        new = {"name": name, "email": self.email, "password": PASSWORD}
        made = ask("POST", f"{GARRIX}/auth/register", new)
        self.id, self.username = made["id"], made["username"]

    def logs_in(self, path):
        """A new token for the routes that `path` is one of."""
        if path.startswith(GARRIX):
            return ask("POST", f"{GARRIX}/auth/token", {"username": self.username, "password": PASSWORD})["access_token"]
        if path.startswith(SECURISEE):
            login = {"email": self.email, "password": PASSWORD}
            return ask("POST", f"{SECURISEE}/auth/login", login)["access_token"]
        if path.startswith(VAULTROOM):
            login = {"username": self.username, "password": PASSWORD}
            return ask("POST", f"{VAULTROOM}/login", login)["access_token"]
        if path.startswith(MESSAGERIE):
            return DORA.token
        return ask("POST", f"{API}/tokens", {"login": self.username, "password": PASSWORD})["access_token"]


class Caller:
    """Somebody who came by telephone. Another code is sent after a minute, and the token is good for longer than all this
    takes: it is the one for everything."""

    def __init__(self, name, phone):
        register = f"{MESSAGERIE}/api/auth/register"
        ask("POST", register, {"phone": phone})
        sent = [json.loads(line) for line in OUTBOX.read_text().splitlines()]
        text = next(one["text"] for one in reversed(sent) if one["to"] == phone)
        code = re.search(r"\b[0-9]{6}\b", text)[0]
        made = ask("POST", register, {"phone": phone, "otp": code, "name": name})
        self.id, self.token = made["user"]["id"], made["token"]

    def says(self, receiver, content):
        new = {"receiverId": receiver, "content": content}
        return ask("POST", f"{MESSAGERIE}/api/messages/send", new, self.token)["id"]


# Amina asks for everything. Bruno is a friend of hers, and Carla would like to be one. Where a telephone is wanted, Dora asks.
AMINA, BRUNO, CARLA = Person("amina"), Person("bruno"), Person("carla")
DORA = Caller("Dora", "+33612345678")


def known():
    """Values that name something, by the names of what takes them."""
    hers, his = AMINA.logs_in(API), BRUNO.logs_in(API)
    ask("POST", f"{API}/friends/requests", {"person": BRUNO.username}, hers)
    ask("PUT", f"{API}/friends/{AMINA.id}", None, his)
    ask("POST", f"{API}/friends/requests", {"person": AMINA.username}, CARLA.logs_in(API))
    talk = ask("POST", f"{API}/conversations", {"with": BRUNO.username}, hers)["id"]
    group = ask("POST", f"{API}/groups", {"name": "Tea", "people": [BRUNO.id]}, hers)["id"]
    messages = f"{API}/conversations/{talk}/messages"
    said = [ask("POST", messages, {"body": f"Tea {number}"}, hers)["id"] for number in range(50)]
    cursor = ask("GET", messages, None, hers)["older"]
    told = ask("POST", messages, {"body": "Coffee"}, his)["id"]
    by_phone = [DORA.says(BRUNO.id, f"Tea {number}") for number in range(9)]
    return {
        "conversation": [talk, group],
        "message": [*said[:9], told],
        "message_id": [*said[:9], told],
        "around": said[:9],
        "thread": said[:3],
        "reply_to": said[:9],
        "account": [BRUNO.id, CARLA.id],
        "user_id": [BRUNO.id, AMINA.id],
        "receiver_id": [BRUNO.id],
        "receiverId": [BRUNO.id],
        "messageId": by_phone,
        "userId": [DORA.id],
        "userId1": [DORA.id],
        "userId2": [BRUNO.id],
        "term": ["tea", "bruno"],
        "before": by_phone,
        "recipient_id": [BRUNO.id],
        "sender_email": [AMINA.email],
        "receiver_email": [BRUNO.email],
        "people": [[BRUNO.id]],
        "person": [CARLA.username],
        "with": [BRUNO.username],
        "bot": [ask("POST", f"{API}/bots", {"display_name": "Tea", "username": "tea-bot"}, hers)["id"]],
        "emoji": ["👍", "🫖"],
        "cursor": [cursor],
    }


KNOWN = known()


@schemathesis.hook
def flatmap_case(context, case):
    """Of what is as described, half also names what there is."""
    if not case.meta.generation.mode.is_positive:
        return strategies.just(case)
    return strategies.integers(0, 19).map(lambda number: told(case, number))


def told(case, number):
    if number >= 10:
        for values in (case.path_parameters, case.query, case.body):
            for name in values if isinstance(values, dict) else ():
                if name in KNOWN:
                    values[name] = KNOWN[name][number % len(KNOWN[name])]
    case.body = plain(case.body)
    return case


def plain(value):
    """1.0 is an integer to JSON Schema. No program writes one so, and Salon takes it for a fraction."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return value


# Rules that are no matter of form, so that no schema says them: what is refused for them is refused rightly.
RULES = [
    {"code": "cursor"},  # It must be one that Salon has given.
    {"code": "invalid", "field": "person"},  # Somebody must have the name.
    {"code": "invalid", "field": "link"},  # It must be an invitation that leads somewhere.
    {"code": "invalid", "field": "people"},  # They must be there, and friends.
    {"code": "invalid", "field": "moment"},  # It must be to come.
    # What is deleted or handed over is named as it is called.
    {"code": "invalid", "field": "name", "detail": "This is not what it is called. Type its name as it is written above."},
    {"code": "invalid", "field": "password", "detail": "This is among the first that anyone would guess. Choose another."},
    {"code": "invalid", "field": "answers", "detail": "Two of the answers are the same. Change one."},
    # Of a name a username must be left, and at an address somebody must take messages.
    {"error": "invalid", "detail": "Use at least 2 characters."},
    {"error": "invalid", "detail": "Use only the letters a to z, digits, dot, underscore and hyphen."},
    {"error": "invalid", "detail": "Nobody takes messages at this address."},
    # Which of the two is wanted another field says; empty fields of a form are none.
    {"error": "invalid", "detail": "A text is missing."},
    {"error": "invalid", "detail": "A file is missing."},
    {"code": "invalid", "field": "emoji"},  # Unicode has a list of them, which changes.
    {"error": "invalid", "detail": "This is not an emoji."},
    # Not every month has 31 days, and what is from one day to another has an order.
    {"error": "invalid", "detail": "A date is written like 2026-11-23, or like 2026-11-23T09:00:00Z."},
    {"error": "invalid", "detail": "The end is before the start."},
    # One of the two is enough, and both must say the same.
    {"code": "shape", "detail": "The request is not as described: two different keys."},
    {"code": "shape", "detail": "The request is not as described: either a cursor or a message."},
    {"code": "shape", "detail": "The request is not as described: the cursor is for another thread."},
    # What is easily guessed, the name and address in it above all, is found out by estimate.
    {"error": "invalid", "detail": "This is among the first that anyone would guess. Choose another."},
]


# What was just made is there itself. Of what lies below it much is only of one kind: nobody is brought into a talk of two,
# no group is put one place up, and where nothing is begun there is no draft.
ITSELF = re.compile(r"^[^{]*\{\w+\}$|/messages/\{message\}$")


@schemathesis.hook
def filter_failure(context, failure, case, response):
    # Salon takes the white space around a text away before it looks at it: then it may be as described.
    if isinstance(failure, AcceptedNegativeData):
        texts = [text for values in (case.query, case.body) if isinstance(values, dict) for text in values.values()]
        return not any(isinstance(text, str) and text != text.strip() for text in texts)
    if isinstance(failure, EnsureResourceAvailability):
        # Nor is any conversation deleted but a channel.
        is_deletion = case.operation.label == f"DELETE {API}/conversations/{{conversation}}"
        return bool(ITSELF.search(case.operation.path)) and not is_deletion
    try:
        refusal = response.json()
    except ValueError:
        return True
    if not isinstance(failure, RejectedPositiveData):
        return True
    return not any(rule.items() <= refusal.items() for rule in RULES)


# What would end the token is asked with one of its own.
ENDS = {
    f"DELETE {API}/tokens/current",
    f"POST {GARRIX}/auth/logout",
    f"GET {SECURISEE}/auth/logout",
    f"GET {VAULTROOM}/logout",
    f"POST {VAULTROOM}/logout",
}
ended = 0


def key(case, context):
    global ended
    ended += case.operation.label in ENDS
    root = next((root for root in (GARRIX, SECURISEE, VAULTROOM, MESSAGERIE) if case.operation.path.startswith(root)), API)
    return f"{root} {ended if case.operation.label in ENDS else ''}"


@schemathesis.auth(refresh_interval=300, cache_by_key=key)
class Tokens:
    def get(self, case, context):
        return AMINA.logs_in(case.operation.path)

    def set(self, case, token, context):
        case.headers["Authorization"] = f"Bearer {token}"
