#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program registrar-sandbox: its options, its one line, and how it ends.

    check-program.py PROGRAM MAKE_ROSTER
"""
import csv
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
import urllib.request

PROGRAM, MAKE_ROSTER = sys.argv[1:3]


class Program(unittest.TestCase):
    def start(self, *options, **kw):
        program = subprocess.Popen([PROGRAM, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, **kw)
        self.addCleanup(self.end, program)
        return program, json.loads(program.stdout.readline())

    def end(self, program):
        if program.poll() is None:
            program.kill()
        program.wait(20)
        program.stdout.close()
        program.stderr.close()

    def get(self, address, path):
        request = urllib.request.Request(address['url'] + path, headers={'Authorization': 'Bearer ' + address['token']})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def run_it(self, *options):
        return subprocess.run([PROGRAM, *options], capture_output=True, text=True, timeout=60)

    def test_help(self):
        done = self.run_it('--help')
        self.assertEqual(done.returncode, 0)
        for option in ('--port', '--db', '--seed', '--people', '--courses', '--token', '--record', '--exit-with-parent', '--quiet'):
            self.assertIn(option, done.stdout)

    def test_wrong_options(self):
        for options in (['--nonsense'], ['stray'], ['--seed', 'none'], ['--seed', '0'], ['--seed', '3', '--people', 'x'],
                        ['--port', '70000'], ['--port', 'x'], ['--courses', '-1']):
            done = self.run_it(*options)
            self.assertEqual((done.returncode, done.stdout), (2, ''), options)
            self.assertTrue(done.stderr.startswith('registrar-sandbox: '), done.stderr)

    def test_cannot_start(self):
        with socket.create_server(('127.0.0.1', 0)) as other:
            port = str(other.getsockname()[1])
            for options in (['--port', port], ['--db', '/nowhere/at/all.db'], ['--people', '/nowhere/people.csv'],
                            ['--record', '/nowhere/at.all']):
                done = self.run_it(*options)
                self.assertEqual((done.returncode, done.stdout), (1, ''), options)
                self.assertTrue(done.stderr.startswith('registrar-sandbox: '), done.stderr)

    def test_one_line(self):
        program, address = self.start('--token', 'a "word"', '--quiet')
        self.assertEqual(sorted(address), ['token', 'url'])
        self.assertEqual(address['token'], 'a "word"')
        self.assertRegex(address['url'], r'^http://127\.0\.0\.1:[0-9]+$')
        self.assertEqual(self.get(address, '/v1/site')['actor']['role'], 'primary-admin')
        program.send_signal(signal.SIGINT)
        self.assertEqual(program.wait(20), 0)
        self.assertEqual((program.stdout.read(), program.stderr.read()), (b'', b''))

    def test_ends_with_its_parent(self):
        """A shell in between starts it, tells its process id, and ends."""
        with subprocess.Popen(['sh', '-c', '"$0" --exit-with-parent --quiet & echo $!; read wait; exit 0', PROGRAM],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as shell:
            lines = {bytes(shell.stdout.readline()), bytes(shell.stdout.readline())}
            self.assertEqual(len([line for line in lines if line.startswith(b'{')]), 1)
            pid = int(next(line for line in lines if not line.startswith(b'{')))
            watch = os.pidfd_open(pid)
            shell.stdin.write(b'\n')
            shell.stdin.close()
            shell.wait(20)
            ended, _, _ = select.select([watch], [], [], 20)
            os.close(watch)
            self.assertTrue(ended)

    def test_roster(self):
        """The directory and the courses are those the roster tool's enrolment files refer to."""
        with tempfile.TemporaryDirectory() as folder:
            people, marks = os.path.join(folder, 'people.csv'), os.path.join(folder, 'marks.csv')
            for kind, path in (('roster', people), ('enrolments', marks)):
                subprocess.run([sys.executable, MAKE_ROSTER, kind, '--rows', '300', '--courses', '20', '--error-rate', '0',
                                '--out', path], check=True)
            _, address = self.start('--people', people, '--courses', '20')
            page = self.get(address, '/v1/changes?limit=5000')
            with open(people, encoding='utf-8', newline='') as f:
                rows = {r['email']: r for r in csv.DictReader(f)}
            with open(marks, encoding='utf-8', newline='') as f:
                reader = csv.reader(f)
                headings = next(reader)[1:]
                marked = {r[0] for r in reader}
        self.assertEqual([c['code'] + ' ' + c['title'] for c in page['courses']], headings)
        users = {u['email']: u for u in page['users'][1:]}
        self.assertEqual(len(users), 300)
        self.assertLessEqual(marked, set(users))
        names = {label['id']: label['name'] for label in page['labels']}
        ids = {u['id']: u['email'] for u in page['users']}
        for email, row in rows.items():
            user = users[email]
            self.assertEqual((user['employee_id'], user['given_name'], user['family_name'], user['state']),
                             (row['employee_id'], row['first_name'], row['last_name'], row['status']))
            self.assertEqual(names[user['location_id']], row['location'])
            self.assertEqual({names[i] for i in user['labels']}, set(row['groups'].split(';')))
            self.assertEqual(ids.get(user['manager_id'], ''), row['manager_email'])


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
