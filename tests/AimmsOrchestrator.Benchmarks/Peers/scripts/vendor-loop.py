"""The vendor article's loop: submit, ask every 5 s, fetch; one run after the other."""
import csv
import os
import time

import requests

tasks = os.environ["SERVICE_URL"] + "/api/v2/tasks"

with open("runs.csv") as runs, open("responses.jsonl", "w") as responses:
    for run in csv.DictReader(runs):
        response = requests.post(f"{tasks}/sleep", json={"seconds": float(run["seconds"])})
        response.raise_for_status()
        task = response.json()["id"]
        while True:
            response = requests.get(f"{tasks}/{task}")
            response.raise_for_status()
            if response.json()["state"] in ("completed", "failed"):
                break
            time.sleep(5)
        response = requests.get(f"{tasks}/{task}/response")
        response.raise_for_status()
        responses.write(response.text + "\n")
