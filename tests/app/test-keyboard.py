#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window by keyboard alone: connecting, finding, selecting, and what cannot be taken back.

On the way every page and question is asked for controls that a screen reader has no name for.

Arguments: registrar, registrar-sandbox, folder of the compiled settings schema, folder of the test tools.
"""
import os
import subprocess
import sys
import tempfile

from real_window import Lms, PICTURES, Window

PEOPLE = 60
ENROLLED = 25   # more than twenty: the count is to be typed


def picture(name):
    return [('shot', os.path.join(PICTURES, name + '.png'))] if PICTURES else []


def connect(ui, lms):
    """The address has the focus from the start."""
    ui.run(('wait', 'button:Connect'),
           ('keys', lms.url), ('key', 'Tab'), ('keys', lms.token), ('key', 'Return'),
           ('wait', 'table:Users >> row:*'),
           ('audit',))


def walk_pages(ui):
    for number, title in enumerate(('Users', 'Courses', 'Imports', 'Pending Changes'), 1):
        ui.run(('key', 'alt+%d' % number), ('is', 'item:' + title, 'selected'), ('audit',))


def open_course(ui):
    """Search, Tab on into the list, Return: the row is what has the focus, and it says what it is."""
    ui.run(('key', 'alt+2'),
           ('wait', 'table:Courses >> row:Fire safety'),
           ('key', 'ctrl+f'), ('keys', 'Fire'),
           ('gone', 'table:Courses >> row:Induction'),
           ('focus', 'table:Courses'),
           ('is', '/^Fire safety/', 'focused'),
           ('key', 'Return'),
           ('wait', '~%d enrollments' % ENROLLED),
           ('audit',))


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
    ui.run(('wait', 'item:/^Pending Changes, %d$/' % ENROLLED),
           ('key', 'ctrl+z'),
           ('wait', '~%d changes taken back' % ENROLLED))


def what_cannot_be_undone(ui, lms):
    ui.run(('focus', 'Work offline'), ('key', 'space'), ('wait', '~Working Offline'))
    choose(ui, 'Remove Registration…')
    confirm(ui, 'button:Remove registration (%d)' % ENROLLED)
    take_back(ui)
    choose(ui, 'Re-assign Users…')
    ui.run(('is', 'button:Proceed', 'sensitive'), ('audit',),
           ('focus', 'switch:Remove records of last assignment'), ('key', 'space'))
    confirm(ui, 'button:Proceed')
    take_back(ui)
    assert len(lms.operations()) == ENROLLED, 'something was sent while working offline'


def menus_have_names():
    """The entries of GTK's menus have no names in the accessible tree from 4.10 to 4.18 at least."""
    import gi
    gi.require_version('Gtk', '4.0')
    from gi.repository import Gtk
    return Gtk.get_minor_version() < 10


def main():
    program, sandbox, schemas, tools = sys.argv[1:5]
    if 'HEADLESS_STORY' not in os.environ:
        return subprocess.run([os.path.join(tools, 'headless-run'), '--timeout', '840', '--', sys.executable, __file__]
                              + sys.argv[1:], env=dict(os.environ, HEADLESS_STORY='1')).returncode
    os.environ['GSETTINGS_SCHEMA_DIR'] = schemas
    with tempfile.TemporaryDirectory() as folder:
        roster = os.path.join(folder, 'people.csv')
        subprocess.run([sys.executable, os.path.join(tools, 'make-roster'), 'roster', '--rows', str(PEOPLE),
                        '--out', roster], check=True)
        lms = Lms(sandbox, roster, 3)
        rows = lms.get('/v1/changes?limit=1000&after=')
        course = next(c['id'] for c in rows['courses'] if c['title'] == 'Fire safety')
        people = [u['id'] for u in rows['users'] if u['state'] == 'active' and u['role'] == 'learner']
        lms.assign(people[:ENROLLED], course)
        for user in people[:ENROLLED]:
            lms.post('/sandbox/learn', {'user_id': user, 'course_id': course, 'progress': 100})
        ui = Window(program, tools)
        try:
            connect(ui, lms)
            walk_pages(ui)
            open_course(ui)
            if menus_have_names():
                what_cannot_be_undone(ui, lms)
        finally:
            ui.stop()
            lms.stop()
    return 0


if __name__ == '__main__':
    sys.exit(main())
