#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The test tools themselves: they start, say what they are for, and refuse what they do not know."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))


def run(tool, *arguments, **kw):
    return subprocess.run([os.path.join(HERE, tool), *arguments], capture_output=True, text=True, timeout=60,
                          stdin=subprocess.DEVNULL, **kw)


def has_atspi():
    probe = 'import gi; gi.require_version("Atspi", "2.0"); from gi.repository import Atspi'
    return subprocess.run(['/usr/bin/python3', '-c', probe], stderr=subprocess.DEVNULL).returncode == 0


class HeadlessRun(unittest.TestCase):
    def test_help(self):
        done = run('headless-run', '--help')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('COMMAND', done.stdout)

    def test_without_a_command(self):
        self.assertEqual(run('headless-run').returncode, 2)


@unittest.skipUnless(has_atspi(), 'Debian package gir1.2-atspi-2.0 or python3-gi is not installed')
class UiDrive(unittest.TestCase):
    def test_help(self):
        done = run('ui-drive', '--help')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('SELECTOR', done.stdout)

    def test_without_a_display(self):
        env = {k: v for k, v in os.environ.items() if k != 'DISPLAY'}
        done = run('ui-drive', '--timeout', '1', 'windows', env=env)
        self.assertEqual(done.returncode, 3, done.stderr)


class MakeRoster(unittest.TestCase):
    def test_help(self):
        done = run('make-roster', '--help')
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('--expect', done.stdout)

    def test_unknown_error_kind(self):
        self.assertEqual(run('make-roster', 'roster', '--rows', '1', '--errors', 'no-such-kind').returncode, 2)

    def test_same_seed_same_file(self):
        first = run('make-roster', 'roster', '--rows', '40', '--seed', '7')
        again = run('make-roster', 'roster', '--rows', '40', '--seed', '7')
        other = run('make-roster', 'roster', '--rows', '40', '--seed', '8')
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertEqual(first.stdout, again.stdout)
        self.assertNotEqual(first.stdout, other.stdout)
        self.assertEqual(first.stdout.splitlines()[0].split(',')[:4],
                         ['employee_id', 'first_name', 'last_name', 'email'])

    def test_known_answer_adds_up(self):
        with tempfile.TemporaryDirectory() as folder:
            answer = os.path.join(folder, 'answer.json')
            done = run('make-roster', 'roster', '--rows', '200', '--error-rate', '0.2',
                       '--out', os.path.join(folder, 'people.xlsx'), '--expect', answer)
            self.assertEqual(done.returncode, 0, done.stderr)
            with open(answer, encoding='utf-8') as f:
                expected = json.load(f)
            self.assertEqual(expected['accepted'] + expected['rejected'], 200)
            self.assertGreater(expected['rejected'], 0)
            self.assertEqual(len(expected['rejects']), expected['rejected'])


class SumTests(unittest.TestCase):
    """build-aux/sum-tests, whose last line everybody goes by."""

    def sum(self, *entries):
        with tempfile.TemporaryDirectory() as folder:
            log = os.path.join(folder, 'log.json')
            with open(log, 'w', encoding='utf-8') as f:
                f.writelines(json.dumps(entry) + '\n' for entry in entries)
            done = run('../../build-aux/sum-tests', log, os.path.join(folder, 'not-there.json'))
        return done.stdout.splitlines()[-1], done.returncode

    def test_cases_and_programs(self):
        self.assertEqual(self.sum({'name': 'a', 'result': 'OK', 'stdout': 'ok 1 /a/b\nok 2 /a/c\n1..2\n'},
                                  {'name': 'b', 'result': 'OK', 'stdout': 'fine\n'}),
                         ('3 passed, 0 failed', 0))

    def test_failures(self):
        self.assertEqual(self.sum({'name': 'a', 'result': 'FAIL', 'stdout': 'ok 1 /a/b\nnot ok 2 /a/c\n'},
                                  {'name': 'b', 'result': 'TIMEOUT', 'stdout': 'ok 1 /b/a\n'},
                                  {'name': 'c', 'result': 'ERROR'}),
                         ('2 passed, 3 failed', 1))

    def test_skipped_in_words(self):
        self.assertEqual(self.sum({'name': 'a', 'result': 'OK', 'stdout': 'ok 1 /a/b # SKIP no LibreOffice\nok 2 /a\n'},
                                  {'name': 'b', 'result': 'SKIP', 'stdout': 'skipped: no display\n'}),
                         ('1 passed, 0 failed, 2 skipped', 0))

    def test_nothing_ran(self):
        self.assertEqual(self.sum(), ('0 passed, 0 failed', 1))


@unittest.skipUnless(shutil.which('git'), 'git is not installed')
class CheckCommits(unittest.TestCase):
    """build-aux/check-commits, on a repository made for it."""

    def check(self, subject, text):
        with tempfile.TemporaryDirectory() as root:
            def git(*arguments):
                subprocess.run(['git', '-C', root, '-c', 'user.name=A', '-c', 'user.email=a@example.org', *arguments],
                               check=True, stdout=subprocess.DEVNULL)
            os.mkdir(os.path.join(root, 'build-aux'))
            shutil.copy(os.path.join(HERE, '../../build-aux/check-commits'), os.path.join(root, 'build-aux'))
            git('init', '-q')
            git('commit', '-q', '--allow-empty', '-m', 'first')
            with open(os.path.join(root, 'file'), 'w', encoding='utf-8') as f:
                f.write(text)
            git('add', 'file')
            git('commit', '-q', '-m', subject)
            return subprocess.run([os.path.join(root, 'build-aux/check-commits'), 'HEAD~1..HEAD'],
                                  stdout=subprocess.DEVNULL).returncode

    def test_rules(self):
        self.assertEqual(self.check('store: Keep the base row', 'x\n'), 0)
        self.assertEqual(self.check('store, sync: Keep the base row', 'x\n'), 0)
        for subject, text in (('Keep the base row', 'x\n'), ('store: keep it', 'x\n'), ('store: Keep it.', 'x\n'),
                              ('store: Keep ' + 'it ' * 30, 'x\n'), ('store: Keep it', 'x \n')):
            with self.subTest(subject=subject, text=text):
                self.assertEqual(self.check(subject, text), 1)


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0]] + sys.argv[1:])
