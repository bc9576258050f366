"""A client of the kind that pipelines use: publish an app, run a task of it without a body, read its log, remove the app.

publish.py HOST: the cloud's name.
"""

import sys
import time

import requests

host, headers = sys.argv[1], {"apiKey": "key"}
old, new = f"https://{host}/pro-api/v1/", f"https://{host}/pro-api/v2/"
app, version = "Plant Plan", time.strftime("%Y%m%d%H%M%S")

metadata = '{"name": "' + app + '", "projectVersionId": "' + version + '", "projectCategory": "Tests"}'
pack = [("file", ("plant.aimmspack", b"packed", "application/octet-stream"))]
published = requests.post(old + "/applications", headers=headers, data={"metadata": metadata}, files=pack)
print("published", published.status_code)
apps = requests.get(new + "applications", headers=headers).json()
print("listed", [one["name"] for one in apps], apps[0]["projectVersion"] == version)

submitted = requests.post(f"{new}/tasks/{app}/{version}/runScenarioTest/", headers=headers)
task = f"{new}/tasks/{submitted.json()['id']}/"
state = ""
while state != "completed":
    time.sleep(0.05)
    state = requests.get(task, headers=headers).json()["state"]
print("ran", state, requests.get(task + "response", headers=headers).text)

lines = requests.get(task + "logs", headers=headers).json()
text = requests.get(task + "logs/download", headers=headers).text
print("logged", len(lines) == len(text.splitlines()), lines[-1]["text"])

removed = requests.delete(f"{old}/applications/{app}/{version}/", headers=headers)
print("removed", removed.status_code, requests.get(new + "applications", headers=headers).json())
