#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main story through the real window: an admin imports a roster offline, and the LMS has it after the next sync.

A spreadsheet of 2 000 lines with a column for each course is dropped on a course; the final check is read, the import
started, one change undone, and after going online the LMS holds exactly the rest, once. The rejects are downloaded.

Arguments: registrar, registrar-sandbox, folder of the compiled settings schema, folder of the test tools.
"""
import csv
import json
import os
import subprocess
import sys
import tempfile
import time

from real_window import Lms, Window, make_roster, picture, wait_until, walk

LINES = 2000


def make_files(tools, folder):
    """A roster for the LMS and a matrix that refers to it, with what a correct importer makes of it."""
    matrix, expect = os.path.join(folder, 'marks.xlsx'), os.path.join(folder, 'expect.json')
    subprocess.run([sys.executable, os.path.join(tools, 'make-roster'), 'enrolments', '--rows', str(LINES), '--courses', '3',
                    '--density', '0.3', '--error-rate', '0.02', '--out', matrix, '--expect', expect], check=True)
    with open(expect, encoding='utf-8') as f:
        return make_roster(tools, folder, LINES), matrix, json.load(f)


def arrives(path, seconds=10):
    until = time.monotonic() + seconds
    while not os.path.exists(path) and time.monotonic() < until:
        time.sleep(0.2)
    return os.path.exists(path)


def connect(ui, lms):
    ui.run(('wait', 'button:Connect'),
           ('type', 'text:Address of the LMS', lms.url),
           ('type', 'text:Access Token', lms.token),
           *picture('welcome'),
           ('click', 'button:Connect'),
           ('wait', r'/^%d,?%03d$/' % divmod(LINES + 1, 1000)),
           ('is', 'button:Add User', 'sensitive'))


def import_offline(ui, matrix, expect):
    """Offline, the file is dropped on a course's enrollments. They are in the list at once, marked as waiting."""
    ui.run(('click', 'label:Courses'),
           ('click', 'label:Fire safety'),
           ('wait', '~0 enrollments'),
           ('click', 'Work Offline'),
           ('drop', matrix, 'Search enrollments'),
           ('wait', 'button:Start import'),
           ('wait', '~%d lines may not be imported' % expect['rejected']),
           *picture('final-check'),
           ('click', '/^Not Imported/'),
           *picture('not-imported'),
           ('click', 'button:Start import'),
           ('wait', '~wait to be sent to the LMS'),
           *picture('import-status'),
           ('click', 'label:Courses'),
           ('click', 'label:Fire safety'),
           ('wait', 'table:Enrollments >> label:Waiting'),
           *picture('waiting'))


def undo_one(ui):
    ui.run(('click', 'label:Imports'),
           ('click', 'button:More'),
           ('click', 'Show Changes'),
           ('wait', 'table:Changes of This Step'),
           ('click', 'table:Changes of This Step >> check:/^Select /'),
           ('wait', '~1 of'),
           ('key', 'Delete'),
           ('wait', '~1 undone'),
           *picture('pending-changes'))


def look_at_outcome(ui, folder, expect):
    """The outcome in words, and the lines that were not imported as a file."""
    path = os.path.join(folder, 'rejects.csv')
    ui.run(('click', 'label:Imports'),
           ('wait', '~Import process completed'),
           *picture('imported'),
           ('click', 'button:Download List'),
           ('choose', path))
    if not arrives(path):
        ui.run(('key', 'Return'))   # a newer file chooser wants a second one
    wait_until(lambda: os.path.exists(path), 'the list is there')
    with open(path, encoding='utf-8-sig', newline='') as f:
        lines = list(csv.reader(f))
    assert len(lines) - 1 == expect['rejected'], (len(lines), expect['rejected'])
    assert any('Employee ID or Email ID not found' in line for line in lines[1:])


def main(program, sandbox, tools):
    with tempfile.TemporaryDirectory() as folder:
        roster, matrix, expect = make_files(tools, folder)
        with Lms(sandbox, roster, 3) as lms:
            before = lms.enrollments()
            with Window(program, tools) as ui:
                connect(ui, lms)
                import_offline(ui, matrix, expect)
                undo_one(ui)
                assert lms.operations() == [], 'something was sent while working offline'
                ui.run(('click', 'Work Offline'))
                wait_until(lambda: len(lms.operations()) >= expect['marks'] - 1, 'everything was sent')
                look_at_outcome(ui, folder, expect)
                operations = lms.operations()
                assert len(operations) == expect['marks'] - 1, (len(operations), expect['marks'])
                assert all(o['applied'] == 1 for o in operations), 'something was applied twice'
                assert len(lms.enrollments() - before) == expect['marks'] - 1


if __name__ == '__main__':
    walk(main)
