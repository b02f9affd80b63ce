"""Signatures on what was released: made and checked by the programs of their trade, ssh-keygen, openssl and pyHanko.

A signature says who stands behind a record; what is in it is proved by digests. Keys and passphrases are handed on.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import urllib.request
from pathlib import Path

from paraph.errors import BrokenError, UsageError

NAMESPACE = "paraph-release"
"""What an SSH signature was made for (PROTOCOL.sshsig): one made for anything else is none."""

_SECONDS = 60
_LARGEST = 1_000_000
"""Bytes of a time-stamp that are read."""

_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"
_KEY = re.compile(r"with (\S+ key SHA256:\S+)")
_TIME = re.compile(r"^Time stamp: (.+)$", re.MULTILINE)
_HASH = re.compile(r"^Hash Algorithm: (\S+)$", re.MULTILINE)
_ASKED = re.compile(r"^(?:Hash Algorithm: .+|Message data:\n(?: .+\n)+|Nonce: .+)", re.MULTILINE)
"""What a request and the answer to it say alike (RFC 3161, 2.4.2)."""

_BROKEN = frozenset({"md2", "md4", "md5", "sha1", "ripemd160", "rmd160"})
"""Digests of which two texts can be made to have one."""

_REVOKED = b"-----BEGIN X509 CRL-----"
_NO_LIST = "unable to get certificate CRL"
_VERIFIED = re.compile(r"Verify error: ?(.+)")
_ERROR = re.compile(r"^[0-9A-F]+:error:[^:]*:[^:]*:[^:]*:([^:]+):", re.MULTILINE)


def sign_ssh(data: bytes, key: Path) -> bytes:
    """An SSH signature of `data` (PROTOCOL.sshsig). Of a public key, the agent holds the private one.

    Raises BrokenError where ssh-keygen refuses, UsageError where it or the key is missing.
    """
    if not key.is_file():
        raise UsageError(f"there is no key {key}", "Name the file of the key, or its .pub where the agent holds it.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.json"
        path.write_bytes(data)
        done = _run("ssh-keygen", "-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(path))
        if done.returncode:
            raise BrokenError(f"ssh-keygen did not sign: {_said(done)}", "See that the key is yours, and in the agent.")
        return path.with_name("record.json.sig").read_bytes()


def ssh_key_of(data: bytes, signature: bytes) -> str:
    """The key by which an SSH signature of `data` was made, “ED25519 key SHA256:…”; "" where it is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "signature"
        path.write_bytes(signature)
        good = _run("ssh-keygen", "-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(path), given=data)
        match = _KEY.search(_said(good))
        return match[1] if match and not good.returncode else ""


def check_ssh(data: bytes, signature: bytes, signers: Path | None) -> tuple[bool, str]:
    """Whether an SSH signature of `data` is good and by one of `signers` (an allowed_signers file), and what it is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "signature"
        path.write_bytes(signature)
        common = ("-n", NAMESPACE, "-s", str(path))
        key = ssh_key_of(data, signature)
        if not key:
            return False, "an SSH signature that is none of this record as a release"
        if signers is None:
            return False, f"a good SSH signature by {key}; who holds that key is told by --signers"
        found = _run("ssh-keygen", "-Y", "find-principals", "-s", str(path), "-f", str(signers))
        for principal in dict.fromkeys(found.stdout.decode("utf-8", "replace").splitlines()):
            if not _run(
                "ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", principal, *common, given=data
            ).returncode:
                return True, f"signed by {principal} ({key})"
        return False, f"an SSH signature by {key}, for which --signers has nobody, or not for releases, or not today"


def stamp(data: bytes, address: str) -> bytes:
    """A time-stamp of `data` (RFC 3161) from the authority at `address`, which learns its digest and nothing else.

    Raises BrokenError where the authority cannot be asked or grants none.
    """
    if not address.startswith(("https://", "http://")):
        raise UsageError(f"{address} is no address of a time-stamp authority", "It begins with https:// or http://.")
    if "@" in address.split("/")[2]:
        raise UsageError("a password does not belong into an address", "Name the authority without it.")
    with tempfile.TemporaryDirectory() as folder:
        path, query = Path(folder) / "data", Path(folder) / "query"
        path.write_bytes(data)
        asked = _run("openssl", "ts", "-query", "-data", str(path), "-sha256", "-cert", "-out", str(query))
        if asked.returncode:
            raise BrokenError(f"openssl made no request: {_said(asked)}")
        request = urllib.request.Request(  # noqa: S310  # http or https, looked at above
            address, data=query.read_bytes(), headers={"Content-Type": _QUERY, "Accept": _REPLY}
        )
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  # the same
                reply: bytes = answer.read(_LARGEST)
        except (OSError, ValueError) as error:
            raise BrokenError(f"{address} cannot be asked: {error}", "Nothing was written.") from error
        (Path(folder) / "reply").write_bytes(reply)
        shown = _run("openssl", "ts", "-reply", "-in", str(Path(folder) / "reply"), "-text")
        if shown.returncode or b"Status: Granted" not in shown.stdout:
            raise BrokenError(f"{address} grants no time-stamp", "Nothing was written.")
        token = Path(folder) / "token"
        _run("openssl", "ts", "-reply", "-in", str(Path(folder) / "reply"), "-token_out", "-out", str(token))
        asked, shown = (
            _run("openssl", "ts", *one, "-text")
            for one in (("-query", "-in", str(query)), ("-reply", "-in", str(token), "-token_in"))
        )
        if _ASKED.findall(asked.stdout.decode("utf-8", "replace")) != _ASKED.findall(
            shown.stdout.decode("utf-8", "replace")
        ):
            raise BrokenError(f"{address} answered something else than it was asked", "Nothing was written.")
        return reply


def check_stamp(data: bytes, reply: bytes, roots: Path | None) -> tuple[bool, str]:
    """Whether a time-stamp is one of `data`, by an authority under `roots` (certificates as PEM), and what it says."""
    with tempfile.TemporaryDirectory() as folder:
        path, given = Path(folder) / "reply", Path(folder) / "data"
        path.write_bytes(reply)
        given.write_bytes(data)
        # What an authority says of its answer is not signed, and could look like a time: only the token is asked.
        token = Path(folder) / "token"
        _run("openssl", "ts", "-reply", "-in", str(path), "-token_out", "-out", str(token))
        shown = _run("openssl", "ts", "-reply", "-in", str(token), "-token_in", "-text")
        said = shown.stdout.decode("utf-8", "replace")
        time = match[1] if (match := _TIME.search(said)) else ""
        if not time:
            return False, "a time-stamp that cannot be read"
        if (hashed := _HASH.search(said)) and hashed[1].lower().replace("-", "") in _BROKEN:
            return (
                False,
                f"a time-stamp of {time} by {hashed[1]}, of which two texts can have the same: it proves nothing",
            )
        if roots is None:
            return False, f"a time-stamp of {time}, not checked: --trust names whom to believe"
        asked = ("openssl", "ts", "-verify", "-data", str(given), "-in", str(path), "-CAfile", str(roots))
        # A list of those revoked counts for the authority that gave it out; of others there is none to be asked.
        done = _run(*asked, *(["-crl_check"] if _REVOKED in roots.read_bytes() else []))
        if done.returncode and _why(done) == _NO_LIST:
            done = _run(*asked)
        good = done.returncode == 0 and b"Verification: OK" in done.stdout + done.stderr
        return good, f"time-stamped {time}" if good else f"a time-stamp of {time} that does not hold: {_why(done)}"


def _run(program: str, *arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    path = shutil.which(program)
    if path is None:
        raise UsageError(f"{program} is not installed", "Install it: openssh-client or openssl, by their Debian names.")
    try:
        return subprocess.run(  # noqa: S603  # a fixed program, no shell
            [path, *arguments], input=given, capture_output=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise BrokenError(f"{program} did not answer in {_SECONDS} seconds") from error


def _why(done: subprocess.CompletedProcess[bytes]) -> str:
    """Why openssl did not verify: what it says of the certificate, else the first thing that went wrong."""
    text = done.stderr.decode("utf-8", "replace")
    found = _VERIFIED.search(text) or _ERROR.search(text)
    return found[1].strip()[:200] if found else "openssl does not say why"


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    """The first line that a program said."""
    text = (done.stderr + done.stdout).decode("utf-8", "replace").strip()
    return text.splitlines()[0][:200] if text else "it says nothing"
