#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""People added and updated by keyboard alone, from a file of another program: its encoding, its columns (remembered as a
recipe, which the next file is read by), everything that may be wrong with what it says of people, who is added and who
is updated, what an empty cell means, a line that is unticked, a filter, a count that is typed; and what the LMS then has,
each change carried out once.

Arguments: registrar, registrar-sandbox, folder of the compiled settings schema, folder of the test tools.
"""
import os
import tempfile

from real_window import Lms, Window, connect, picture, walk
from wizard_hands import (Line, choose_action, choose_entry, choose_file, codes, count_bad, email, find_people, go_to,
                          is_started, leave_out, paste, put_right, show_cannot, start, take, type_count, type_in, write_people)

HEADINGS = ('E-Mail', 'Personalnr.', 'Vorname', 'Nachname', 'Funktion', 'Standort', 'Chef', 'Gruppen', 'Kostenstelle')
FIRST = 4   # below a title, a blank line and the headings

LINES = [
    Line(('juergen@walk.example', '00201', 'Jürgen', 'Grün', 'learner', 'Oslo', '', 'Drivers', '4711')),
    Line((email('carla'), '', '', '', 'Instruktor'), 'value-invalid', 'is no role', take('Instructor')),
    Line((email('dmitri'), '', '', 'Dorn'), 'user-archived', 'The user is archived', take('Restore the person, and include the line')),
    Line((email('farid'), '', '', '', '', 'Osol'), 'label-unknown', 'There is no location “Osol”. Did you mean “Oslo”?',
         go_to('button:Oslo, for all alike')),
    Line((email('pavel'), '', '', '', '', 'Osol'), 'label-unknown'),
    Line((email('hiroshi'), '', '', '', '', '', '', 'Drivres'), 'label-unknown', 'There is no group “Drivres”', take('Drivers')),
    Line((email('ingrid'), '', '', '', '', '', 'anna@walk.exmaple'), 'user-unknown', 'The manager anna@walk.exmaple is not known',
         take('anna@walk.example')),
    Line((email('jamal'), '00111', '', 'Jung'), 'user-ambiguous', 'Two users match', take('the one with the e-mail')),
    Line((email('katya'), '', '', 'Kern')),
    Line((email('katya'), '', '', 'Kern'), 'user-duplicate-line', 'Same user as line 12', take('Keep line 12, leave this one out')),
    Line((email('leon'), '', '', 'Lang'), 'lines-contradict', 'Conflicts with line 15', go_to('item:Keep this line, leave line 15 out')),
    Line((email('leon'), '', '', 'Kurz'), 'lines-contradict'),
    Line(('zoe.walk.example', '', 'Zoë', 'Zorn'), 'email-invalid', 'Not an e-mail address', type_in('E-Mail', 'zoe@walk.example')),
    Line((email('boris'), '', '', 'Born'), 'user-deactivated', 'is deactivated', leave_out()),
    Line(('', '114', '', 'Nord'), 'id-shortened', 'Leading zeros seem lost: 114, others have 5 digits', take('Restore to 00114')),
    Line((email('olga'), '', '', '', 'primary-admin')),   # above the role of whoever imports
    Line((email('esther'), '', '', 'Walker')),            # who is called so
    Line((email('quentin'), '', '', 'Quast')),
]
# What is told of people who are known.
CANNOT = {'role-missing': 'Your role may not do this', 'user-exists': 'Already there: not added again'}
HEADING_CODES = {'heading-missing', 'heading-unknown'}
MEETS = codes(LINES) | set(CANNOT) | HEADING_CODES


def write_first(folder):
    """In an encoding that is not to be guessed."""
    path = os.path.join(folder, 'staff.csv')
    rows = [('Personalliste',), (), HEADINGS] + [line.cells for line in LINES]
    with open(path, 'w', encoding='macintosh', newline='') as f:
        for row in rows:
            f.write(';'.join(list(row) + [''] * (len(HEADINGS) - len(row))) + '\r\n')
    return path


def write_second(folder):
    import openpyxl
    path = os.path.join(folder, 'staff.xlsx')
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    for row in ((email('rosalind'), '00118', 'Rosalind', 'Rose', '', 'Oslo', '', '', ''),
                (email('stefan'), '00119', 'Stefan', 'Stein', '', '', '', '', ''),
                (email('tamara'), '00120', 'Tamara', 'Tal', '', 'Oslo', '', 'Pilots', ''),
                ('uwe@walk.example', '00202', 'Uwe', 'Urban', '', 'Bergen', '', '', '')):
        sheet.append(row)
    book.save(path)
    return path


def read_file(ui, path):
    """Who is added or updated, the file, and the encoding in which the sample looks right."""
    ui.run(*choose_action('Add users'), *choose_entry('Who Is Added or Updated', 'Both'), ('audit',), *picture('people-setup'),
           *choose_file(path),
           ('wait', '~are not those of the sample file'), ('wait', '~We read it as windows-1252'), ('audit',),
           *picture('people-columns'),
           *choose_entry('Encoding', 'macintosh'), ('wait', '~We read it as macintosh: “Jürgen”'),
           ('wait', '~Passed over above it: Personalliste'))


def choose_columns(ui):
    """What is known is chosen already, and nothing is dropped in silence."""
    ui.run(('wait', '~3 columns are not decided yet'),
           *choose_entry('/Funktion/', 'Role'), *choose_entry('/Chef/', 'Manager'),
           ('focus', 'button:Leave the Rest Out'), ('key', 'Return'), ('wait', '~Every column is decided'),
           ('focus', '/^Remember as a Recipe/'), ('key', 'space'), *picture('people-decided'),
           ('wait', 'entry:*'),
           ('focus', 'button:Check With These Columns'), ('key', 'Return'))


def first_file(ui):
    ui.run(('wait', '~%d lines may not be imported' % count_bad(LINES)), ('audit',), *picture('people-check'))
    ui.run(*filter_by_reason(), *show_cannot({'role-missing': CANNOT['role-missing']}), *put_right(LINES, FIRST),
           *picture('people-nothing-left'),
           ('wait', '~1 without a mark'), ('wait', '~3 left out'),
           *start(), *type_count(13), *finish('. 13 users imported successfully, 1 users not imported.'))


def filter_by_reason():
    """One reason alone; another group is shown whole, and so is this one then."""
    return [('focus', 'tab:/^Not Imported/'), ('key', 'space'), *choose_entry('Reason', 'Not a valid value: …. (1)'),
            ('gone', 'row:/^6, /'), *picture('people-reason')]


def finish(sentence):
    return [*is_started(), ('wait', '~Import process completed' + sentence), ('wait', '~Up to Date')]


def second_file(ui, path):
    """Read by the recipe at once. An empty cell takes away, and one line is unticked."""
    ui.run(*choose_action('Add users'), *choose_file(path),
           ('wait', '~Read with the recipe “staff”'), ('wait', '~1 user will be added · 3 users will be updated'),
           ('wait', '~0 lines may not be imported'), ('audit',), *picture('people-recipe'),
           ('wait', '~cells are empty: what is there stays'),
           ('focus', 'button:Take It Away Instead'), ('key', 'Return'),
           ('wait', '~cells are empty: what is there is taken away'), ('wait', '~Location: Oslo → '),
           ('focus', 'list:Who it will happen to'), ('key', 'Down', 'space'),
           ('wait', '~3 of 4 ticked'), *picture('people-unticked'),
           *start(), *finish(' and 3 users imported successfully.'))


def only_new(ui):
    """Who is there already is left alone, and told; nothing is left to be started."""
    ui.run(*choose_action('Add users'), paste(ui, ('Email ID', 'Family Name'), [Line((email('anna'), 'Adams'))]),
           ('wait', '~Only people who are new are added'), ('wait', '~1 cannot be added'),
           *show_cannot({'user-exists': CANNOT['user-exists']}), *picture('people-exists'),
           ('is', 'button:Start import', 'not', 'sensitive'), ('key', 'Escape'), ('front', 'Registrar'))


def assert_end(lms, before):
    """To the last field of what was asked for, and nothing else."""
    names = {label['id']: label['name'] for label in lms.rows('labels')}
    after = find_people(lms)

    def tell(user):
        return {'number': user['employee_id'], 'given': user['given_name'], 'family': user['family_name'],
                'role': user['role'], 'location': names.get(user['location_id']), 'manager': user['manager_id'],
                'groups': [names[label] for label in user['labels']], 'state': user['state']}
    new = {'manager': None, 'role': 'learner', 'state': 'pending', 'number': None, 'location': None, 'groups': []}
    changes = {
        'juergen': dict(new, number='00201', given='Jürgen', family='Grün', location='Oslo', groups=['Drivers']),
        'zoe': dict(new, given='Zoë', family='Zorn'),
        'uwe': dict(new, number='00202', given='Uwe', family='Urban', location='Bergen'),
        'carla': {'role': 'instructor'}, 'dmitri': {'family': 'Dorn'}, 'farid': {'location': 'Oslo'},
        'pavel': {'location': 'Oslo'}, 'hiroshi': {'groups': ['Drivers']}, 'ingrid': {'manager': before['anna']['id']},
        'jamal': {'family': 'Jung'}, 'katya': {'family': 'Kern'}, 'leon': {'family': 'Lang'}, 'nadir': {'family': 'Nord'},
        'quentin': {'family': 'Quast'},
        'stefan': {'family': 'Stein', 'location': None, 'groups': []}, 'tamara': {'family': 'Tal', 'location': 'Oslo'},
    }
    expected = {name: tell(user) for name, user in before.items()}
    for name, fields in changes.items():
        expected[name] = dict(expected.get(name, {}), **fields)
    for name, user in after.items():
        assert tell(user) == expected[name], (name, tell(user), expected[name])
    assert set(after) == set(expected), set(after) ^ set(expected)
    twice = [operation for operation in lms.operations() if operation['applied'] != 1]
    assert not twice, twice


def main(program, sandbox, tools):
    with tempfile.TemporaryDirectory() as folder:
        with Lms(sandbox, write_people(folder), 3) as lms:
            people = find_people(lms)
            lms.do('archive', people['dmitri']['id'])
            administrator = lms.sign_in(people['admin']['id'])
            with Window(program, tools) as ui:
                connect(ui, administrator)
                read_file(ui, write_first(folder))
                choose_columns(ui)
                first_file(ui)
                second_file(ui, write_second(folder))
                only_new(ui)
                assert_end(lms, people)


if __name__ == '__main__':
    walk(main)
