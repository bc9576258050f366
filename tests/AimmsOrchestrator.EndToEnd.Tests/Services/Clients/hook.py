"""A receiver of a task's state: submits a task for five seconds later with taskStateHook, and prints what it is called with.

hook.py HOST: the cloud's name.
"""

import collections
import datetime
import hashlib
import hmac
import http.server
import sys
import threading
import time
import urllib.parse

import requests

calls = collections.defaultdict(list)  # of each task: the states in their order, and whether the calls are genuine


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_PUT(self):
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
        code = hmac.new(b"s3cret", query["task_uuid"].encode(), hashlib.sha256).hexdigest()
        genuine = hmac.compare_digest(code, query["hmac"]) and "key" not in query and query["batch"] == "17"
        calls[query["task_uuid"]].append((query["task_state"], genuine))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def run():
    """Submits a task and waits for its end and its last call: the task as submitted, as ended, and its planned start."""
    start = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=5)
    submitted = requests.post(
        f"https://{sys.argv[1]}/pro-api/v2/tasks/Plant/1/runScenarioTest",
        params={"scheduleFor": start.strftime("%Y-%m-%d %H:%M:%S.%f")},
        headers={"apiKey": "key", "taskStateHook": hook},
    ).json()
    address = f"https://{sys.argv[1]}/pro-api/v2/tasks/{submitted['id']}"
    ended = {}
    while ended.get("state") not in ("completed", "failed"):
        time.sleep(0.2)
        ended = requests.get(address, headers={"apiKey": "key"}).json()
    last_call = time.monotonic() + 10
    while "completed" not in dict(calls[submitted["id"]]) and time.monotonic() < last_call:
        time.sleep(0.05)
    return submitted, ended, start


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()
hook = f"http://127.0.0.1:{server.server_port}/aimms?batch=17&key=s3cret"
states = [""]
while (states[0], states[-1]) != ("queued", "completed"):
    # The service gives a call two seconds and does not repeat it: where this machine stood still, a task is submitted again.
    submitted, ended, start = run()
    states = [state for state, _ in calls[submitted["id"]]] or [""]
created = datetime.datetime.fromisoformat(ended["createdAt"]).replace(tzinfo=datetime.timezone.utc)
queued = ended["queueTime"] >= (start - created).total_seconds() - 1.1  # createdAt has whole seconds
waited = datetime.datetime.fromisoformat(ended["runningAt"]) >= start.replace(tzinfo=None, microsecond=0)
genuine = all(is_genuine for _, is_genuine in calls[submitted["id"]])
print(submitted["state"], states[0], states[-1], genuine, waited, queued)
