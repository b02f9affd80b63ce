"""Real servers on this machine, each with its own configuration in a folder of the test: OpenSSH, WebDAV, WordPress.

They listen on 127.0.0.1 alone. What is not installed skips the test, and fails it in CI.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SSHD = "/usr/sbin/sshd"
WORDPRESS = Path("/usr/share/wordpress")
PASSWORD = "correct horse battery"


def needs(*programs: str) -> None:
    missing = [name for name in programs if not (shutil.which(name) or Path(name).exists())]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert not missing, missing


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@dataclass(slots=True)
class Server:
    """A process that can be cut off and started again."""

    command: list[str]
    port: int
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | self.environment,
            start_new_session=True,
        )
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            assert self.process.poll() is None, self.command
            time.sleep(0.1)
        raise AssertionError(self.command)

    def cut(self) -> None:
        """All of it, with its connections, at once."""
        if self.process is not None:
            for pid in (self.process.pid, *_below(self.process.pid)):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def _below(pid: int) -> list[int]:
    """The processes that a process has started, and theirs: OpenSSH serves each connection in a session of its own."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == pid:
                child = int(path.parent.name)
                found += [child, *_below(child)]
    return found


@contextlib.contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[Server]:
    server = Server(command, port, environment)
    server.start()
    try:
        yield server
    finally:
        server.cut()


@contextlib.contextmanager
def sftp(folder: Path, home: Path, subsystem: str = "internal-sftp") -> Iterator[tuple[Server, str]]:
    """OpenSSH; `home` gets a key that it knows, and its key among the known hosts. The address of `folder`.

    `subsystem` is the program that speaks SFTP.
    """
    needs(SSHD, "ssh-keygen")
    keys, ssh = folder.parent / "sshd", home / ".ssh"
    keys.mkdir()
    ssh.mkdir(parents=True, mode=0o700)
    for path in (keys / "host", ssh / "id_ed25519"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    shutil.copy(ssh / "id_ed25519.pub", keys / "authorized")
    port = free_port()
    host = (keys / "host.pub").read_text().split()
    (ssh / "known_hosts").write_text(f"[127.0.0.1]:{port} {host[0]} {host[1]}\n")
    lines = (
        f"Port {port}", "ListenAddress 127.0.0.1", f"HostKey {keys}/host", f"AuthorizedKeysFile {keys}/authorized",
        "StrictModes no", "UsePAM no", f"PidFile {keys}/pid", "PermitRootLogin yes", "PasswordAuthentication no",
        f"Subsystem sftp {subsystem}",
    )  # fmt: skip
    (keys / "config").write_text("\n".join(lines) + "\n")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    with running([SSHD, "-D", "-e", "-f", str(keys / "config")], port) as server:
        yield server, f"sftp://{getpass.getuser()}@127.0.0.1:{port}{folder}"


@contextlib.contextmanager
def webdav(folder: Path, certificate: tuple[Path, Path] | None = None) -> Iterator[tuple[Server, str]]:
    """WsgiDAV over a folder, with a user and a password; the address of `site` in it. With a certificate and its key,
    over https."""
    port = free_port()
    config = folder.parent / "wsgidav.yaml"
    ssl = "ssl_certificate: {}\nssl_private_key: {}\nssl_adapter: builtin\n".format(*certificate) if certificate else ""
    config.write_text(
        f"host: 127.0.0.1\nport: {port}\nprovider_mapping: {{'/': '{folder}'}}\nverbose: 1\n{ssl}"
        f"simple_dc: {{user_mapping: {{'*': {{editor: {{password: '{PASSWORD}'}}}}}}}}\n"
    )
    command = [sys.executable, "-W", "ignore", "-m", "wsgidav.server.server_cli", "--config", str(config)]
    with running(command, port) as server:
        yield server, f"{'davs' if certificate else 'dav'}://editor@127.0.0.1:{port}/site"


def certified(folder: Path) -> tuple[Path, Path, Path]:
    """An authority that nobody knows, a certificate under it for this machine, and the key of that."""
    needs("openssl")
    new = ("-newkey", "rsa:2048", "-nodes", "-subj")
    for asked in (
        ("-x509", *new, "/CN=Authority of a test", "-keyout", "ca.key", "-out", "ca.pem"),
        ("-x509", "-CA", "ca.pem", "-CAkey", "ca.key", *new, "/CN=127.0.0.1", "-keyout", "own.key", "-out", "own.pem",
         "-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"),
    ):  # fmt: skip
        subprocess.run(["openssl", "req", *asked], cwd=folder, check=True, capture_output=True)
    return folder / "ca.pem", folder / "own.pem", folder / "own.key"


_CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:%SOCKET%'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_ENVIRONMENT_TYPE', 'local'); define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true); define('DISALLOW_UNFILTERED_HTML', true);
define('WP_SITEURL', '%ADDRESS%'); define('WP_HOME', '%ADDRESS%');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $k) { define("{$k}_KEY", 'x'); define("{$k}_SALT", 'x'); }
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
_INSTALL = """<?php
define('WP_INSTALLING', true); $_SERVER['HTTP_HOST'] = '127.0.0.1';
require __DIR__ . '/wp-load.php'; require ABSPATH . 'wp-admin/includes/upgrade.php';
function wp_mail() { return true; }
wp_install('Rehearsal', 'admin', 'admin@example.org', false, '', 'not used');
foreach (['author', 'editor'] as $role) {
  $user = wp_insert_user(['user_login' => $role, 'user_pass' => 'not used', 'role' => $role]);
  echo WP_Application_Passwords::create_new_application_password($user, ['name' => 'paraph'])[0], "\n";
}
"""


