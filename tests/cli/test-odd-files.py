#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file of tests/tools/make-odd-files: what `import check` says of it is what docs/imports.md has in its table, word for word.

    test-odd-files.py REGISTRAR-CLI REGISTRAR-SANDBOX MAKE-ROSTER MAKE-ODD-FILES IMPORTS_MD [--update]

--update writes the table anew. None may take more than 256 MB, whatever it is; how long the slowest took is said.
"""
import json
import os
import re
import resource
import subprocess
import sys

import cli_case
from cli_case import CliCase

MAKER, PAGE = (os.path.abspath(path) for path in sys.argv[4:6])
UPDATE = '--update' in sys.argv
BEGIN, END = '<!-- tests/cli/test-odd-files.py --update writes this table -->\n', '<!-- end of that table -->\n'
MEGABYTES = 256
SECONDS = 60        # a hang, on any machine; what is slow is only said


class OddFiles(CliCase):
    def say_what(self, name):
        """The sentence of a refusal, or what was read; CPU seconds and peak megabytes."""
        command = [cli_case.CLI, '--data-dir', self.path('profile'), '--json', 'import', 'check', '--action', 'assign', os.path.join('odd', name)]
        out, err = self.path('out'), self.path('err')
        with open(out, 'wb') as o, open(err, 'wb') as e:
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=o, stderr=e, cwd=self.folder,
                                     env=dict(os.environ, XDG_DATA_HOME=self.path('home'), LC_ALL='C.UTF-8', G_DEBUG='fatal-criticals'),
                                     preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS)))
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        with open(err, encoding='utf-8') as f:
            said = f.read().strip()
        self.assertIn(child.returncode, (0, 1, 3), '%s ended with %d: %s' % (name, child.returncode, said))
        if child.returncode == 1:
            self.assertEqual(os.path.getsize(out), 0)
            self.assertEqual(said.count('\n'), 0, said)
            sentence = re.sub(r'^registrar-cli: ', '', said)
        else:
            with open(out, encoding='utf-8') as f:
                plan = json.load(f)
            n = plan['lines_read']
            sentence = 'Is read: %s, %d blank.' % ('1 line' if n == 1 else '%d lines' % n, plan['blank'])
        return sentence, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

    def test_all(self):
        lms = self.sandbox('--people', self.make('roster', 'people.csv', '--rows', '20'), '--courses', '3')
        self.connect(lms)
        subprocess.run([sys.executable, MAKER, self.path('odd')], check=True)
        with open(self.path('odd/index.json'), encoding='utf-8') as f:
            index = json.load(f)
        rows, slowest = [], (0, '')
        for name, what in index.items():
            sentence, seconds, megabytes = self.say_what(name)
            if 'ASAN_OPTIONS' not in os.environ:     # it takes memory of its own
                self.assertLess(megabytes, MEGABYTES, name)
            rows.append('| `%s` | %s | %s |\n' % (name, what, sentence.replace('|', '\\|')))
            slowest = max(slowest, (seconds, name))
        print('the slowest was %s: %.2f s of CPU' % slowest[::-1], file=sys.stderr)
        self.assertEqual(self.json('changes', 'list'), [])
        self.compare('| File | What it is | What Registrar says |\n|---|---|---|\n' + ''.join(rows))

    def compare(self, table):
        with open(PAGE, encoding='utf-8') as f:
            page = f.read()
        self.assertIn(BEGIN, page)
        before, rest = page.split(BEGIN)
        old, after = rest.split(END)
        if UPDATE:
            with open(PAGE, 'w', encoding='utf-8') as f:
                f.write(before + BEGIN + table + END + after)
        else:
            self.assertEqual(old.splitlines(), table.splitlines(), 'docs/imports.md: %s --update writes the table anew' % sys.argv[0])


if __name__ == '__main__':
    cli_case.main([sys.argv[0], *sys.argv[1:4]])
