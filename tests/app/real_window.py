# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the real window share: an LMS of its own, and the hands that use the window."""
import json
import os
import shlex
import subprocess
import time
import urllib.request
import uuid

PICTURES = os.environ.get('STORY_PICTURES')


class Lms:
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

    def assign(self, users, course):
        """As somebody else would have done it."""
        operations = [{'id': str(uuid.uuid4()), 'operation': 'assign', 'user_id': user, 'course_id': course,
                       'params': {}, 'base': {}, 'base_revision': 0, 'note': None} for user in users]
        answer = self.post('/v1/operations', {'dry_run': False, 'operations': operations})
        assert all(r['outcome'] == 'applied' for r in answer['results']), answer

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

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


class Window:
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

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def wait_until(condition, what, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise SystemExit('timed out waiting until ' + what)
        time.sleep(0.2)
