# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of registrar-cli share: the real programs, each test with a folder of its own."""
import csv
import json
import os
import shutil
import subprocess
import tempfile
import unittest
import urllib.request

CLI, SANDBOX, ROSTER = None, None, None     # set by the test's command line

CODES = {'unknown-email': 'user-unknown', 'malformed-email': 'email-invalid',
         'duplicate-row': 'user-duplicate-line', 'deactivated-user': 'user-deactivated'}


class Sandbox:
    """An LMS of its own on a free port."""

    def __init__(self, *args):
        self.program = subprocess.Popen([SANDBOX, '--quiet', '--exit-with-parent', *args],
                                        stdout=subprocess.PIPE, text=True)
        address = json.loads(self.program.stdout.readline())
        self.url, self.token = address['url'], address['token']

    def get(self, path, data=None):
        request = urllib.request.Request(self.url + path, data=data and json.dumps(data).encode(),
                                         headers={'Authorization': 'Bearer ' + self.token,
                                                  'Content-Type': 'application/json'})
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def log(self):
        return self.get('/sandbox/log')['operations']

    def stop(self):
        if self.program.poll() is None:
            self.program.terminate()
        self.program.wait(30)
        self.program.stdout.close()


class CliCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='registrar-cli-')
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        data = text if isinstance(text, bytes) else text.encode()
        with open(self.path(name), 'wb') as f:
            f.write(data)
        return self.path(name)

    def sandbox(self, *args):
        sandbox = Sandbox(*args)
        self.addCleanup(sandbox.stop)
        return sandbox

    def run_cli(self, *args, status=0, profile='profile', text_in=''):
        """Runs registrar-cli, which must end with the status or one of them; returns (stdout, stderr)."""
        environment = dict(os.environ, XDG_DATA_HOME=self.path('home'), XDG_CACHE_HOME=self.path('cache'), LC_ALL='C.UTF-8',
                           G_DEBUG='fatal-criticals')
        environment.pop('DBUS_SESSION_BUS_ADDRESS', None)
        environment.pop('REGISTRAR_TOKEN', None)
        done = subprocess.run([CLI, '--data-dir', self.path(profile), *args], input=text_in,
                              capture_output=True, text=True, env=environment, timeout=120)
        self.assertIn(done.returncode, status if isinstance(status, tuple) else (status,), '%s\n%s%s' % (args, done.stdout, done.stderr))
        return done.stdout, done.stderr

    def cli(self, *args, **named):
        return self.run_cli(*args, **named)[0]

    def say(self, *args, **named):
        return self.run_cli(*args, **named)[1]

    def json(self, *args, **named):
        return json.loads(self.cli('--json', *args, **named))

    def connect(self, sandbox, profile='profile'):
        self.write('token', sandbox.token + '\n')
        self.cli('connect', '--kind', 'registrar', '--url', sandbox.url, '--token-file',
                 self.path('token'), profile=profile)
        self.cli('sync', '--quiet', profile=profile)

    def make(self, what, name, *args, expect=None):
        command = ['python3', ROSTER, what, '--out', self.path(name), *args]
        if expect:
            command += ['--expect', self.path(expect)]
        subprocess.run(command, check=True)
        if not expect:
            return self.path(name)
        with open(self.path(expect), encoding='utf-8') as f:
            return json.load(f)

    def read_csv(self, path):
        with open(path, encoding='utf-8-sig', newline='') as f:
            return list(csv.reader(f))

    def assert_plan(self, plan, expect):
        """Line by line: what `import check --json` says against what make-roster knows."""
        self.assertEqual([(r['line'], r['code'], r['identifier']) for r in plan['not_imported']],
                         [(line, CODES[code], value)
                          for _, line, code, _, value in expect['rejects']])
        self.assertEqual(len(plan['will']), expect['marks'])
        self.assertEqual(plan['cannot'], [])
        self.assertEqual(plan['lines_read'], expect['rows'])
        self.assertEqual(len({item['line'] for item in plan['will']}) + len(plan['unmarked']),
                         expect['accepted'])
        self.assert_conserved(plan)

    def assert_conserved(self, plan):
        accepted = {i['line'] for i in plan['will']} | {i['line'] for i in plan['cannot']}
        self.assertEqual(plan['lines_read'], len(accepted) + len(plan['not_imported'])
                         + len(plan['unmarked']) + len(plan['left_out']) + plan['blank'])


def main(argv):
    global CLI, SANDBOX, ROSTER
    CLI, SANDBOX, ROSTER = (os.path.abspath(path) for path in argv[1:4])
    unittest.main(argv=argv[:1] + argv[4:], module='__main__')
