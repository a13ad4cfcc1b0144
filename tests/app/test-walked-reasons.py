#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every reason of the catalogue that a file can be the cause of is met, and put right, by a walk through the real window:
what the walks say they meet, and what no file can cause, make up the catalogue as the program has it.

Argument: the program that prints the catalogue.
"""
import importlib.util
import os
import subprocess
import sys

WALKS = ('wizard-errors', 'wizard-marks', 'wizard-people')

# What is never said of a line or a column of a file, or not by the person who imports it.
OF_NO_FILE = {
    'completed-skipped': 'a choice made when reassigning',
    'session-too-old': 'no file names a session',
    'session-full': 'no file names a session',
    'session-unknown': 'no file names a session',
    'no-seat': 'no file names a session',
    'course-kind': 'no action of a file depends on the kind of course',
    'field-changed': 'a conflict, which is settled in Pending Changes',
    'blocked': 'a change that waits for an earlier one, in Pending Changes',
    'cancelled-out': 'a change and its undoing, which are not sent',
    'operation-unsupported': 'of an LMS that offers less, and of files of other systems',
    'course-not-own': 'imports are for administrators and managers',
    'team-not-own': 'said to managers, whose files are walked through by nobody',
}


def load(name):
    folder = os.path.dirname(os.path.abspath(__file__))
    sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location(name.replace('-', '_'), os.path.join(folder, 'test-%s.py' % name))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    catalogue = set(subprocess.run([sys.argv[1]], capture_output=True, text=True, check=True).stdout.split())
    met = {name: load(name).MEETS for name in WALKS}
    everything = set().union(*met.values())
    assert not everything & set(OF_NO_FILE), everything & set(OF_NO_FILE)
    missing = catalogue - everything - set(OF_NO_FILE)
    assert not missing, 'no walk meets %s' % sorted(missing)
    unknown = (everything | set(OF_NO_FILE)) - catalogue
    assert not unknown, 'the program has no reason %s' % sorted(unknown)
    for code in sorted(everything):
        print('%-20s %s' % (code, ', '.join(name for name in WALKS if code in met[name])))


if __name__ == '__main__':
    main()
