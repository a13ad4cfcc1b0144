# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the real window share: an LMS of its own, and the hands that use the window."""
import json
import os
import shlex
import subprocess
import sys
import time
import types
import urllib.request
import uuid

PICTURES = os.environ.get('STORY_PICTURES')


class Started:
    """A program that ends with the `with` it was started in."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait(10)


class Lms(Started):
    """registrar-sandbox with the people of a roster, or with those of the demo."""

    def __init__(self, program, roster=None, courses=None):
        filled = ['--people', roster, '--courses', str(courses)] if roster is not None else ['--seed', 'demo']
        self.process = subprocess.Popen([program, '--port', '0', *filled], stdout=subprocess.PIPE, text=True)
        hello = json.loads(self.process.stdout.readline())
        self.url, self.token = hello['url'], hello['token']

    def get(self, path):
        request = urllib.request.Request(self.url.rstrip('/') + path, headers={'Authorization': 'Bearer ' + self.token})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def post(self, path, value):
        request = urllib.request.Request(self.url.rstrip('/') + path, data=json.dumps(value).encode(), headers={
            'Authorization': 'Bearer ' + self.token, 'Content-Type': 'application/json'})
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def delete(self, path):
        request = urllib.request.Request(self.url.rstrip('/') + path, method='DELETE',
                                         headers={'Authorization': 'Bearer ' + self.token})
        urllib.request.urlopen(request, timeout=30).close()

    def assign(self, users, course):
        for user in users:
            self.do('assign', user, course)

    def do(self, operation, user, course=None):
        """As somebody else would have done it."""
        operations = [{'id': str(uuid.uuid4()), 'operation': operation, 'user_id': user, 'course_id': course,
                       'params': {}, 'base': {}, 'base_revision': 0, 'note': None}]
        answer = self.post('/v1/operations', {'dry_run': False, 'operations': operations})
        assert all(r['outcome'] == 'applied' for r in answer['results']), answer

    def sign_in(self, user):
        """What somebody else connects with."""
        token = self.post('/sandbox/tokens', {'user_id': user})['token']
        return types.SimpleNamespace(url=self.url, token=token)

    def operations(self):
        return self.get('/sandbox/log')['operations']

    def pages(self):
        cursor, more = '', True
        while more:
            page = self.get('/v1/changes?limit=1000&after=' + cursor)
            yield page
            cursor, more = page['cursor'], page['more']

    def rows(self, kind):
        return [row for page in self.pages() for row in page[kind]]

    def enrollments(self):
        found = set()
        for page in self.pages():
            for row in page['enrollments']:
                found.add((row['user_id'], row['course_id']))
            for row in page['removed']:
                if row['kind'] == 'enrollment':
                    found.discard((row['user_id'], row['course_id']))
        return found


class Window(Started):
    """The program on show, and the hands that use it."""

    def __init__(self, program, tools):
        self.drive = os.path.join(tools, 'ui-drive')
        self.process = subprocess.Popen([program])

    def run(self, *steps, timeout=60):
        """Steps as ui-drive knows them, one after the other; every one waits for what it names."""
        script = ''.join(' '.join(shlex.quote(word) for word in step) + '\n' for step in steps)
        done = subprocess.run([self.drive, '--timeout', str(timeout), 'run', '-'], input=script, text=True)
        if done.returncode != 0:
            if PICTURES:
                subprocess.run([self.drive, 'shot', os.path.join(PICTURES, 'failed.png')])
            raise SystemExit(1)


def wait_until(condition, what, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise SystemExit('timed out waiting until ' + what)
        time.sleep(0.2)


def picture(name):
    return [('shot', os.path.join(PICTURES, name + '.png'))] if PICTURES else []


def make_roster(tools, folder, rows):
    """People for the LMS. Returns: the file"""
    roster = os.path.join(folder, 'people.csv')
    subprocess.run([sys.executable, os.path.join(tools, 'make-roster'), 'roster', '--rows', str(rows), '--out', roster],
                   check=True)
    return roster


def connect(ui, lms):
    """By keyboard: the address has the focus from the start."""
    ui.run(('wait', 'button:Connect'),
           ('keys', lms.url), ('key', 'Tab'), ('keys', lms.token), ('key', 'Return'),
           ('wait', 'table:Users >> row:*'))


def open_course(ui, title, other):
    """By keyboard: search, on into the list, Return. The row is what has the focus, and it says what it is."""
    ui.run(('key', 'alt+2'),
           ('wait', 'table:Courses >> row:' + title),
           ('key', 'ctrl+f'), ('keys', title),
           ('gone', 'table:Courses >> row:' + other),
           ('focus', 'table:Courses'),
           ('is', '/^%s/' % title, 'focused'),
           ('key', 'Return'))


def walk(through, seconds=840):
    """Calls through (program, sandbox, tools) on a desktop of its own."""
    program, sandbox, schemas, tools = sys.argv[1:5]
    if 'HEADLESS_STORY' not in os.environ:
        sys.exit(subprocess.run([os.path.join(tools, 'headless-run'), '--timeout', str(seconds), '--', sys.executable,
                                 *sys.argv], env=dict(os.environ, HEADLESS_STORY='1')).returncode)
    os.environ['GSETTINGS_SCHEMA_DIR'] = schemas
    through(program, sandbox, tools)
