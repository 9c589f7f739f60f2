# SPDX-License-Identifier: MIT
"""awsxx, the AWS CLI and botocore share the CLI's caches, in front of an AWS made up here.

    shared_cache.py CACHE_USER TESTS...        with AWS_CLI in the environment, for some

All of them reach that AWS as they would reach the real one: at its own names and over TLS, through
a proxy that AWS's tools take from the environment and that is this program.
"""
import hashlib
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


NAMES = (
    "sts.amazonaws.com",
    "sts.us-east-1.amazonaws.com",
    "oidc.us-east-1.amazonaws.com",
    "portal.sso.us-east-1.amazonaws.com",
)


def date(seconds):
    """So many seconds from now."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))


class FakeAws(BaseHTTPRequestHandler):
    """STS, and IAM Identity Center with its OpenID Connect side.

    Keys are numbered, GetCallerIdentity tells the key, and a refresh token is good once.
    """

    protocol_version = "HTTP/1.1"

    def do_CONNECT(self):
        self.send_response(200)
        self.end_headers()
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = socketserver._SocketWriter(self.connection)
        self.close_connection = False

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.headers["Host"].startswith("oidc."):
            self.prolong(json.loads(body))
        else:
            self.sts(parse_qs(body)["Action"][0])

    def do_GET(self):
        if self.headers["x-amz-sso_bearer_token"] != f"access-{self.server.logins}":
            return self.answer("application/json", json.dumps({"message": "who?"}), 401)
        number = self.count("GetRoleCredentials")
        keys = {
            "accessKeyId": f"ASIA{number:04}",
            "secretAccessKey": "s",
            "sessionToken": "t",
            "expiration": int(time.time() + 3600) * 1000,
        }
        self.answer("application/json", json.dumps({"roleCredentials": keys}))

    def prolong(self, request):
        if request["refreshToken"] != f"refresh-{self.server.logins}":
            return self.answer("application/json", json.dumps({"error": "invalid_grant"}), 400)
        self.count("CreateToken")
        self.server.logins += 1
        token = {
            "accessToken": f"access-{self.server.logins}",
            "refreshToken": f"refresh-{self.server.logins}",
            "expiresIn": 28800,
            "tokenType": "Bearer",
        }
        self.answer("application/json", json.dumps(token))

    def sts(self, action):
        key = re.search("Credential=([^/]*)/", self.headers["Authorization"])[1]
        if action == "AssumeRole":
            time.sleep(0.3)  # so that whoever else needs the role comes while this one waits
        number = self.count(action)
        result = {
            "AssumeRole": f"<Credentials><AccessKeyId>ASIA{number:04}</AccessKeyId>"
            f"<SecretAccessKey>secret/+{number}</SecretAccessKey>"
            f"<SessionToken>token=={number}</SessionToken><Expiration>{date(3600)}</Expiration>"
            f"</Credentials><AssumedRoleUser><Arn>{ROLE}/x</Arn>"
            "<AssumedRoleId>AROA:x</AssumedRoleId></AssumedRoleUser>",
            "GetCallerIdentity": f"<Arn>{key}</Arn><UserId>u</UserId><Account>1</Account>",
        }[action]
        self.answer(
            "text/xml",
            f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
            f"<{action}Result>{result}</{action}Result>"
            f"<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{action}Response>",
        )

    def count(self, action):
        with self.server.lock:
            self.server.calls.append(action)
            return len(self.server.calls)

    def answer(self, kind, body, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def finish(self):
        super().finish()
        self.connection.close()  # the one with TLS, which is not the one that was accepted

    def log_message(self, *_):
        pass


class Scene(unittest.TestCase):
    """A home folder with a role in its profile, and an AWS."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = folder.name
        certificate, key = self.path("aws.pem"), self.path("aws.key")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
            + ["-keyout", key, "-out", certificate, "-subj", "/CN=aws", "-addext"]
            + ["subjectAltName=" + ",".join(f"DNS:{name}" for name in NAMES)],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        self.aws = ThreadingHTTPServer(("127.0.0.1", 0), FakeAws)
        self.aws.daemon_threads = True
        self.aws.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.aws.tls.load_cert_chain(certificate, key)
        self.aws.lock, self.aws.calls, self.aws.logins = threading.Lock(), [], 1
        threading.Thread(target=self.aws.serve_forever, daemon=True).start()
        self.addCleanup(self.aws.server_close)
        self.addCleanup(self.aws.shutdown)
        self.write_profile("")
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": self.home,
            "AWS_PROFILE": "shared",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CA_BUNDLE": certificate,
            "HTTPS_PROXY": f"http://127.0.0.1:{self.aws.server_port}",
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
            self.outcome(self.start(os.environ["AWS_CLI"], "sts", "get-caller-identity", "--output", "json"))
        )["Arn"]

    def calls(self, action):
        return self.aws.calls.count(action)

    def entries(self):
        folder = self.path(".aws", "cli", "cache")
        return [os.path.join(folder, n) for n in os.listdir(folder) if n.endswith(".json")]


