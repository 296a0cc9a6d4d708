"""The official Python SDK: knows the address of /mcp, and how to open a browser."""

import asyncio
import os
import subprocess
import sys
from urllib.parse import parse_qs, urlparse

import httpx2
from mcp.client import Client
from mcp.client.auth import AuthorizationCodeResult, OAuthClientProvider, TokenStorage
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import OAuthClientMetadata

url, port = sys.argv[1], int(sys.argv[2])


class Memory(TokenStorage):
    tokens = None
    client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client_info):
        self.client = client_info


came_back = asyncio.Queue()


async def listen(reader, writer):
    line = (await reader.readline()).decode()
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    await writer.drain()
    writer.close()
    await came_back.put({name: values[0] for name, values in parse_qs(urlparse(line.split(" ")[1]).query).items()})


async def open_browser(address):
    subprocess.run([os.environ["BROWSER"], address], check=True)


async def callback():
    given = await came_back.get()
    return AuthorizationCodeResult(code=given["code"], state=given.get("state"), iss=given.get("iss"))


async def main():
    server = await asyncio.start_server(listen, "127.0.0.1", port)
    metadata = OAuthClientMetadata(
        client_name="Python SDK",
        redirect_uris=[f"http://127.0.0.1:{port}/callback"],
        grant_types=["authorization_code", "refresh_token"],
        response_types=["code"],
    )
    auth = OAuthClientProvider(url, metadata, Memory(), open_browser, callback)
    async with httpx2.AsyncClient(auth=auth, follow_redirects=True, timeout=60) as http:
        async with Client(streamable_http_client(url, http_client=http)) as client:
            tools = await client.list_tools()
            await client.call_tool("add_tasks", {"tasks": [{"title": "from the Python SDK"}]})
            print(len(tools.tools))
    server.close()


asyncio.run(main())
