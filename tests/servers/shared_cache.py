# SPDX-License-Identifier: MIT
"""awsxx, the AWS CLI and botocore share the CLI's cache, in front of an STS made up here.

    shared_cache.py CACHE_USER TESTS...

All of them reach that STS as they would reach the real one: at its own name and over TLS, through
a proxy that AWS's tools take from the environment and that is this program.
"""
import json
import os
import re
import socketserver
import ssl
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

CACHE_USER = sys.argv[1]
ROLE = "arn:aws:iam::111122223333:role/shared"

BOTOCORE = """
import os
import botocore.session
from botocore.utils import JSONFileCache
session = botocore.session.Session()
roles = session.get_component('credential_provider').get_provider('assume-role')
roles.cache = JSONFileCache(os.path.expanduser('~/.aws/cli/cache'))
print(session.get_credentials().get_frozen_credentials().access_key)
"""


class FakeSts(BaseHTTPRequestHandler):
    """Answers AssumeRole with keys that are numbered, and GetCallerIdentity with the key's name."""

    protocol_version = "HTTP/1.1"

    def do_CONNECT(self):
        self.send_response(200)
        self.end_headers()
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = socketserver._SocketWriter(self.connection)
        self.close_connection = False

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        key = re.search("Credential=([^/]*)/", self.headers["Authorization"])[1]
        action = form["Action"][0]
        if action == "AssumeRole":
            time.sleep(0.3)  # so that whoever else needs the role comes while this one waits
        with self.server.lock:
            self.server.calls.append((action, key))
            number = len(self.server.calls)
        until = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600))
        result = {
            "AssumeRole": f"<Credentials><AccessKeyId>ASIA{number:04}</AccessKeyId>"
            f"<SecretAccessKey>secret/+{number}</SecretAccessKey>"
            f"<SessionToken>token=={number}</SessionToken><Expiration>{until}</Expiration>"
            f"</Credentials><AssumedRoleUser><Arn>{ROLE}/x</Arn>"
            "<AssumedRoleId>AROA:x</AssumedRoleId></AssumedRoleUser>",
            "GetCallerIdentity": f"<Arn>{key}</Arn><UserId>u</UserId><Account>1</Account>",
        }[action]
        body = (
            f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
            f"<{action}Result>{result}</{action}Result>"
            f"<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{action}Response>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def finish(self):
        super().finish()
        self.connection.close()  # the one with TLS, which is not the one that was accepted

    def log_message(self, *_):
        pass


class Scene(unittest.TestCase):
    """A home folder with a role in its profile, and the STS."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = folder.name
        certificate, key = self.path("sts.pem"), self.path("sts.key")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
            + ["-keyout", key, "-out", certificate, "-subj", "/CN=sts", "-addext"]
            + ["subjectAltName=DNS:sts.amazonaws.com,DNS:sts.us-east-1.amazonaws.com"],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        self.sts = ThreadingHTTPServer(("127.0.0.1", 0), FakeSts)
        self.sts.daemon_threads = True
        self.sts.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.sts.tls.load_cert_chain(certificate, key)
        self.sts.lock, self.sts.calls = threading.Lock(), []
        threading.Thread(target=self.sts.serve_forever, daemon=True).start()
        self.addCleanup(self.sts.server_close)
        self.addCleanup(self.sts.shutdown)
        self.write_profile("")
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": self.home,
            "AWS_PROFILE": "shared",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CA_BUNDLE": certificate,
            "HTTPS_PROXY": f"http://127.0.0.1:{self.sts.server_port}",
            "AWS_PAGER": "",
        }

    def path(self, *names):
        return os.path.join(self.home, *names)

    def write_profile(self, more):
        os.makedirs(self.path(".aws"), exist_ok=True)
        with open(self.path(".aws", "config"), "w") as config:
            config.write(
                "[profile user]\naws_access_key_id = AKIAUSER\naws_secret_access_key = s\n"
                f"[profile shared]\nregion = us-east-1\nrole_arn = {ROLE}\n"
                f"source_profile = user\n{more}"
            )

    def start(self, *command):
        return subprocess.Popen(
            command,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def outcome(self, process):
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, err)
        return out

    # Each tells the access key that it came to use.
    def awsxx(self):
        return self.outcome(self.start(CACHE_USER)).split()[0]

    def botocore(self):
        return self.outcome(self.start(sys.executable, "-c", BOTOCORE)).strip()

    def aws_cli(self):
        return json.loads(
            self.outcome(self.start("aws", "sts", "get-caller-identity", "--output", "json"))
        )["Arn"]

    def assumed(self):
        return [key for action, key in self.sts.calls if action == "AssumeRole"]

    def entries(self):
        folder = self.path(".aws", "cli", "cache")
        return [os.path.join(folder, n) for n in os.listdir(folder) if n.endswith(".json")]


class Processes(Scene):
    def test_many_at_once_make_one_call(self):
        users = [self.start(CACHE_USER) for _ in range(8)]
        keys = {self.outcome(one).split()[0] for one in users}
        self.assertEqual(len(keys), 1)
        self.assertEqual(self.assumed(), ["AKIAUSER"])

    def test_later_ones_make_none(self):
        first = self.awsxx()
        self.assertEqual(self.awsxx(), first)
        self.assertEqual(len(self.assumed()), 1)

    def test_files_are_for_their_owner_alone(self):
        self.awsxx()
        (entry,) = self.entries()
        self.assertEqual(stat.S_IMODE(os.stat(entry).st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(os.stat(os.path.dirname(entry)).st_mode), 0o700)

    def test_a_torn_entry_is_replaced(self):
        self.awsxx()
        (entry,) = self.entries()
        with open(entry, "r+") as file:
            file.truncate(20)
        again = self.awsxx()
        self.assertEqual(len(self.assumed()), 2)
        self.assertEqual(self.awsxx(), again)


class OtherTools(Scene):
    # What can stand in a profile and goes into the entry's name.
    PROFILES = (
        "",
        "duration_seconds = 3600\n",
        "role_session_name = me\nexternal_id = ü\"x\n",
    )

    def check_shared(self, writer, reader):
        for more in self.PROFILES:
            with self.subTest(more):
                self.write_profile(more)
                before = len(self.assumed())
                written = writer()
                self.assertEqual(len(self.assumed()), before + 1)
                self.assertEqual(reader(), written)
                self.assertEqual(len(self.assumed()), before + 1)

    def test_botocore_reads_what_awsxx_wrote(self):
        self.check_shared(self.awsxx, self.botocore)

    def test_the_cli_reads_what_awsxx_wrote(self):
        self.check_shared(self.awsxx, self.aws_cli)

    def test_awsxx_reads_what_botocore_wrote(self):
        self.check_shared(self.botocore, self.awsxx)

    def test_awsxx_reads_what_the_cli_wrote(self):
        self.check_shared(self.aws_cli, self.awsxx)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
