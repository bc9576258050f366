"""The vendor article's loop in 16 threads."""
import csv
import os
import time
from concurrent.futures import ThreadPoolExecutor

import requests

tasks = os.environ["SERVICE_URL"] + "/api/v2/tasks"


def execute(run):
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
    return response.text


with open("runs.csv") as runs, open("responses.jsonl", "w") as responses:
    with ThreadPoolExecutor(16) as pool:
        for response in pool.map(execute, csv.DictReader(runs)):
            responses.write(response + "\n")