@contextlib.contextmanager
def wordpress(folder: Path) -> Iterator[tuple[Server, str, str, str]]:
    """Debian's WordPress with MariaDB and PHP: the web server, its address, and the application passwords of an editor
    and of an author. Neither may write whatever HTML, as on sites that are one of many."""
    needs("mariadbd", "mariadb-install-db", "php", str(WORDPRESS))
    data, root, port = folder / "data", folder / "www", free_port()
    short = Path(f"/tmp/paraph-{os.getpid()}.sock")  # the path of a socket must be short
    (root / "wp-content/uploads").mkdir(parents=True)
    for path in (*WORDPRESS.glob("*.php"), *WORDPRESS.glob("wp-content/*")):
        if path.name not in ("wp-config.php", "uploads", "languages"):
            copy = root / path.relative_to(WORDPRESS)
            shutil.copy(path, copy) if path.is_file() else copy.symlink_to(path)
    for name in ("wp-admin", "wp-includes"):  # sixty megabytes that stay as they are
        (root / name).symlink_to(WORDPRESS / name)
    user = getpass.getuser()
    subprocess.run(
        ["mariadb-install-db", f"--datadir={data}", f"--user={user}", "--auth-root-authentication-method=normal",
         "--skip-test-db"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    database = subprocess.Popen(
        ["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={short}", "--skip-networking", f"--user={user}",
         f"--pid-file={folder}/pid", "--innodb-flush-log-at-trx-commit=0"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(300):
            asked = [
                "mariadb",
                "--no-defaults",
                f"--socket={short}",
                "-uroot",
                "-e",
                "CREATE DATABASE IF NOT EXISTS wordpress",
            ]
            if subprocess.run(asked, check=False, stderr=subprocess.DEVNULL).returncode == 0:
                break
            assert database.poll() is None
            time.sleep(0.1)
        address = f"http://127.0.0.1:{port}"
        (root / "wp-config.php").write_text(_CONFIG.replace("%SOCKET%", str(short)).replace("%ADDRESS%", address))
        (root / "paraph-install.php").write_text(_INSTALL)
        done = subprocess.run(["php", root / "paraph-install.php"], check=True, capture_output=True, text=True)
        (root / "paraph-install.php").unlink()
        author, editor = done.stdout.split()[-2:]
        with running(["php", "-S", f"127.0.0.1:{port}", "-t", str(root)], port, PHP_CLI_SERVER_WORKERS="2") as server:
            yield server, f"wordpress+http://editor@127.0.0.1:{port}", editor, author
    finally:
        database.kill()
        database.wait()
        short.unlink(missing_ok=True)
