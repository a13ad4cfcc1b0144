#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What cannot happen to somebody, and what happens to them instead, chosen by keyboard from the menu of their line in the
real window, for one and for all alike: who has the course is reassigned, who is not enrolled is assigned with the due date,
who is there already is updated; and what the LMS then has, each change carried out once.

Arguments: registrar, registrar-sandbox, folder of the compiled settings schema, folder of the test tools.
"""
import collections
import tempfile

from real_window import Lms, Window, connect, open_course, picture, wait_until, walk
from wizard_hands import Line, choose_action, email, find_people, go_to, is_started, paste, start, write_people

LIST = ('Email ID', 'Employee ID', 'Requirement', 'Due Date', 'Message')
DATES = ('Email ID', 'Employee ID', 'Due Date', 'Course')
PEOPLE = ('Email ID', 'Family Name')
HAVE_IT = ('anna', 'carla', 'dmitri', 'esther')   # esther has completed it, anna was half through
DATE = '2031-06-01'


def lines(names, *cells):
    return [Line((email(name),) + cells) for name in names]


def show_list():
    return [('focus', 'tab:/^Cannot/'), ('key', 'space'), ('focus', 'list:Who it cannot happen to'), ('key', 'Down')]


def instead(number, choice):
    """From the menu of the line that has the focus: afterwards it is the next one."""
    return [('is', '/^%d, /' % number, 'focused'), ('key', 'shift+F10'), ('pick', choice)]


def answer(question, *steps):
    return [('wait', '@window >> ' + question), ('audit',), *steps, *go_to('button:Proceed'), ('front', 'Import')]


def finish(ui, *says):
    ui.run(*start(), *is_started(), *[('wait', '~' + sentence) for sentence in says], ('wait', '~Up to Date'))


def reassign(ui):
    ui.run(paste(ui, LIST, lines(HAVE_IT + ('greta',))),
           ('wait', '~1 user will be enrolled · 4 cannot be enrolled'),
           *show_list(), *instead(2, 'Reassign instead'),
           *answer('Reassign 1 User Instead?', ('wait', '~Learners start from the beginning'), *picture('instead-one')),
           ('wait', '~1 user will be enrolled · 1 user will be reassigned · 3 cannot be enrolled'),
           *instead(3, 'Reassign all who have it already instead'),
           *answer('Reassign 3 Users Instead?', ('focus', 'check:~Skip users who have already completed'), ('key', 'space'),
                   *picture('instead-all')),
           ('wait', '~1 user will be enrolled · 3 users will be reassigned · 1 cannot be enrolled'), ('audit',),
           *picture('instead-reassigned'))
    finish(ui, 'Import process completed. 4 users imported successfully, 1 users not imported.')


def assign(ui):
    ui.run(*choose_action('Set due dates'), paste(ui, DATES, lines(('greta', 'hiroshi', 'ingrid', 'jamal'), '', DATE, 'C002')),
           ('wait', '~3 cannot'),
           *show_list(), *instead(3, 'Assign with this due date instead'), ('wait', '~2 cannot'),
           *instead(4, 'Assign all who are not enrolled instead'), ('wait', '~0 cannot'),
           ('wait', '~3 users will be enrolled'), ('audit',), *picture('instead-assigned'))
    finish(ui, 'Import process completed and 4 users imported successfully.')


def update(ui):
    ui.run(*choose_action('Add users'), paste(ui, PEOPLE, lines(('katya', 'leon', 'mirella'), 'Adams') + lines(('zoe',), 'Zorn')),
           ('wait', '~1 user will be added · 3 cannot be added'),
           *show_list(), *instead(2, 'Update instead'), ('wait', '~2 cannot be added'),
           *instead(3, 'Update all who are there already instead'), ('wait', '~0 cannot'), ('audit',),
           *picture('instead-updated'))
    finish(ui, 'Import process completed and 4 users imported successfully.')


def assert_end(lms, course, before):
    people = find_people(lms)
    names = {user['id']: name for name, user in people.items()}
    rows = {names[row['user_id']]: row for row in lms.rows('enrollments') if row['course_id'] == course}
    attempts = {name: row['attempt'] for name, row in rows.items()}
    assert attempts == dict({name: 2 for name in HAVE_IT[:3]}, esther=1, greta=1, hiroshi=1, ingrid=1, jamal=1), attempts
    assert {name: row['progress'] for name, row in rows.items() if row['progress']} == {'esther': 100}, rows
    assert rows['esther']['completed_at'] == before['esther']['completed_at'], 'who has completed it was skipped'
    dated = {name for name, row in rows.items() if row['due_date'] == DATE and row['requirement'] == 'required'}
    assert dated == {'greta', 'hiroshi', 'ingrid', 'jamal'}, dated
    kept = [row for row in lms.rows('attempts') if row['course_id'] == course]
    assert {(names[row['user_id']], row['number'], row['progress']) for row in kept} == {
        ('anna', 1, 50), ('carla', 1, 0), ('dmitri', 1, 0)}, kept
    families = {name: people[name]['family_name'] for name in ('katya', 'leon', 'mirella', 'zoe', 'anna')}
    assert families == {'katya': 'Adams', 'leon': 'Adams', 'mirella': 'Adams', 'zoe': 'Zorn', 'anna': 'Walker'}, families
    done = collections.Counter((row['operation'], row['applied']) for row in lms.operations())
    # those of the beginning, too: four had the course
    assert done == {('assign', 1): 4 + 1 + 3, ('reassign', 1): 3, ('set-due-date', 1): 1, ('edit-user', 1): 3,
                    ('add-user', 1): 1}, done


def main(program, sandbox, tools):
    with tempfile.TemporaryDirectory() as folder:
        with Lms(sandbox, write_people(folder), 3) as lms:
            people = find_people(lms)
            course = next(row['id'] for row in lms.rows('courses') if row['code'] == 'C002')
            lms.assign([people[name]['id'] for name in HAVE_IT], course)
            for name, progress in (('anna', 50), ('esther', 100)):
                lms.post('/sandbox/learn', {'user_id': people[name]['id'], 'course_id': course, 'progress': progress})
            names = {user['id']: name for name, user in people.items()}
            before = {names[row['user_id']]: row for row in lms.rows('enrollments')}
            with Window(program, tools) as ui:
                connect(ui, lms)
                open_course(ui, 'Fire safety', 'Induction')
                ui.run(('wait', '~4 enrollments'))
                reassign(ui)
                wait_until(lambda: len(lms.enrollments()) == 5, 'the LMS has the five')
                assign(ui)
                update(ui)
                wait_until(lambda: 'zoe' in find_people(lms), 'the LMS has the new one')
                assert_end(lms, course, before)


if __name__ == '__main__':
    walk(main)
