"""A receiver of a task's state: submits a task for a second later with taskStateHook, and prints what it is called with.

hook.py HOST: the cloud's name.
"""

import datetime
import hashlib
import hmac
import http.server
import sys
import urllib.parse

import requests

states, genuine = [], []


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_PUT(self):
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
        code = hmac.new(b"s3cret", query["task_uuid"].encode(), hashlib.sha256).hexdigest()
        genuine.append(hmac.compare_digest(code, query["hmac"]) and "key" not in query and query["batch"] == "17")
        states.append(query["task_state"])
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
hook = f"http://127.0.0.1:{server.server_port}/aimms?batch=17&key=s3cret"
start = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=1)
submitted = requests.post(
    f"https://{sys.argv[1]}/pro-api/v2/tasks/Plant/1/runScenarioTest",
    params={"scheduleFor": start.strftime("%Y-%m-%d %H:%M:%S.%f")},
    headers={"apiKey": "key", "taskStateHook": hook},
).json()
while "completed" not in states:
    server.handle_request()
ended = requests.get(f"https://{sys.argv[1]}/pro-api/v2/tasks/{submitted['id']}", headers={"apiKey": "key"}).json()
waited = datetime.datetime.fromisoformat(ended["runningAt"]) >= start.replace(tzinfo=None, microsecond=0)
print(submitted["state"], states[0], states[-1], all(genuine), waited, ended["queueTime"] >= 0.4)
