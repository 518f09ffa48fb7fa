"""People of an organization who use a server's pages without a browser."""

from __future__ import annotations

import re

import httpx

from everyangle.testing.capture_server import ServerProcess

NO_LEFTOVERS = httpx.Limits(max_keepalive_connections=0)
PASSWORD = "ferry lantern oblique thirteen"


def client(server: ServerProcess) -> httpx.Client:
    headers = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
    return httpx.Client(base_url=server.http, headers=headers, limits=NO_LEFTOVERS, timeout=20)


def join(server: ServerProcess, code: str, name: str) -> httpx.Client:
    one = client(server)
    answer = one.post("/staff/join", data={"code": code, "name": name, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    return one


def csrf(one: httpx.Client) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', one.get("/staff/").text)
    assert found
    return found[1]


def somebody(server: ServerProcess, owner: httpx.Client, role: str, **form: str) -> httpx.Client:
    answer = owner.post("/staff/people", data={"csrf": csrf(owner), "role": role, **form})
    code = re.search(r'id="code">([^<]+)<', answer.text)
    assert code
    return join(server, code[1], f"{role} {code[1][:6]}")


def case_page(one: httpx.Client) -> str:
    found = re.search(r'href="(/staff/cases/[0-9a-f]{32})"', one.get("/staff/").text)
    assert found
    return found[1]


def own_name(one: httpx.Client) -> str:
    found = re.search(r'class="who"[^>]*>([^,]+),', one.get("/staff/").text)
    assert found
    return found[1]
