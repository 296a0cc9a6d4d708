"""fastmcp: knows the address of /mcp; it registers, opens the browser and listens by itself."""

import asyncio
import sys

from fastmcp import Client

url = sys.argv[1]


async def main():
    async with Client(url, auth="oauth") as client:
        tools = await client.list_tools()
        await client.call_tool("add_tasks", {"tasks": [{"title": "from fastmcp"}]})
        print(len(tools))


asyncio.run(main())
