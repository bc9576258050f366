"""The same with asyncio and aiohttp, 16 runs at a time."""
import asyncio
import csv
import os

import aiohttp

tasks = os.environ["SERVICE_URL"] + "/api/v2/tasks"


async def execute(http, free, run):
    async with free:
        async with http.post(f"{tasks}/sleep", json={"seconds": float(run["seconds"])}) as response:
            task = (await response.json())["id"]
        while True:
            async with http.get(f"{tasks}/{task}") as response:
                if (await response.json())["state"] in ("completed", "failed"):
                    break
            await asyncio.sleep(5)
        async with http.get(f"{tasks}/{task}/response") as response:
            return await response.text()


async def main():
    free = asyncio.Semaphore(16)
    with open("runs.csv") as runs:
        async with aiohttp.ClientSession(raise_for_status=True) as http:
            texts = await asyncio.gather(*(execute(http, free, run) for run in csv.DictReader(runs)))
    with open("responses.jsonl", "w") as responses:
        responses.writelines(text + "\n" for text in texts)


asyncio.run(main())
