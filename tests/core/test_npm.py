"""Packages of npm are the ones pinned, or are not there; the registry is a test's own."""

import base64
import hashlib
import io
import json
import tarfile
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from helpers.core import fetch, npm
from helpers.core.fetch import Archive, FetchError

ABOUT = {"name": "little", "version": "1.0.0"}
FILES = {"package.json": json.dumps(ABOUT).encode(), "little.wasm": b"\0asm" * 900, "more": b"1"}


def tarball() -> bytes:
    """Return the package as a registry has it."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as opened:
        for name, content in FILES.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            opened.addfile(member, io.BytesIO(content))
    return made.getvalue()


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """A registry with one package, chosen as a reader would choose one; return the package."""
    content = tarball()
    digest = base64.b64encode(hashlib.sha512(content).digest()).decode()

    class Registry(BaseHTTPRequestHandler):
        def do_GET(self):
            host = self.headers["Host"]
            dist = {"tarball": f"http://{host}/little.tgz", "integrity": f"sha512-{digest}"}
            about = ABOUT | {"dist-tags": {}, "versions": {"1.0.0": ABOUT | {"dist": dist}}}
            known = {"/little": json.dumps(about).encode(), "/little.tgz": content}
            self.send_response(200 if self.path in known else 404)
            self.end_headers()
            self.wfile.write(known.get(self.path, b"{}"))

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("npm_config_registry", f"http://127.0.0.1:{server.server_port}/")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    monkeypatch.setenv("npm_config_userconfig", str(tmp_path / "npmrc"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    yield Archive("little", "1.0.0", sha512=digest, megabytes=0.1, inside="package/",
                  needed=("little.wasm",))  # fmt: skip
    server.shutdown()
    server.server_close()


def test_a_package_is_fetched_once_and_only_what_is_needed_is_kept(registry, tmp_path):
    to = tmp_path / "share" / "little"
    assert fetch.fetch(registry, to, download=npm.download) == to
    assert (to / "little.wasm").read_bytes() == FILES["little.wasm"]
    assert sorted(file.name for file in to.iterdir()) == [fetch.SEAL, "little.wasm"]
    assert fetch.is_there(registry, to)
    assert not fetch.is_there(replace(registry, sha512="another"), to)


def test_another_file_than_the_one_pinned_is_not_kept(registry, tmp_path):
    to = tmp_path / "share" / "little"
    other = replace(registry, sha512=base64.b64encode(b"other").decode())
    with pytest.raises(FetchError, match="little 1.0.0: .* is not the file that is pinned"):
        fetch.fetch(other, to, download=npm.download)
    assert not to.exists()


def test_a_version_that_the_registry_lacks_is_one_line(registry, tmp_path):
    missing = replace(registry, version="2.0.0")
    with pytest.raises(FetchError, match="npm cannot have it .*; check the network") as caught:
        fetch.fetch(missing, tmp_path / "share" / "little", download=npm.download)
    assert "\n" not in str(caught.value)


def test_without_npm_the_fix_is_said(registry, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FetchError, match="npm is missing; install it"):
        fetch.fetch(registry, tmp_path / "share" / "little", download=npm.download)
