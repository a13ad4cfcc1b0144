#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window by keyboard alone: connecting, finding, selecting, and what cannot be taken back.

On the way every page and question is asked for controls that a screen reader has no name for.

Arguments: registrar, registrar-sandbox, folder of the compiled settings schema, folder of the test tools.
"""
import tempfile

from real_window import Lms, Window, connect, make_roster, open_course, picture, walk

PEOPLE = 60
ENROLLED = 25   # more than twenty: the count is to be typed


def walk_pages(ui):
    for number, title in enumerate(('Users', 'Courses', 'Imports', 'Pending Changes'), 1):
        ui.run(('key', 'alt+%d' % number), ('is', 'item:' + title, 'selected'), ('audit',))


def choose(ui, label):
    """All who are enrolled, and the action from the bar below."""
    ui.run(('key', 'ctrl+f'),
           ('focus', 'button:Import'),
           ('focus', 'table:Enrollments'),
           ('key', 'ctrl+a'),
           ('wait', '~%d of %d selected' % (ENROLLED, ENROLLED)),
           ('is', 'table:Enrollments >> row:*', 'selected'),
           ('audit',),
           ('focus', 'button:/^(More|Select Action)$/'),
           ('key', 'Return'),
           ('pick', label))


def confirm(ui, button):
    """Nothing opens the way but the tick and the right count."""
    wait = ('is', button, 'not', 'sensitive')
    ui.run(('wait', '~to confirm how many'),
           wait, ('audit',),
           ('focus', 'check:~I understand'), ('key', 'space'),
           ('is', 'check:~I understand', 'checked'),
           wait,
           ('focus', 'entry:~to confirm how many'), ('keys', str(ENROLLED - 1)),
           wait,
           ('key', 'ctrl+a'), ('keys', str(ENROLLED)),
           ('is', button, 'sensitive'),
           *picture(button.partition(':')[2]),
           ('focus', button), ('key', 'Return'))


def take_back(ui):
    """What stays is waited for: the message about it may be gone before a slow machine has read it."""
    ui.run(('wait', 'item:/^Pending Changes, %d$/' % ENROLLED),
           ('key', 'ctrl+z'),
           ('wait', 'item:/^Pending Changes$/'))


def what_cannot_be_undone(ui, lms):
    ui.run(('focus', 'Work Offline'), ('key', 'space'), ('wait', '~Working Offline'))
    choose(ui, 'Remove Registration…')
    confirm(ui, 'button:Remove registration (%d)' % ENROLLED)
    take_back(ui)
    choose(ui, 'Re-assign Users…')
    ui.run(('is', 'button:Proceed', 'sensitive'), ('audit',),
           ('focus', 'switch:Remove records of last assignment'), ('key', 'space'))
    confirm(ui, 'button:Proceed')
    take_back(ui)
    assert len(lms.operations()) == ENROLLED, 'something was sent while working offline'


def main(program, sandbox, tools):
    with tempfile.TemporaryDirectory() as folder:
        with Lms(sandbox, make_roster(tools, folder, PEOPLE), 3) as lms:
            rows = lms.get('/v1/changes?limit=1000&after=')
            course = next(c['id'] for c in rows['courses'] if c['title'] == 'Fire safety')
            people = [u['id'] for u in rows['users'] if u['state'] == 'active' and u['role'] == 'learner']
            lms.assign(people[:ENROLLED], course)
            for user in people[:ENROLLED]:
                lms.post('/sandbox/learn', {'user_id': user, 'course_id': course, 'progress': 100})
            with Window(program, tools) as ui:
                connect(ui, lms)
                ui.run(('audit',))
                walk_pages(ui)
                open_course(ui, 'Fire safety', 'Induction')
                ui.run(('wait', '~%d enrollments' % ENROLLED), ('audit',))
                what_cannot_be_undone(ui, lms)


if __name__ == '__main__':
    walk(main)
