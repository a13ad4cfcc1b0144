# SPDX-License-Identifier: GPL-3.0-or-later
"""What the walks through the import wizard share: files whose every line says what is wrong with it and how it is put
right, and the keys for that."""
import os
import subprocess
import tempfile

NAMES = ('admin anna boris carla dmitri esther farid greta hiroshi ingrid jamal katya leon mirella nadir olga pavel '
         'quentin rosalind stefan tamara').split()


class Line:
    """A line of a file. code: what is wrong with it, as the reason catalogue names it; None where nothing is. says: of
    the sentence that tells so. steps: what puts it right; None where another line's did that for all alike."""

    def __init__(self, cells, code=None, says=None, steps=None):
        self.cells, self.code, self.says, self.steps = cells, code, says, steps


def email(name):
    return name + '@walk.example'


def write_people(folder):
    """One is an administrator, Boris is deactivated. Everybody's employee ID has zeros before it."""
    path = os.path.join(folder, 'people.csv')
    with open(path, 'w', encoding='utf-8') as f:
        f.write('employee_id,first_name,last_name,email,location,groups,role,manager_email,status,hire_date\n')
        for i, name in enumerate(NAMES):
            f.write('%05d,%s,Walker,%s,%s,%s,%s,,%s,2020-01-01\n' % (
                100 + i, name.title(), email(name), 'Oslo' if i % 2 else 'Bergen', 'Drivers' if i % 2 else 'Pilots',
                'Administrator' if name == 'admin' else 'Learner', 'deactivated' if name == 'boris' else 'active'))
    return path


def find_people(lms):
    return {user['email'].split('@')[0]: user for user in lms.rows('users')}


# ---- Beginning ----

def paste(ui, headings, lines):
    """As a spreadsheet program copies a range. Returns: the step"""
    rows = [headings] + [line.cells for line in lines]
    width = max(len(row) for row in rows)
    text = ''.join('\t'.join(list(row) + [''] * (width - len(row))) + '\n' for row in rows)
    subprocess.run([ui.drive, 'clipboard', text], check=True)
    return ('key', 'ctrl+v')


def choose_entry(choice, entry):
    return [('focus', 'combo:' + choice), ('key', 'Return'), ('pick', entry)]


def choose_action(action):
    """The choice of actions has the focus as the wizard opens."""
    return [('key', 'ctrl+o'), ('wait', 'button:Check File'), ('key', 'Return'), ('pick', action)]


def choose_file(path):
    return [('focus', 'button:~Choose…'), ('key', 'Return'), ('wait', 'button:Open'), ('choose', path)]


def type_count(number):
    """What a large import is held for."""
    return [('wait', '@window >> Is This Meant?'), ('is', 'button:Start import', 'not', 'sensitive'),
            ('keys', str(number)), ('is', 'button:Start import', 'sensitive'), ('key', 'Return')]


def start():
    """The focus is on the button after the last correction."""
    return [('focus', 'button:Start import'), ('key', 'Return')]


def is_started():
    return [('front', 'Registrar'), ('wait', '~Import process completed')]


# ---- Putting right: the dialog goes on to the next line by itself ----

def take(suggestion):
    """The suggestion that has the focus already."""
    return [('wait', '@window >> ~' + suggestion), ('key', 'Return')]


def go_to(control):
    return [('focus', control), ('key', 'Return')]


def leave_out():
    return go_to('item:Leave this line out')


def type_in(column, text):
    return [('focus', 'entry:' + column), ('key', 'ctrl+a'), ('keys', text), ('key', 'Return')]


def put_right(lines, first=2):
    """From line to line, the first of them opened from the list. first: the number of the first line"""
    numbered = [(first + i, line) for i, line in enumerate(lines) if line.steps is not None]
    steps = [('focus', 'tab:/^Not Imported/'), ('key', 'space'), ('focus', 'list:Lines that may not be imported'),
             ('key', 'Down'), ('is', '/^%d, /' % numbered[0][0], 'focused'), ('key', 'Return')]
    for number, line in numbered:
        steps += [('wait', '@window >> label:Line %d' % number), ('wait', '@window >> ~' + line.says), *line.steps]
    return steps + [('front', 'Import'), ('wait', '~0 lines may not be imported'), ('is', 'button:Start import', 'focused')]


def show_cannot(reasons):
    """reasons: code → of the sentence that is told of somebody"""
    return [('focus', 'tab:/^Cannot/'), ('key', 'space'),
            *[('wait', 'list:Who it cannot happen to >> ~' + says) for says in reasons.values()]]


def count_bad(lines):
    return sum(line.code is not None for line in lines)


def codes(*files):
    return {line.code for lines in files for line in lines} - {None}
