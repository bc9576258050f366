"""A client of the kind that articles publish: files beside it say where the service is; submit, poll, fetch.

solve.py CONFIG: the folder with cloud.txt or port.txt, api.txt (v1 or v2), and for the cloud app.txt, ver.txt (may be empty), apikey.txt.
"""

import json
import os
import sys
import time

import requests


def setting(name):
    path = os.path.join(sys.argv[1], name + ".txt")
    return open(path).readline().strip() if os.path.exists(path) else ""


api, service = setting("api"), setting("service")
if setting("cloud"):
    headers = {"apiKey": setting("apikey")}
    tasks = f"https://{setting('cloud')}/pro-api/{api}/tasks/"
    # The articles' own addresses have a slash too many here and there.
    submit = tasks + "/" + "/".join(part for part in (setting("app"), setting("ver"), service) if part)
else:
    headers = {}
    tasks = f"http://localhost:{setting('port')}/api/{api}/tasks/"
    submit = tasks + service

workbook = setting("workbook")
if workbook:
    with open(os.path.join(sys.argv[1], workbook), "rb") as file:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        submitted = requests.post(submit, files={"file": (workbook, file, kind)}, headers=headers)
else:
    submitted = requests.post(submit, data=json.dumps({"lines": ["*" * 50] * 56}), headers=headers)
assert submitted.status_code == 200, submitted.text
task = submitted.json()["id"]

word, ends = ("status", ("finished", "finished with errors")) if api == "v1" else ("state", ("completed", "failed"))
state = ""
while state not in ends:
    time.sleep(0.05)
    state = requests.get(tasks + task, headers=headers).json()[word]

response = requests.get(tasks + task + "/response", headers=headers)
print(state, response.status_code, response.text)
