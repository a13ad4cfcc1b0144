#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main story through the real window: an admin imports a roster offline, and the LMS has it after the next sync.

A spreadsheet of 2 000 lines with a column for each course is dropped on the window; the final check is read, the
import started, one change undone, and after going online the LMS holds exactly the rest, once.

Arguments: registrar, registrar-sandbox, folder of the compiled settings schema, folder of the test tools.
"""
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
LINES = 2000


class Lms:
    """registrar-sandbox with the people of a roster."""

    def __init__(self, program, roster, courses):
        self.process = subprocess.Popen([program, '--port', '0', '--people', roster, '--courses', str(courses)],
                                        stdout=subprocess.PIPE, text=True)
        hello = json.loads(self.process.stdout.readline())
        self.url, self.token = hello['url'], hello['token']

    def get(self, path):
        request = urllib.request.Request(self.url.rstrip('/') + path, headers={'Authorization': 'Bearer ' + self.token})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def operations(self):
        return self.get('/sandbox/log')['operations']

    def enrollments(self):
        found, cursor = set(), ''
        while True:
            page = self.get('/v1/changes?limit=1000&after=' + cursor)
            for row in page['enrollments']:
                found.add((row['user_id'], row['course_id']))
            for row in page['removed']:
                if row['kind'] == 'enrollment':
                    found.discard((row['user_id'], row['course_id']))
            cursor = page['cursor']
            if not page['more']:
                return found

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


class Window:
    """The program on show, and the hands that use it."""

    def __init__(self, program, tools):
        self.drive = os.path.join(tools, 'ui-drive')
        self.process = subprocess.Popen([program])

    def __call__(self, *words, timeout=40):
        done = subprocess.run([self.drive, '--timeout', str(timeout), *words], capture_output=True, text=True)
        if done.returncode != 0:
            print('ui-drive', *words, ':', done.stderr.strip() or done.stdout.strip(), file=sys.stderr)
            subprocess.run([self.drive, 'tree'])
            picture = os.environ.get('STORY_PICTURES')
            if picture:
                subprocess.run([self.drive, 'shot', os.path.join(picture, 'failed.png')])
            raise SystemExit(1)
        return done.stdout.strip()

    def picture(self, name):
        folder = os.environ.get('STORY_PICTURES')
        if folder:
            self('shot', os.path.join(folder, name + '.png'))

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def make_files(tools, folder):
    """A roster for the LMS and a matrix that refers to it, with what a correct importer makes of it."""
    maker = [sys.executable, os.path.join(tools, 'make-roster')]
    roster, matrix, expect = (os.path.join(folder, n) for n in ('people.csv', 'marks.xlsx', 'expect.json'))
    subprocess.run(maker + ['roster', '--rows', str(LINES), '--out', roster], check=True)
    subprocess.run(maker + ['enrolments', '--rows', str(LINES), '--courses', '3', '--density', '0.3', '--error-rate', '0.02',
                            '--out', matrix, '--expect', expect], check=True)
    with open(expect, encoding='utf-8') as f:
        return roster, matrix, json.load(f)


def wait_until(condition, what, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise SystemExit('timed out waiting until ' + what)
        time.sleep(0.2)


def connect(ui, lms):
    ui('wait', 'button:Connect')
    ui('type', 'text:Address of the LMS', lms.url)
    ui('type', 'text:Access Token', lms.token)
    ui.picture('welcome')
    ui('click', 'button:Connect')
    ui('wait', 'Search users', timeout=60)
    ui('wait', r'/^%d,?%03d$/' % divmod(LINES + 1, 1000), timeout=60)


def import_offline(ui, matrix, expect):
    rejected = expect['rejected']
    ui('click', 'Work offline')
    ui('drop', matrix, 'Search users')
    ui('wait', 'button:Start import', timeout=60)
    ui('wait', '~%d lines may not be imported' % rejected)
    ui.picture('final-check')
    ui('click', '/^Not Imported/')
    ui.picture('not-imported')
    ui('click', 'button:Start import')
    ui('wait', '~wait to be sent to the LMS', timeout=60)
    ui.picture('import-status')


def undo_one(ui):
    ui('click', 'button:Show Changes')
    ui('wait', 'table:Changes of this action')
    ui('click', 'table:Changes of this action >> button:/^Actions for /')
    ui('click', 'menuitem:Undo')
    ui('wait', '~1 undone')
    ui.picture('pending-changes')


def main():
    program, sandbox, schemas, tools = sys.argv[1:5]
    if 'HEADLESS_STORY' not in os.environ:
        return subprocess.run([os.path.join(tools, 'headless-run'), '--timeout', '420', '--', sys.executable, __file__]
                              + sys.argv[1:], env=dict(os.environ, HEADLESS_STORY='1')).returncode
    os.environ['GSETTINGS_SCHEMA_DIR'] = schemas
    with tempfile.TemporaryDirectory() as folder:
        roster, matrix, expect = make_files(tools, folder)
        lms = Lms(sandbox, roster, 3)
        before = lms.enrollments()
        ui = Window(program, tools)
        try:
            connect(ui, lms)
            import_offline(ui, matrix, expect)
            undo_one(ui)
            assert lms.operations() == [], 'something was sent while working offline'
            ui('click', 'Work offline')
            wait_until(lambda: len(lms.operations()) >= expect['marks'] - 1, 'everything was sent')
            ui('wait', '~Up to Date', timeout=60)
            ui('click', 'label:Imports')
            ui('wait', '~Import process completed', timeout=30)
            ui.picture('imported')
            operations = lms.operations()
            assert len(operations) == expect['marks'] - 1, (len(operations), expect['marks'])
            assert all(o['applied'] == 1 for o in operations), 'something was applied twice'
            assert len(lms.enrollments() - before) == expect['marks'] - 1
            ui('audit')
        finally:
            ui.stop()
            lms.stop()
    return 0


if __name__ == '__main__':
    sys.exit(main())