class Processes(Scene):
    def test_many_at_once_make_one_call(self):
        users = [self.start(CACHE_USER) for _ in range(8)]
        keys = {self.outcome(one).split()[0] for one in users}
        self.assertEqual(len(keys), 1)
        self.assertEqual(self.calls("AssumeRole"), 1)

    def test_later_ones_make_none(self):
        first = self.awsxx()
        self.assertEqual(self.awsxx(), first)
        self.assertEqual(self.calls("AssumeRole"), 1)

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
        self.assertEqual(self.calls("AssumeRole"), 2)
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
                before = self.calls("AssumeRole")
                written = writer()
                self.assertEqual(self.calls("AssumeRole"), before + 1)
                self.assertEqual(reader(), written)
                self.assertEqual(self.calls("AssumeRole"), before + 1)

    def test_botocore_reads_what_awsxx_wrote(self):
        self.check_shared(self.awsxx, self.botocore)

    def test_the_cli_reads_what_awsxx_wrote(self):
        self.check_shared(self.awsxx, self.aws_cli)

    def test_awsxx_reads_what_botocore_wrote(self):
        self.check_shared(self.botocore, self.awsxx)

    def test_awsxx_reads_what_the_cli_wrote(self):
        self.check_shared(self.aws_cli, self.awsxx)


class Outward(Scene):
    """Other tools are handed a session's credentials by awsxx_tool."""

    tool = os.environ.get("AWSXX_TOOL")

    def test_the_cli_runs_with_them(self):
        out = self.outcome(
            self.start(self.tool, "exec", "--", os.environ["AWS_CLI"], "sts", "get-caller-identity")
        )
        self.assertEqual(json.loads(out)["Arn"], "ASIA0001")
        self.assertEqual(self.calls("AssumeRole"), 1)

    def test_botocore_takes_the_tool_as_its_credential_process(self):
        with open(self.path(".aws", "config"), "a") as config:
            config.write(
                "[profile outer]\nregion = us-east-1\n"
                f"credential_process = {self.tool} credential-process --profile shared\n"
            )
        self.environment["AWS_PROFILE"] = "outer"
        self.assertEqual(self.botocore(), "ASIA0001")

    def test_the_cli_and_botocore_are_served_one_role(self):
        server = self.start(self.tool, "serve", "--token-file", self.path("token"))
        variables = dict(self.environment)
        for line in server.stdout:
            word, _, rest = line.strip().partition(" ")
            if word == "unset":
                variables.pop(rest, None)
                continue
            name, _, value = rest.partition("=")
            variables[name] = value.strip("'")
            if name == "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE":
                break
        # Debian's know a token but no token's file yet.
        with open(self.path("token")) as token:
            variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = token.read()
        self.assertEqual(stat.S_IMODE(os.stat(self.path("token")).st_mode), 0o600)
        variables["AWS_REGION"] = variables["AWS_DEFAULT_REGION"] = "us-east-1"
        self.environment = variables
        self.assertEqual(self.botocore(), "ASIA0001")
        self.assertEqual(self.aws_cli(), "ASIA0001")
        self.assertEqual(self.awsxx(), "ASIA0001")
        self.assertEqual(self.calls("AssumeRole"), 1)
        server.terminate()
        self.assertEqual(server.wait(20), 0)
        for pipe in (server.stdout, server.stderr):
            pipe.close()


class Logins(Scene):
    """One login to Identity Center, which whoever comes prolongs for all."""

    def setUp(self):
        super().setUp()
        with open(self.path(".aws", "config"), "w") as config:
            config.write(
                "[sso-session corp]\nsso_region = us-east-1\n"
                "sso_start_url = https://corp.awsapps.com/start\n"
                "sso_registration_scopes = sso:account:access\n"
                "[profile shared]\nregion = us-east-1\nsso_session = corp\n"
                "sso_account_id = 111122223333\nsso_role_name = Reader\n"
            )
        folder = self.path(".aws", "sso", "cache")
        os.makedirs(folder)
        self.login = os.path.join(folder, hashlib.sha1(b"corp").hexdigest() + ".json")
        with open(self.login, "w") as file:
            json.dump(
                {
                    "startUrl": "https://corp.awsapps.com/start",
                    "region": "us-east-1",
                    "accessToken": "access-1",
                    "expiresAt": date(60),
                    "clientId": "c",
                    "clientSecret": "cs",
                    "registrationExpiresAt": date(86400),
                    "refreshToken": "refresh-1",
                },
                file,
            )

    def check_shared(self, first, second):
        key = first()
        self.assertEqual(self.calls("CreateToken"), 1)
        with open(self.login) as file:
            login = json.load(file)
        self.assertEqual(login["accessToken"], "access-2")
        self.assertEqual(login["refreshToken"], "refresh-2")
        self.assertEqual(login["startUrl"], "https://corp.awsapps.com/start")
        self.assertEqual(second(), key)
        self.assertEqual(self.calls("CreateToken"), 1)
        self.assertEqual(self.calls("GetRoleCredentials"), 1)
        for entry in self.entries():  # the login is good without the role's keys, too
            with open(entry) as file:
                self.assertEqual(json.load(file)["ProviderType"], "sso")  # for "aws sso logout"
            os.remove(entry)
        self.assertNotEqual(second(), key)
        self.assertEqual(self.calls("CreateToken"), 1)

    def test_the_cli_uses_a_login_that_awsxx_prolonged(self):
        self.check_shared(self.awsxx, self.aws_cli)

    def test_awsxx_uses_a_login_that_the_cli_prolonged(self):
        self.check_shared(self.aws_cli, self.awsxx)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
