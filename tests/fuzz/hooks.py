"""What Schemathesis has to know of Salon that its description cannot say: who asks, what there is to be asked for, and
which rules are none of form."""

import json
import os
import urllib.request

import schemathesis
from hypothesis import strategies
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import RejectedPositiveData

SALON = os.environ["SALON_URL"]
API, GARRIX = "/api/v1", "/dialects/garrix"
VAULTROOM, SECURISEE = "/dialects/vaultroom", "/dialects/securisee"
PASSWORD = "le thé à cinq heures du soir"


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
        # Messagerie wants a telephone: there its routes are asked without one that is good.
        return ask("POST", f"{API}/tokens", {"login": self.username, "password": PASSWORD})["access_token"]


# Amina asks for everything. Bruno is a friend of hers, and Carla would like to be one.
AMINA, BRUNO, CARLA = Person("amina"), Person("bruno"), Person("carla")


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
        "recipient_id": [BRUNO.id],
        "sender_email": [AMINA.email],
        "receiver_email": [BRUNO.email],
        "people": [[BRUNO.id]],
        "person": [CARLA.username],
        "with": [BRUNO.username],
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
    # One of the two is enough, and both must say the same.
    {"code": "shape", "detail": "The request is not as described: two different keys."},
    {"code": "shape", "detail": "The request is not as described: either a cursor or a message."},
    {"code": "shape", "detail": "The request is not as described: the cursor is for another thread."},
    # What is easily guessed, the name and address in it above all, is found out by estimate.
    {"error": "invalid", "detail": "This is among the first that anyone would guess. Choose another."},
]


@schemathesis.hook
def filter_failure(context, failure, case, response):
    # Salon takes the white space around a text away before it looks at it: then it may be as described.
    if isinstance(failure, AcceptedNegativeData):
        texts = case.body.values() if isinstance(case.body, dict) else ()
        return not any(isinstance(text, str) and text != text.strip() for text in texts)
    try:
        refusal = response.json()
    except ValueError:
        return True
    # There is none on this server: 503 is what that is called.
    if isinstance(refusal, dict) and refusal.get("error") == "no_gateway":
        return False
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
    root = next((root for root in (GARRIX, SECURISEE, VAULTROOM) if case.operation.path.startswith(root)), API)
    return f"{root} {ended if case.operation.label in ENDS else ''}"


@schemathesis.auth(refresh_interval=300, cache_by_key=key)
class Tokens:
    def get(self, case, context):
        return AMINA.logs_in(case.operation.path)

    def set(self, case, token, context):
        case.headers["Authorization"] = f"Bearer {token}"
