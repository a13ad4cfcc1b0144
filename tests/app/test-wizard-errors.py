#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of error that a list may bring into the import wizard, put right by keyboard alone in the real window: by
suggestions, for one line and for all alike, by typing, by leaving out; then what the LMS refuses after the sync, put
right in the same table; and what the LMS then has, each change carried out once.

Arguments: registrar, registrar-sandbox, folder of the compiled settings schema, folder of the test tools.
"""
import collections
import os
import subprocess
import tempfile

from real_window import Lms, Window, connect, open_course, picture, wait_until, walk

NAMES = ('admin anna boris carla dmitri esther farid greta hiroshi ingrid jamal katya leon mirella nadir olga pavel '
         'quentin rosalind stefan tamara').split()


def email(name):
    return name + '@walk.example'


def write_people(folder):
    """Boris is deactivated. Everybody's employee ID has zeros before it."""
    path = os.path.join(folder, 'people.csv')
    with open(path, 'w', encoding='utf-8') as f:
        f.write('employee_id,first_name,last_name,email,location,groups,role,manager_email,status,hire_date\n')
        for i, name in enumerate(NAMES):
            f.write('%05d,%s,Walker,%s,%s,%s,%s,,%s,2020-01-01\n' % (
                100 + i, name.title(), email(name), 'Oslo' if i % 2 else 'Bergen', 'Drivers' if i % 2 else 'Pilots',
                'Primary admin' if i == 0 else 'Learner', 'deactivated' if name == 'boris' else 'active'))
    return path


def paste(ui, *rows):
    width = max(len(row) for row in rows)
    text = ''.join('\t'.join(list(row) + [''] * (width - len(row))) + '\n' for row in rows)
    subprocess.run([ui.drive, 'clipboard', text], check=True)
    return ('key', 'ctrl+v')


def first_bad(line):
    """To the list of what is not imported, and into its first line."""
    return [('focus', 'tab:/^Not Imported/'), ('key', 'space'), ('focus', 'list:Lines that may not be imported'),
            ('key', 'Down'), ('is', '/^%d, /' % line, 'focused'), ('key', 'Return')]


def take(line, suggestion):
    """The suggestion that has the focus already."""
    return [('wait', 'label:Line %d' % line), ('wait', '~' + suggestion), ('key', 'Return')]


def go_to(line, control):
    return [('wait', 'label:Line %d' % line), ('focus', control), ('key', 'Return')]


def type_in(line, column, text):
    return [('wait', 'label:Line %d' % line), ('focus', 'entry:' + column), ('key', 'ctrl+a'), ('keys', text), ('key', 'Return')]


def start(ui, sentence, name):
    ui.run(('wait', '~0 lines may not be imported'), ('is', 'button:Start import', 'focused'), *picture(name),
           ('key', 'Return'), ('wait', '~' + sentence))


def people_and_dates(ui, lms, ids):
    """All that may be wrong with a list; and somebody whom the LMS archives between the check and the sync."""
    ui.run(paste(ui, ('Email ID', 'Employee ID', 'Requirement', 'Due Date', 'Message'),
                 ('anna@walk.exmaple',),                                   # 2: letters swapped
                 (email('boris'),),                                        # 3: deactivated
                 (email('dmitri'),),                                       # 4: archived
                 (email('esther'), '00106'),                               # 5: two people
                 ('not-an-address',),                                      # 6
                 (email('hiroshi'), '', 'must'), (email('ingrid'), '', 'must'),    # 7, 8: no requirement
                 (email('jamal'), '', '', '3/4/2031'),                     # 9: two readings
                 (email('katya'), '', '', '48000'),                        # 10: a spreadsheet's number
                 ('', '112'), ('', '113'),                                 # 11, 12: zeros lost
                 (email('nadir'),), (email('nadir'),),                     # 13, 14: twice
                 (email('olga'), '', '', '', '', 'aside'),                 # 15: beside the columns
                 (email('pavel'), '', 'Optional', '2031-01-01'),           # 16: both cannot be
                 (email('quentin'), '', '', '31.02.2031'),                 # 17: no date
                 ('nobody.at.all@nowhere.example',),                       # 18
                 (email('rosalind'),), (email('stefan'),), (email('tamara'),)),    # 19 to 21: right, but tamara has it
           ('wait', '~1 cannot be enrolled'), ('wait', '~16 lines may not be imported'), ('audit',),
           *first_bad(2),
           *take(2, 'anna@walk.example'),
           *type_in(3, 'Email ID', email('carla')),
           *take(4, 'Restore the person, and include the line'),
           *take(5, 'the one with the e-mail'),
           *type_in(6, 'Email ID', email('greta')),
           *go_to(7, 'button:Required, for all alike'),
           *take(9, '3/4/2031 = 3 April 2031'),
           *take(10, '2031-06-01'),
           *go_to(11, 'item:Restore all IDs of the column to 5 digits'),
           *take(14, 'Keep line 13, leave this one out'),
           *take(15, 'Ignore “aside”'),
           *go_to(16, 'item:Optional, without the due date'),
           *type_in(17, 'Due Date', '2031-02-28'),
           *go_to(18, 'item:Leave this line out'))
    lms.do('archive', ids['stefan'])
    start(ui, 'Import process completed. 16 users imported successfully, 2 users not imported.', 'errors-nothing-left')


def refused(ui):
    """The same table, the same corrections: and only that line."""
    ui.run(('wait', '~The user is archived.'), ('focus', 'button:Correct and Import Again…'), ('key', 'Return'),
           ('wait', '~1 line may not be imported'), *picture('errors-refused'),
           *first_bad(20),
           *take(20, 'Restore the person, and include the line'))
    start(ui, 'Import process completed. 1 users imported successfully, 1 users not imported.', 'errors-refused-done')


def find_people(lms):
    return {user['email'].split('@')[0]: user for user in lms.rows('users')}


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
