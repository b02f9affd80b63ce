"""Signatures on a release, each held against the program of its trade: ssh-keygen, openssl, pdfsig. Rehearsals all."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pytest

from paraph.errors import BrokenError
from paraph.proof import pades
from paraph.proof.pades import signatures, signer_of
from paraph.proof.signatures import check_ssh, check_stamp, sign_ssh, stamp
from paraph.workflow.files import held, write
from paraph.workflow.releases import sign as signing
from rehearsal import Past, Rehearsal

pytest.importorskip("pyhanko")
from asn1crypto.tsp import TimeStampResp  # it comes with pyHanko
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import HTTPTimeStamper

MISSING = [name for name in ("openssl", "ssh-keygen", "pdfsig") if not shutil.which(name)]
pytestmark = pytest.mark.skipif(
    bool(MISSING) and not os.environ.get("CI"), reason=f"{', '.join(MISSING)} not installed"
)
SECRET = "a passphrase of the test"
TSA = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/ca.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
[ext]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[office]
keyUsage = critical, digitalSignature, nonRepudiation
[req]
distinguished_name = dn
[dn]
"""


def run(*command: str, cwd: Path, given: str | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, input=given, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def sign_pdf(data: bytes, certificate: Path, passphrase: str, reason: str) -> bytes:
    return pades.sign_pdf(data, signer_of(certificate.read_bytes(), passphrase, certificate), reason)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate authority of the test, an office and a time-stamp authority under it, and an SSH key."""
    folder = tmp_path_factory.mktemp("keys")
    (folder / "tsa.cnf").write_text(TSA.format(folder=folder))
    (folder / "serial").write_text("01\n")
    new = ("-newkey", "rsa:2048", "-nodes")
    run("openssl", "req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=CA of a test", cwd=folder)
    for name, extensions in (("office", "office"), ("second", "office"), ("tsa", "ext")):
        subject = f"/O=Rehearsal/CN={name} of a test"
        common = ("-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", subject)
        run("openssl", "req", *new, *common, cwd=folder)
        signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "tsa.cnf", "-extensions")
        run("openssl", "x509", "-req", "-in", f"{name}.csr", "-out", f"{name}.pem", *signed, extensions, cwd=folder)
    for name in ("office", "second"):
        packed = ("-inkey", f"{name}.key", "-in", f"{name}.pem", "-certfile", "ca.pem", "-out", f"{name}.p12")
        run("openssl", "pkcs12", "-export", *packed, "-passout", f"pass:{SECRET}", cwd=folder)
    (folder / "second").mkdir()
    for key in ("office_ssh", "second/office_ssh"):
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key, cwd=folder)
    public = (folder / "office_ssh.pub").read_text().strip()
    (folder / "allowed_signers").write_text(f'office@rehearsal namespaces="paraph-release" {public}\n')
    (folder / "nobody").write_text("")
    return folder


@pytest.fixture(scope="module")
def authority(keys: Path) -> Iterator[str]:
    """The address of a time-stamp authority: openssl behind a server of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            (keys / "query").write_bytes(query)
            made = ("-queryfile", "query", "-out", "reply", "-config", "tsa.cnf", "-section", "one")
            run("openssl", "ts", "-reply", *made, cwd=keys)
            reply = (keys / "reply").read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def released(rehearsal: Rehearsal, past: Past, monkeypatch: pytest.MonkeyPatch) -> Rehearsal:
    monkeypatch.setenv("PARAPH_PASSPHRASE", SECRET)
    return past.come_to("signed", rehearsal, _release)


def _release(rehearsal: Rehearsal) -> None:
    rehearsal.adopted()
    rehearsal.does("release rehearsal -f pdf -f md --reference A-1")


def test_the_record_signed_by_ssh(released: Rehearsal, keys: Path) -> None:
    released.does(f"sign A-1 --ssh {keys / 'office_ssh'}")
    folder = released.root / "releases/A-1"
    signature = folder / "signatures/record.json.office_ssh.sig"
    outside = ("-Y", "verify", "-f", str(keys / "allowed_signers"), "-I", "office@rehearsal", "-n", "paraph-release")
    record = (folder / "record.json").read_text(encoding="utf-8")
    assert "Good" in run("ssh-keygen", *outside, "-s", str(signature), cwd=folder, given=record)
    file = "releases/A-1/rehearsal.en.md"
    assert "✓ record.json of A-1: signed by office@rehearsal" in released.does(
        f"verify {file} --signers {keys / 'allowed_signers'}"
    )
    assert "? record.json of A-1: an SSH signature by" in released.does(f"verify {file} --signers {keys / 'nobody'}")
    assert "who holds that key is told by --signers" in released.does(f"verify {file}")
    assert "No such file" in released.refuses(f"verify {file} --signers {keys / 'none'}", 2)
    assert "is there already" in released.refuses(f"sign A-1 --ssh {keys / 'office_ssh'}")
    assert "whole" in released.does("register verify"), "signatures lie beside what was released"
    signature.write_bytes(signature.read_bytes().replace(b"U1NIU0lH", b"U1NIU0lI"))
    assert "none of this record as a release" in released.does(f"verify {file} --signers {keys / 'allowed_signers'}")


def test_the_record_stamped_in_time(released: Rehearsal, keys: Path, authority: str) -> None:
    released.does(f"sign A-1 --timestamp {authority}")
    folder = released.root / "releases/A-1"
    outside = ("-data", "record.json", "-in", "signatures/record.json.tsr", "-CAfile", str(keys / "ca.pem"))
    assert "Verification: OK" in run("openssl", "ts", "-verify", *outside, cwd=folder)
    file = "releases/A-1/rehearsal.en.md"
    assert "✓ record.json of A-1: time-stamped " in released.does(f"verify {file} --trust {keys / 'ca.pem'}")
    assert "not checked: --trust" in released.does(f"verify {file}")
    assert "holds no certificate as PEM" in released.refuses(f"verify {file} --trust {keys / 'office.key'}", 2)
    assert "that does not hold" in released.does(f"verify {file} --trust {keys / 'office.pem'}")
    stamp = folder / "signatures/record.json.tsr"
    answer = TimeStampResp.load(stamp.read_bytes())
    answer["status"]["status_string"] = ["x\nTime stamp: Jan  1 00:00:00 2001 GMT"]
    stamp.write_bytes(answer.dump(force=True))
    told = released.does(f"verify {file} --trust {keys / 'ca.pem'}")
    assert "✓ record.json of A-1: time-stamped " in told
    assert "2001" not in told, "what is said beside the signed time is not signed"
    stamp.unlink()
    assert "cannot be asked" in released.refuses("sign A-1 --timestamp http://127.0.0.1:9/x", 3)
    assert "secret" not in released.refuses("sign A-1 --timestamp http://me:secret@127.0.0.1:9/x", 2)
    assert "is no address" in released.refuses("sign A-1 --timestamp file:///etc/passwd", 2)


def test_why_a_time_stamp_does_not_hold(keys: Path, authority: str, tmp_path: Path) -> None:
    """The reason is openssl’s; a list of those revoked counts, and a digest that two texts can have proves nothing."""
    reply = stamp(b"a record", authority)
    ca = (keys / "ca.pem").read_bytes()
    assert check_stamp(b"a record", reply, keys / "ca.pem")[0]
    assert check_stamp(b"another", reply, keys / "ca.pem")[1].endswith("that does not hold: message imprint mismatch")
    for name in ("ca.pem", "ca.key", "tsa.pem", "office.pem"):
        (tmp_path / name).write_bytes((keys / name).read_bytes())
    (tmp_path / "ca.cnf").write_text(REVOKED)
    (tmp_path / "index.txt").write_text("")
    (tmp_path / "crlnumber").write_text("01\n")
    for name, holds in (("office", True), ("tsa", False)):
        run("openssl", "ca", "-config", "ca.cnf", "-revoke", f"{name}.pem", cwd=tmp_path)
        run("openssl", "ca", "-config", "ca.cnf", "-gencrl", "-out", "crl.pem", cwd=tmp_path)
        (tmp_path / "roots.pem").write_bytes(ca + (tmp_path / "crl.pem").read_bytes())
        good, said = check_stamp(b"a record", reply, tmp_path / "roots.pem")
        assert (good, said.endswith("certificate revoked")) == (holds, not holds), said
    new = ("-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "other.key", "-out", "other.pem", "-subj", "/CN=other")
    run("openssl", "req", *new, cwd=tmp_path)
    # The list is of another authority: of this one there is none.
    (tmp_path / "roots.pem").write_bytes(ca + (tmp_path / "other.pem").read_bytes())
    (tmp_path / "other.cnf").write_text(REVOKED.replace("=ca.", "=other."))
    run("openssl", "ca", "-config", "other.cnf", "-gencrl", "-out", "other_crl.pem", cwd=tmp_path)
    (tmp_path / "roots.pem").write_bytes(ca + (tmp_path / "other_crl.pem").read_bytes())
    assert check_stamp(b"a record", reply, tmp_path / "roots.pem")[0]


def test_a_time_stamp_by_a_digest_of_two_texts_proves_nothing(keys: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"a record")
    config = (keys / "tsa.cnf").read_text().replace("digests = sha256", "digests = sha256, sha1, md5")
    (tmp_path / "tsa.cnf").write_text(config)
    for digest in ("md5", "sha1"):
        run("openssl", "ts", "-query", "-data", "data", f"-{digest}", "-cert", "-out", "query", cwd=tmp_path)
        made = ("-queryfile", "query", "-out", "reply", "-config", "tsa.cnf", "-section", "one")
        run("openssl", "ts", "-reply", *made, cwd=tmp_path)
        good, said = check_stamp(b"a record", (tmp_path / "reply").read_bytes(), keys / "ca.pem")
        assert not good
        assert f"by {digest}, of which two texts can have the same: it proves nothing" in said


def test_an_answer_to_something_else_is_no_time_stamp(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of another text, or to another question about the same one."""
    for asked in (b"another", b"a record"):
        (keys / "data").write_bytes(asked)
        run("openssl", "ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query", cwd=keys)
        made = ("-queryfile", "query", "-out", "reply", "-config", "tsa.cnf", "-section", "one")
        run("openssl", "ts", "-reply", *made, cwd=keys)
        reply = io.BytesIO((keys / "reply").read_bytes())
        monkeypatch.setattr("urllib.request.urlopen", lambda *_, reply=reply, **__: reply)
        with pytest.raises(BrokenError, match="answered something else than it was asked"):
            stamp(b"a record", "https://tsa.example.org/")


@pytest.mark.parametrize(
    ("options", "holds"),
    [
        ("", True),
        ('namespaces="git" ', False),
        ('valid-before="20200101" ', False),
        ('valid-after="20990101" ', False),
        ("cert-authority ", False),
    ],
)
def test_whose_key_it_is_and_for_what(keys: Path, tmp_path: Path, options: str, holds: bool) -> None:
    """A signer is known, and not for releases, or not today: that is said, and not that nobody knows the key."""
    signature = sign_ssh(b"a record", keys / "office_ssh")
    public = (keys / "office_ssh.pub").read_text().strip()
    (tmp_path / "signers").write_text(f'"an office@rehearsal" {options}{public}\n')
    good, said = check_ssh(b"a record", signature, tmp_path / "signers")
    assert good is holds, said
    assert said.startswith("signed by an office@rehearsal (") or said.endswith("or not for releases, or not today"), (
        said
    )


def test_pdfs_signed_by_a_certificate(released: Rehearsal, keys: Path, authority: str, tmp_path: Path) -> None:
    released.does(f"sign A-1 --pades {keys / 'office.p12'}")
    folder = released.root / "releases/A-1"
    signed = folder / "signatures/rehearsal.en.signed.pdf"
    original = (folder / "rehearsal.en.pdf").read_bytes()
    assert signed.read_bytes().startswith(original)
    said = run("pdfsig", "-nocert", str(signed), cwd=folder)
    assert "Signature is Valid" in said
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    said = released.does(f"verify {signed} --trust {keys / 'ca.pem'}")
    assert ": authentic\n" in said
    assert "office of a test" in said
    assert "leads to none of those that you trust" in released.refuses(f"verify {signed}")
    broken = tmp_path / "broken.pdf"
    data = signed.read_bytes()
    broken.write_bytes(data[:-200] + data[-200:].replace(b"startxref", b"startxreg"))
    assert ": authentic\n" not in released.refuses(f"verify {broken} --trust {keys / 'ca.pem'}")


REVOKED = """[ca]
default_ca=test
[test]
database=index.txt
crlnumber=crlnumber
certificate=ca.pem
private_key=ca.key
default_md=sha256
default_crl_days=30
"""


UNDER = """[above]
basicConstraints=critical,CA:true
[below]
keyUsage=critical,digitalSignature,nonRepudiation
"""


def test_a_certificate_that_was_revoked_vouches_for_nothing(released: Rehearsal, keys: Path, tmp_path: Path) -> None:
    """Nothing is fetched: the list of those revoked lies in the file of those that are trusted."""
    released.does(f"sign A-1 --pades {keys / 'office.p12'}")
    signed = released.root / "releases/A-1/signatures/rehearsal.en.signed.pdf"
    for name in ("ca.pem", "ca.key", "office.pem"):
        (tmp_path / name).write_bytes((keys / name).read_bytes())
    (tmp_path / "ca.cnf").write_text(REVOKED)
    (tmp_path / "index.txt").write_text("")
    (tmp_path / "crlnumber").write_text("01\n")
    for revoked in ((), ("office.pem",)):
        for name in revoked:
            run("openssl", "ca", "-config", "ca.cnf", "-revoke", name, cwd=tmp_path)
        run("openssl", "ca", "-config", "ca.cnf", "-gencrl", "-out", "crl.pem", cwd=tmp_path)
        (tmp_path / "roots.pem").write_bytes((tmp_path / "ca.pem").read_bytes() + (tmp_path / "crl.pem").read_bytes())
        code, told = released.say(f"verify {signed} --trust {tmp_path / 'roots.pem'}")
        assert (code, ": authentic\n" in told) == ((1, False) if revoked else (0, True)), told
    assert "is revoked" in " ".join(told.split()), told


def test_a_certificate_under_one_that_was_revoked_vouches_for_nothing(keys: Path, tmp_path: Path) -> None:
    for name in ("ca.pem", "ca.key"):
        (tmp_path / name).write_bytes((keys / name).read_bytes())
    (tmp_path / "ca.cnf").write_text(REVOKED + UNDER)
    (tmp_path / "index.txt").write_text("")
    (tmp_path / "crlnumber").write_text("01\n")
    for name, above, extensions in (("middle", "ca", "above"), ("under", "middle", "below")):
        new = ("-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        run("openssl", "req", *new, cwd=tmp_path)
        signed = (
            "-CA",
            f"{above}.pem",
            "-CAkey",
            f"{above}.key",
            "-CAcreateserial",
            "-extfile",
            "ca.cnf",
            "-extensions",
        )
        run("openssl", "x509", "-req", "-in", f"{name}.csr", "-out", f"{name}.pem", *signed, extensions, cwd=tmp_path)
    packed = ("-inkey", "under.key", "-in", "under.pem", "-certfile", "middle.pem", "-out", "under.p12")
    run("openssl", "pkcs12", "-export", *packed, "-passout", f"pass:{SECRET}", cwd=tmp_path)
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(made)
    data = sign_pdf(made.getvalue(), tmp_path / "under.p12", SECRET, "A-1")
    for revoked in (False, True):
        if revoked:
            run("openssl", "ca", "-config", "ca.cnf", "-revoke", "middle.pem", cwd=tmp_path)
        run("openssl", "ca", "-config", "ca.cnf", "-gencrl", "-out", "crl.pem", cwd=tmp_path)
        roots = (tmp_path / "ca.pem").read_bytes() + (tmp_path / "crl.pem").read_bytes()
        (found,) = signatures(data, roots)
        assert (found.good, found.trusted) == (True, not revoked)


def test_what_follows_a_signature_and_belongs_to_nothing(released: Rehearsal, keys: Path, tmp_path: Path) -> None:
    original = (released.root / "releases/A-1/rehearsal.en.pdf").read_bytes()
    signed = sign_pdf(original, keys / "office.p12", SECRET, "A-1")
    last = signed[signed.rindex(b"startxref") :]
    for more, holds in ((b"\r\n \n", True), (b"a picture", False), (b"a picture\n" + last, False)):
        (tmp_path / "rehearsal.en.pdf").write_bytes(signed + more)
        code, told = released.say(f"verify {tmp_path / 'rehearsal.en.pdf'} --trust {keys / 'ca.pem'}")
        assert (code, ": authentic\n" in told, "does not hold" in told) == (1 - holds, holds, not holds), (more, told)


def test_what_is_appended_and_signed_by_anybody_is_seen(released: Rehearsal, keys: Path, tmp_path: Path) -> None:
    """A page written over, and the whole signed with a certificate that is even trusted."""
    from pyhanko.stamp import TextStamp, TextStampStyle

    original = (released.root / "releases/A-1/rehearsal.en.pdf").read_bytes()
    writer = IncrementalPdfFileWriter(io.BytesIO(original))
    TextStamp(writer, TextStampStyle(stamp_text="Never adopted")).apply(0, 60, 500)
    made = io.BytesIO()
    writer.write(made)
    assert made.getvalue().startswith(original)
    path = tmp_path / "rehearsal.en.pdf"
    path.write_bytes(sign_pdf(made.getvalue(), keys / "office.p12", SECRET, "A-1"))
    said = released.refuses(f"verify {path} --trust {keys / 'ca.pem'}")
    assert "ALTERED" in said
    assert "something was appended" in said


def cut_and_a_page(writer: IncrementalPdfFileWriter) -> None:
    """The first page cut, and another one put after it, on which a picture could be."""
    page = writer.find_page_for_modification(0)[0].get_object()
    box = generic.ArrayObject(map(generic.NumberObject, (0, 560, 595, 842)))
    page["/CropBox"] = box
    writer.update_container(page)
    tree, name = writer.root["/Pages"], generic.pdf_name
    parent = writer.root.raw_get("/Pages")
    more = {name("/Type"): name("/Page"), name("/Parent"): parent, name("/MediaBox"): box}
    tree["/Kids"].append(writer.add_object(generic.DictionaryObject(more)))
    tree["/Count"] = generic.NumberObject(int(tree["/Count"]) + 1)
    writer.update_container(tree)


def a_bookmark(writer: IncrementalPdfFileWriter) -> None:
    name = generic.pdf_name
    said = {name("/Title"): generic.TextStringObject("Never adopted")}
    item = writer.add_object(generic.DictionaryObject(said))
    writer.root["/Outlines"] = generic.DictionaryObject({name("/First"): item, name("/Last"): item})
    writer.update_root()


def what_it_says_of_itself(writer: IncrementalPdfFileWriter) -> None:
    said = {generic.pdf_name("/Title"): generic.TextStringObject("Never adopted")}
    writer.set_info(writer.add_object(generic.DictionaryObject(said)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (cut_and_a_page, "page 2 added"),
        (a_bookmark, "it holds a bookmark: Never adopted"),
        (what_it_says_of_itself, "Title: A rehearsal → Never adopted"),
    ],
)
def test_what_no_page_shows_is_seen_under_a_signature(
    released: Rehearsal,
    keys: Path,
    tmp_path: Path,
    change: Callable[[IncrementalPdfFileWriter], None],
    said: str,
) -> None:
    """What was appended is the signature and nothing else, or the copy is no copy."""
    writer = IncrementalPdfFileWriter(io.BytesIO((released.root / "releases/A-1/rehearsal.en.pdf").read_bytes()))
    change(writer)
    made = io.BytesIO()
    writer.write(made)
    path = tmp_path / "rehearsal.en.pdf"
    path.write_bytes(sign_pdf(made.getvalue(), keys / "office.p12", SECRET, "A-1"))
    told = released.refuses(f"verify {path} --trust {keys / 'ca.pem'}")
    assert "ALTERED" in told
    assert said in told
    assert "all else is as released" not in told


def test_what_a_signature_says_in_words_is_told(released: Rehearsal, keys: Path, tmp_path: Path) -> None:
    """A reason is shown beside a name by every program, and whoever signs writes it."""
    path = tmp_path / "rehearsal.en.pdf"
    original = (released.root / "releases/A-1/rehearsal.en.pdf").read_bytes()
    path.write_bytes(sign_pdf(original, keys / "office.p12", SECRET, "Malta never agreed"))
    told = released.does(f"verify {path} --trust {keys / 'ca.pem'}")
    assert "in the words of whoever signed: “Malta never agreed”" in told
    path.write_bytes(sign_pdf(original, keys / "office.p12", SECRET, "A-1"))
    assert "in the words of" not in released.does(f"verify {path} --trust {keys / 'ca.pem'}")


def test_a_signature_that_does_not_hold_vouches_for_nothing(released: Rehearsal, keys: Path, tmp_path: Path) -> None:
    signed = sign_pdf(
        (released.root / "releases/A-1/rehearsal.en.pdf").read_bytes(), keys / "office.p12", SECRET, "A reason"
    )
    path = tmp_path / "rehearsal.en.pdf"
    path.write_bytes(signed.replace(b"(A reason)", b"(A rumour)"))
    told = released.refuses(f"verify {path} --trust {keys / 'ca.pem'}")
    assert "ALTERED" in told
    assert "a signature that does not hold" in told
    assert "all else is as released" not in told


def test_a_signed_copy_with_a_time_stamp_is_whole(released: Rehearsal, keys: Path, authority: str) -> None:
    released.does(f"sign A-1 --pades {keys / 'office.p12'} --ssh {keys / 'office_ssh'} --timestamp {authority}")
    folder = released.root / "releases/A-1/signatures"
    assert sorted(path.name for path in folder.iterdir()) == [
        "record.json.office_ssh.sig",
        "record.json.tsr",
        "rehearsal.en-fr.signed.pdf",
        "rehearsal.en.signed.pdf",
        "rehearsal.fr.signed.pdf",
    ]
    signed = folder / "rehearsal.fr.signed.pdf"
    assert "Signature is Valid" in run("pdfsig", "-nocert", str(signed), cwd=folder)
    assert ": authentic\n" in released.does(f"verify {signed} --trust {keys / 'ca.pem'}")
    with pikepdf.open(signed) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize("of", ["rehearsal.fr.pdf", "signatures/rehearsal.fr.signed.pdf"])
def test_a_time_stamp_of_the_document_is_none_of_its_words(
    released: Rehearsal, keys: Path, authority: str, tmp_path: Path, of: str
) -> None:
    """One of its own (PAdES-LTA), on what was released and on the signed copy of it; and one that does not hold."""
    released.does(f"sign A-1 --pades {keys / 'office.p12'}")
    writer = IncrementalPdfFileWriter(io.BytesIO((released.root / "releases/A-1" / of).read_bytes()))
    stamped = PdfTimeStamper(HTTPTimeStamper(authority)).timestamp_pdf(writer, "sha256").getvalue()
    path = tmp_path / "stamped.pdf"
    path.write_bytes(stamped)
    told = released.does(f"verify {path} --trust {keys / 'ca.pem'}")
    assert ": authentic\n" in told
    assert "time-stamped 2" in told
    assert "tsa of a test" in told
    assert ("signed by" in told) == ("signed" in of)
    assert "leads to none of those that you trust" in released.refuses(f"verify {path}")
    assert b"(Timestamp)" in stamped
    path.write_bytes(stamped.replace(b"(Timestamp)", b"(Withdrawn)"))
    told = released.refuses(f"verify {path} --trust {keys / 'ca.pem'}")
    assert "ALTERED" in told
    assert "a time-stamp that does not hold" in told


def test_a_wrong_passphrase_is_told_and_never_printed(
    released: Rehearsal, keys: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PARAPH_PASSPHRASE", "not this one")
    said = released.refuses(f"sign A-1 --pades {keys / 'office.p12'}", 2)
    assert "the passphrase right?" in said
    assert "not this one" not in said
    assert "no.p12 cannot be read: No such file" in released.refuses("sign A-1 --pades no.p12", 2)
    assert "ca.pem cannot be opened" in released.refuses(f"sign A-1 --pades {keys / 'ca.pem'}", 2)
    assert not caplog.records, "what a library logs, nobody told it where to, it writes to the terminal"
    assert "there is nothing to sign with" in released.refuses("sign A-1", 2)
    assert "nothing was released as" in released.refuses(f"sign A-2 --ssh {keys / 'office_ssh'}", 2)
    assert not (released.root / "releases/A-1/signatures").exists()


def test_a_second_institution_signs_in_the_same_copy(released: Rehearsal, keys: Path, authority: str) -> None:
    """A further signature is appended to the signed copy; `verify` names both, and so do the programs of the trade."""
    released.does(f"sign A-1 --pades {keys / 'office.p12'} --ssh {keys / 'office_ssh'} --timestamp {authority}")
    folder = released.root / "releases/A-1/signatures"
    signed = folder / "rehearsal.en.signed.pdf"
    first = signed.read_bytes()
    second = f"sign A-1 --pades {keys / 'second.p12'} --ssh {keys / 'second/office_ssh'} --timestamp {authority}"
    told = released.does(second)
    assert signed.read_bytes().startswith(first)
    assert {path.name for path in folder.glob("record.json.*")} == {
        "record.json.2.tsr",
        "record.json.office_ssh.2.sig",
        "record.json.office_ssh.sig",
        "record.json.tsr",
    }
    assert "record.json.office_ssh.2.sig" in told
    said = run("pdfsig", "-nocert", str(signed), cwd=folder)
    assert said.count("Signature is Valid") == 2
    told = released.words(f"verify {signed} --trust {keys / 'ca.pem'}")
    assert ": authentic " in told
    for who in ("office of a test", "second of a test"):
        assert f"Common Name: {who}" in told, told
    assert "in the words of" not in told
    assert told.count("✓ record.json of A-1: time-stamped") == 2
    assert told.count("a good SSH signature by") == 2
    once = signed.read_bytes()
    for again in (second, f"sign A-1 --pades {keys / 'office.p12'}", f"sign A-1 --ssh {keys / 'second/office_ssh'}"):
        assert "is there already" in released.refuses(again)
    assert signed.read_bytes() == once


def test_of_two_who_sign_at_once_neither_is_lost(released: Rehearsal, keys: Path) -> None:
    """Who comes second is told so, before anything is written."""
    with held(released.root / "releases/A-1"):
        said = released.refuses(f"sign A-1 --pades {keys / 'office.p12'}")
        assert "somebody else signs in" in said
    assert not (released.root / "releases/A-1/signatures").exists()
    released.does(f"sign A-1 --pades {keys / 'office.p12'}")


def test_what_was_cut_off_is_signed_by_the_next_run(released: Rehearsal, keys: Path) -> None:
    released.does(f"sign A-1 --pades {keys / 'office.p12'}")
    folder = released.root / "releases/A-1/signatures"
    (folder / "rehearsal.fr.signed.pdf").unlink()
    kept = (folder / "rehearsal.en.signed.pdf").read_bytes()
    told = released.does(f"sign A-1 --pades {keys / 'office.p12'}")
    assert "releases/A-1/signatures/rehearsal.en.signed.pdf: signed by that already" in told
    assert "releases/A-1/signatures/rehearsal.fr.signed.pdf\n" in told
    assert (folder / "rehearsal.en.signed.pdf").read_bytes() == kept


def test_no_signature_stays_without_its_time_stamp(
    released: Rehearsal, keys: Path, authority: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever file a run is cut off after, the second institution’s too: the next one completes it."""
    released.does(f"sign A-1 --ssh {keys / 'office_ssh'} --timestamp {authority}")
    folder = released.root / "releases/A-1/signatures"

    def cut_off(path: Path, data: bytes) -> None:
        write(path, data)
        raise KeyboardInterrupt

    second = f"sign A-1 --ssh {keys / 'second/office_ssh'} --timestamp {authority}"
    with monkeypatch.context() as patch:
        patch.setattr(signing, "write", cut_off)
        assert "stopped" in released.refuses(second, 130)
    released.does(second)
    names = {path.name for path in folder.iterdir()}
    assert {"record.json.office_ssh.2.sig", "record.json.2.tsr"} <= names
    assert "is there already" in released.refuses(second)
    assert {path.name for path in folder.iterdir()} == names


@pytest.mark.parametrize("change", [cut_and_a_page, a_bookmark, what_it_says_of_itself])
def test_nobody_signs_what_another_appended(
    released: Rehearsal, keys: Path, change: Callable[[IncrementalPdfFileWriter], None]
) -> None:
    """To a signed copy, or before it was signed; nor the copy of another file."""
    folder = released.root / "releases/A-1"
    path = folder / "signatures/rehearsal.en.signed.pdf"
    path.parent.mkdir()
    original = (folder / "rehearsal.en.pdf").read_bytes()

    def changed(data: bytes) -> bytes:
        writer, made = IncrementalPdfFileWriter(io.BytesIO(data)), io.BytesIO()
        change(writer)
        writer.write(made)
        return made.getvalue()

    office = keys / "office.p12"
    copies = (
        sign_pdf(changed(original), office, SECRET, "A-1"),
        changed(sign_pdf(original, office, SECRET, "A-1")),
        sign_pdf((folder / "rehearsal.fr.pdf").read_bytes(), office, SECRET, "A-1"),
        original,
    )
    for copy in copies:
        path.write_bytes(copy)
        told = released.refuses(f"sign A-1 --pades {keys / 'second.p12'}")
        assert "is not the file that was released with signatures appended" in " ".join(told.split())
        assert path.read_bytes() == copy


@pytest.mark.parametrize("field", ["Ombudsman", "Firma1", "Подпись"])
def test_a_field_of_any_name(released: Rehearsal, keys: Path, tmp_path: Path, field: str) -> None:
    """Whoever signs by another program may call the field as they like; the name is told as theirs."""
    from pyhanko.sign import signers

    original = (released.root / "releases/A-1/rehearsal.en.pdf").read_bytes()
    meta = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    key = signer_of((keys / "office.p12").read_bytes(), SECRET, Path()).key
    path = tmp_path / "rehearsal.en.pdf"
    path.write_bytes(
        signers.PdfSigner(meta, signer=key).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(original))).getvalue()
    )
    told = released.does(f"verify {path} --trust {keys / 'ca.pem'}")
    assert ": authentic\n" in told
    assert f"in the words of whoever signed: “{field}”" in told


def test_what_is_not_in_force_is_signed_by_who_confirms_it(released: Rehearsal, keys: Path) -> None:
    sign = f"--ssh {keys / 'office_ssh'}"
    released.edit("detention", "is detained", "is ever detained")
    released.does("circulate rehearsal --until '2026-04-01 18:00'")
    released.all_approve("c2")
    released.does("close c2", "release rehearsal -f md --reference A-2")
    told = released.refuses(f"sign A-1 {sign}")
    assert "A-1 is not the adopted text in force" in told
    assert "it was replaced by A-2" in told
    assert "--confirm" in told
    released.does("withdraw A-2 --reason en='A rehearsal' --reason fr='Une répétition'")
    assert "it was withdrawn: " in released.refuses(f"sign A-2 {sign}")
    assert not (released.root / "releases/A-2/signatures").exists()
    assert "A-2 is not the adopted text in force: it was withdrawn" in released.does(f"sign A-2 {sign} --confirm")
    assert (released.root / "releases/A-2/signatures/record.json.office_ssh.sig").exists()


def test_what_was_never_adopted_is_signed_by_who_confirms_it(rehearsal: Rehearsal, keys: Path) -> None:
    rehearsal.circulates()
    rehearsal.does("release rehearsal -f md --reference A-1 --provisional 'en=Early' --provisional 'fr=Tôt'")
    sign = f"sign A-1 --ssh {keys / 'office_ssh'}"
    told = " ".join(rehearsal.refuses(sign).split())
    assert "it was released before its members had adopted it" in told
    rehearsal.does("decide c1 --as malta --object 'No'")
    rehearsal.moves_to("2026-03-02")
    rehearsal.refuses("close c1")
    assert "had adopted it; not adopted since: c1" in " ".join(rehearsal.refuses(sign).split())
    rehearsal.does(f"{sign} --confirm")
