#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of error that a list may bring into the import wizard, put right by keyboard alone in the real window: by
suggestions, for one line and for all alike, by typing, by leaving out; then what the LMS refuses after the sync, put
right in the same table; and what the LMS then has, each change carried out once.

Arguments: registrar, registrar-sandbox, folder of the compiled settings schema, folder of the test tools.
"""
import collections
import tempfile

from real_window import Lms, Window, connect, open_course, picture, wait_until, walk
from wizard_hands import (Line, codes, count_bad, email, find_people, go_to, is_started, leave_out, paste,
                          put_right, show_cannot, start, take, type_in, write_people)

HEADINGS = ('Email ID', 'Employee ID', 'Requirement', 'Due Date', 'Message')
UNKNOWN = 'Employee ID or Email ID not found'

# All that may be wrong with a list of people who shall have a course.
LINES = [
    Line(('anna@walk.exmaple',), 'user-unknown', UNKNOWN, take('anna@walk.example')),
    Line((email('boris'),), 'user-deactivated', 'is deactivated', type_in('Email ID', email('carla'))),
    Line((email('dmitri'),), 'user-archived', 'The user is archived', take('Restore the person, and include the line')),
    Line((email('esther'), '00106'), 'user-ambiguous', 'Two users match', take('the one with the e-mail')),
    Line(('not-an-address',), 'email-invalid', 'Not an e-mail address', type_in('Email ID', email('greta'))),
    Line((email('hiroshi'), '', 'must'), 'value-invalid', 'is no requirement', go_to('button:Required, for all alike')),
    Line((email('ingrid'), '', 'must'), 'value-invalid'),
    Line((email('jamal'), '', '', '3/4/2031'), 'date-ambiguous', 'can be read as', take('3/4/2031 = 3 April 2031')),
    Line((email('katya'), '', '', '48000'), 'date-invalid', 'Not a date: 48000', take('2031-06-01')),
    Line(('', '112'), 'id-shortened', 'Leading zeros seem lost', go_to('item:Restore all IDs of the column to 5 digits')),
    Line(('', '113'), 'id-shortened'),
    Line((email('nadir'),)),
    Line((email('nadir'),), 'user-duplicate-line', 'Same user as line 13', take('Keep line 13, leave this one out')),
    Line((email('olga'), '', '', '', '', 'aside'), 'value-invalid', 'has no heading', take('Ignore “aside”')),
    Line((email('pavel'), '', 'Optional', '2031-01-01'), 'value-invalid', 'A due date makes the course Required',
         go_to('item:Optional, without the due date')),
    Line((email('quentin'), '', '', '31.02.2031'), 'date-invalid', 'Not a date', type_in('Due Date', '2031-02-28')),
    Line(('nobody.at.all@nowhere.example',), 'user-unknown', UNKNOWN, leave_out()),
    Line((email('rosalind'),)),
    Line((email('stefan'),)),   # whom the LMS archives between the check and the sync
    Line((email('tamara'),)),   # who has the course
]
# What is told of people who are known, and what the LMS says after the sync.
CANNOT = {'already-assigned': 'Already assigned: not assigned a second time'}
REFUSED = {'user-archived': 'The user is archived'}
MEETS = codes(LINES) | set(CANNOT)


def send(ui, sentence, name):
    ui.run(*picture(name), *start(), *is_started(), ('wait', '~' + sentence))


def people_and_dates(ui, lms, ids):
    ui.run(paste(ui, HEADINGS, LINES),
           ('wait', '~1 cannot be enrolled'), ('wait', '~%d lines may not be imported' % count_bad(LINES)), ('audit',),
           *show_cannot(CANNOT),
           *put_right(LINES))
    lms.do('archive', ids['stefan'])
    send(ui, 'Import process completed. 16 users imported successfully, 2 users not imported.', 'errors-nothing-left')


def refused(ui):
    """The same table, the same corrections: and only that line."""
    says = REFUSED['user-archived']
    again = [Line((email('stefan'),), 'user-archived', says, take('Restore the person, and include the line'))]
    ui.run(('wait', '~' + says), ('focus', 'button:Correct and Import Again…'), ('key', 'Return'),
           ('wait', '~1 line may not be imported'), *picture('errors-refused'),
           *put_right(again, first=20))
    send(ui, 'Import process completed. 1 users imported successfully, 1 users not imported.', 'errors-refused-done')


def assert_end(lms, courses, ids):
    """To the last field of what was asked for, and nothing else."""
    names = {number: name for name, number in ids.items()}
    latest = {(names[row['user_id']], row['course_id']): row for row in lms.rows('enrollments')}
    fire = courses['C002']
    asked = {(name, fire): ('optional', None) for name in
             'anna carla dmitri esther greta leon mirella nadir olga pavel rosalind stefan tamara'.split()}
    asked.update({(name, fire): ('required', None) for name in ('hiroshi', 'ingrid')})
    asked.update({('jamal', fire): ('required', '2031-04-03'), ('katya', fire): ('required', '2031-06-01'),
                  ('quentin', fire): ('required', '2031-02-28')})
    assert {pair: (row['requirement'], row['due_date'] or None) for pair, row in latest.items()} == asked, latest
    people = find_people(lms)
    assert all(people[name]['state'] == 'active' for name in ('dmitri', 'stefan')), 'both were restored'
    applied = collections.Counter(operation['applied'] for operation in lms.operations())
    assert set(applied) <= {0, 1}, applied


def main(program, sandbox, tools):
    with tempfile.TemporaryDirectory() as folder:
        with Lms(sandbox, write_people(folder), 3) as lms:
            ids = {name: user['id'] for name, user in find_people(lms).items()}
            courses = {course['code']: course['id'] for course in lms.rows('courses')}
            lms.assign([ids['tamara']], courses['C002'])
            lms.do('archive', ids['dmitri'])
            with Window(program, tools) as ui:
                connect(ui, lms)
                open_course(ui, 'Fire safety', 'Induction')
                ui.run(('wait', '~1 enrollment'))
                people_and_dates(ui, lms, ids)
                refused(ui)
                wait_until(lambda: (ids['stefan'], courses['C002']) in lms.enrollments(), 'the LMS has all')
                assert_end(lms, courses, ids)


if __name__ == '__main__':
    walk(main)
