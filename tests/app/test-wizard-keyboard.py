#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The import wizard by keyboard alone, in the real window: a clean file in one key from the paste to the final check; a
file with every kind of error, put right until nothing is left; and what the LMS then has.

Arguments: registrar, registrar-sandbox, folder of the compiled settings schema, folder of the test tools.
"""
import subprocess
import tempfile

from real_window import Lms, Window, connect, make_roster, open_course, picture, wait_until, walk

PEOPLE = 60
HEADINGS = 'Email ID\tEmployee ID\tRequirement\tDue Date\tMessage\n'


def line(email='', number='', requirement='', date='', message='', beside=None):
    return '\t'.join([email, number, requirement, date, message] + ([beside] if beside else [])) + '\n'


def copy(ui, text):
    subprocess.run([ui.drive, 'clipboard', text], check=True)


def clean_file(ui, people):
    """Ctrl+V is all: the course on show is the one it is for."""
    copy(ui, HEADINGS + ''.join(line(p['email']) for p in people))
    ui.run(('key', 'ctrl+v'),
           ('wait', '~%d users will be enrolled' % len(people)),
           ('is', 'button:Start import', 'focused'),
           ('audit',), *picture('wizard-clean'),
           # Escape empties the search, then closes
           ('focus', 'entry:Search people and lines'), ('keys', 'nobody'), ('wait', 'label:Nobody'), ('key', 'Escape'),
           ('gone', 'label:Nobody'), ('is', 'entry:Search people and lines', 'focused'), ('key', 'Escape'),
           ('gone', 'button:Start import'))


def every_error(ui, people):
    """From line to line with Return; the last correction leads to Start import."""
    a, b, c, d, e, f = people[:6]
    swapped = d['email'].replace('@', '@@')
    text = (HEADINGS + line(swapped)                               # 2: one letter too many
            + line(b['email'], requirement='must')                 # 3: no requirement
            + line(c['email'], date='3/4/2031')                    # 4: two readings
            + line(e['email']) + line(e['email'])                  # 6: twice
            + line(f['email'], beside='aside')                     # 7: beside the columns
            + line('nobody.at.all@nowhere.example')                # 8: nobody
            + line(a['email']))
    copy(ui, text)
    ui.run(('key', 'ctrl+v'),
           ('wait', '~6 lines may not be imported'),
           ('focus', 'tab:/^Not Imported/'), ('key', 'space'),
           ('focus', 'list:Lines that may not be imported'), ('key', 'Down'), ('is', '/^2, /', 'focused'), ('key', 'Return'),
           # 2: the suggestion has the focus
           ('wait', 'label:Line 2'), ('wait', 'label:Leave this line out'), ('audit',), *picture('wizard-suggestion'), ('key', 'Return'),
           # 3: typed into the cell
           ('wait', 'label:Line 3'), ('wait', 'label:Optional'), ('focus', 'entry:Requirement'), ('key', 'ctrl+a'), ('keys', 'required'),
           ('key', 'Return'),
           # 4: the first reading
           ('wait', '~3/4/2031 = 3 April 2031'), ('key', 'Return'),
           # 6: the first line is kept
           ('wait', '~Keep line 5, leave this one out'), ('audit',), *picture('wizard-same-user'), ('key', 'Return'),
           # 7: ignored
           ('wait', '~Ignore “aside”'), ('key', 'Return'),
           # 8: nobody is like it
           ('wait', 'label:Line 8'), ('wait', '~Leave this line out'), ('focus', 'item:Leave this line out'),
           ('key', 'Return'),
           ('wait', '~0 lines may not be imported'),
           ('wait', '~6 users will be enrolled'),
           ('is', 'button:Start import', 'focused'), *picture('wizard-nothing-left'),
           ('key', 'Return'),
           ('wait', '~Import process completed and 6 users imported successfully.'))


def main(program, sandbox, tools):
    with tempfile.TemporaryDirectory() as folder:
        with Lms(sandbox, make_roster(tools, folder, PEOPLE), 3) as lms:
            rows = lms.get('/v1/changes?limit=1000&after=')
            course = next(c['id'] for c in rows['courses'] if c['title'] == 'Fire safety')
            people = [u for u in rows['users'] if u['state'] == 'active' and u['role'] == 'learner' and u['email']]
            with Window(program, tools) as ui:
                connect(ui, lms)
                open_course(ui, 'Fire safety', 'Induction')
                ui.run(('wait', '~0 enrollments'))
                clean_file(ui, people[:20])
                assert lms.enrollments() == set(), 'the check changed something'
                every_error(ui, people)
                wait_until(lambda: len(lms.enrollments()) == 6, 'the LMS has the six')
                assert lms.enrollments() == {(p['id'], course) for p in people[:6]}


if __name__ == '__main__':
    walk(main)
