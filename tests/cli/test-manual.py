#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual page knows every command and every option that --help shows.

    test-manual.py REGISTRAR-CLI MANUAL
"""
import os
import re
import shutil
import subprocess
import sys
import unittest


def help_of(*words):
    return subprocess.run([CLI, *words, '--help'], capture_output=True, text=True, check=True,
                          env=dict(os.environ, LC_ALL='C.UTF-8')).stdout


class Manual(unittest.TestCase):
    def setUp(self):
        with open(MANUAL, encoding='utf-8') as f:
            text = f.read().replace('\\-', '-')
        self.text = re.sub(r'\s+', ' ', re.sub(r'\\f[A-Z]|^\.[A-Z]{1,2} |"', '', text, flags=re.MULTILINE))
        self.commands = re.findall(r'^  ([a-z]+(?: [a-z]+)?)  +\S', help_of().split('Options of')[0], re.MULTILINE)

    def test_commands(self):
        self.assertGreater(len(self.commands), 20)
        for command in self.commands:
            with self.subTest(command=command):
                self.assertIn(command, self.text)

    def test_options(self):
        for command in self.commands:
            for option in re.findall(r'^ +(?:-\w, )?(--[a-z-]+)', help_of(*command.split()), re.MULTILINE):
                with self.subTest(command=command, option=option):
                    self.assertIn(option, self.text)

    def test_well_formed(self):
        if not shutil.which('man'):
            self.skipTest('man is not installed')
        done = subprocess.run(['man', '--warnings', '-l', MANUAL], capture_output=True, text=True,
                              env=dict(os.environ, LC_ALL='C.UTF-8', MANWIDTH='80'))
        self.assertEqual((done.returncode, done.stderr), (0, ''))


if __name__ == '__main__':
    CLI, MANUAL = (os.path.abspath(path) for path in sys.argv[1:3])
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
