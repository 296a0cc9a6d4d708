"""Hooks of Schemathesis: each request has a session of its own, as these requests end it or its account."""

import json
import os
import urllib.request
import zlib

import schemathesis


def new_session():
    with urllib.request.urlopen(os.environ["FUZZ_SESSIONS"], timeout=60) as answer:
        return json.load(answer)


@schemathesis.auth(refresh_interval=None)
class OwnSession:
    def get(self, case, context):
        return new_session()["token"]

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


somebody = new_session()


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """An id of the right form names nobody: every other one becomes that of an account that exists."""
    if path_parameters and "id" in path_parameters and zlib.crc32(repr(path_parameters["id"]).encode()) % 2:
        return {**path_parameters, "id": somebody["id"]}
    return path_parameters
